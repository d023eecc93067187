import type { EventName } from '@wabus/contracts';
import { messageKey, modelKey } from './model-key.codec.js';
import type { ModelKey, ModelRecord } from './model.types.js';
import { project } from './project.policy.js';

export const PN = '15550000001@s.whatsapp.net';
export const LID = '900000000000001@lid';
export const OTHER = '15550000002@s.whatsapp.net';
export const GROUP = '120363000000000001@g.us';
export const AT = '2026-01-01T00:00:00.000Z';

export type Step = readonly [event: EventName, payload: unknown, epoch?: number];
export type Records = Map<ModelKey, ModelRecord>;

/** Folds events with the orders `first`, `first + 1`, … into `records`, which it changes and returns. */
export function fold(steps: readonly Step[], records: Records = new Map(), first = 1): Records {
  steps.forEach(([event, payload, epoch = 1], i) => {
    const snapshot = new Map<ModelKey, ModelRecord | null>(records);
    for (;;) {
      const outcome = project({ event, payload, epoch, order: first + i, at: AT }, snapshot);
      if (outcome.kind === 'missing') {
        for (const key of outcome.keys) snapshot.set(key, null);
        continue;
      }
      for (const [key, record] of outcome.changes) {
        if (record === null) records.delete(key);
        else records.set(key, record);
      }
      return;
    }
  });
  return records;
}

export interface MessageParts {
  readonly chat?: string;
  readonly id?: string;
  readonly fromMe?: boolean;
  readonly participant?: string;
}

export const keyOf = ({ chat = PN, id = 'A', fromMe = false, participant }: MessageParts = {}): object => ({
  remoteJid: chat,
  fromMe,
  id,
  ...(participant === undefined ? {} : { participant })
});

/** A message of the history or of `messages.upsert`. If `content` is `null`, it is not decrypted. */
export const messageOf = (content: object | string | null, parts: MessageParts = {}, rest: object = {}): object => ({
  key: keyOf(parts),
  messageTimestamp: 10,
  ...(content === null ? { messageStubType: 2 } : { message: typeof content === 'string' ? { conversation: content } : content }),
  ...rest
});

export const upsert = (content: object | string | null, parts: MessageParts = {}, rest: object = {}): Step => [
  'messages.upsert',
  { messages: [messageOf(content, parts, rest)], type: 'notify' }
];

export const storedMessage = (records: Records, { chat = PN, id = 'A', fromMe = false }: MessageParts = {}): ModelRecord | undefined =>
  records.get(messageKey(chat, fromMe, id));
export const chatOf = (records: Records, jid = PN): ModelRecord | undefined => records.get(modelKey('chat', jid));
