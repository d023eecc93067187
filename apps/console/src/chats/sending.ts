import { useCallback, useReducer, useRef } from 'react';
import type { StoredMessageView } from '@wabus/contracts';
import type { CommandArguments, MediaReference, SentMessage } from '@wabus/sdk';
import { path } from '../edge/edge.client.js';
import { useClient } from '../live/live.context.js';
import { useEdge } from '../login/signed-in.context.js';
import { attachmentContent, hasLink, voiceContent } from './attachment.policy.js';
import { nextOutgoing, type Outgoing } from './outgoing.state.js';
import { commandKeyOf } from './quoted-part.policy.js';
import { randomKey } from './random-key.js';
import type { VoiceNote } from './voice-recording.js';

interface Draft {
  readonly jid: string;
  readonly text: string;
  readonly file: File | null;
  /** The message that this one replies to. */
  readonly quoted: StoredMessageView | null;
  /** Set if the file is a voice message. */
  readonly voice: VoiceNote | null;
}

export interface Sending {
  readonly messages: readonly Outgoing[];
  readonly send: (draft: Draft) => void;
  /** Sends a failed message again, as the same message. */
  readonly retry: (key: string) => void;
  readonly discard: (key: string) => void;
  readonly listed: (ids: ReadonlySet<string>) => void;
}

/** Sends messages of a session, uploading the file first, and reports the progress of each. */
export function useSending(session: string): Sending {
  const edge = useEdge();
  const client = useClient();
  const [messages, step] = useReducer(nextOutgoing, []);
  const drafts = useRef(new Map<string, Draft>());

  const attempt = useCallback(
    async (key: string, { jid, text, file, quoted, voice }: Draft): Promise<void> => {
      const change = (changed: Partial<Outgoing>): void => step({ kind: 'changed', key, change: changed });
      try {
        let content: Record<string, unknown> = { text };
        if (file !== null) {
          const address = `${path`/api/sessions/${session}/media`}?${new URLSearchParams({ fileName: file.name }).toString()}`;
          const reference = await edge.upload<MediaReference>(address, { file, onProgress: uploaded => change({ uploaded }) });
          change({ uploaded: null });
          content = voice === null ? attachmentContent(reference, { fileName: file.name, caption: text }) : voiceContent(reference, voice);
        }
        const options = {
          ...(quoted === null ? {} : { quoted: { key: commandKeyOf(quoted) } }),
          ...(hasLink(text) ? { linkPreview: true } : {})
        };
        const args = { jid, content, options } as unknown as CommandArguments['sendMessage'];
        const sent: SentMessage = await client.command('sendMessage', args, { session, idempotencyKey: key });
        drafts.current.delete(key);
        change({ id: sent.key.id ?? null, error: null });
      } catch (error) {
        change({ error, uploaded: null });
      }
    },
    [client, edge, session]
  );

  const send = useCallback(
    (draft: Draft) => {
      const key = randomKey();
      drafts.current.set(key, draft);
      const { jid, text, file } = draft;
      step({
        kind: 'added',
        message: { key, jid, text, fileName: file?.name ?? null, uploaded: file === null ? null : 0, id: null, error: null }
      });
      void attempt(key, draft);
    },
    [attempt]
  );
  const retry = useCallback(
    (key: string) => {
      const draft = drafts.current.get(key);
      if (draft === undefined) return;
      step({ kind: 'changed', key, change: { error: null, uploaded: draft.file === null ? null : 0 } });
      void attempt(key, draft);
    },
    [attempt]
  );
  const discard = useCallback((key: string) => step({ kind: 'removed', key }), []);
  const listed = useCallback((ids: ReadonlySet<string>) => step({ kind: 'listed', ids }), []);
  return { messages, send, retry, discard, listed };
}
