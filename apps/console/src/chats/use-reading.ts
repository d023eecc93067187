import { useEffect, useRef } from 'react';
import { useDocumentVisibility } from '@mantine/hooks';
import type { StoredMessageView } from '@wabus/contracts';
import type { CommandArguments } from '@wabus/sdk';
import { useClient } from '../live/live.context.js';
import { useMay } from '../login/signed-in.context.js';
import { readingOf } from './reading.policy.js';

interface OpenChat {
  readonly session: string;
  readonly jid: string;
  readonly unreadCount: number;
  /** Newest first. */
  readonly messages: readonly StoredMessageView[];
}

/**
 * Marks a chat as read while the page is visible: sends receipts for its messages, and updates the other devices of the account. Only for
 * tokens that may send.
 */
export function useReading({ session, jid, unreadCount, messages }: OpenChat): void {
  const client = useClient();
  const maySend = useMay('send');
  const seen = useDocumentVisibility() === 'visible';
  const done = useRef<string | null>(null);
  useEffect(() => {
    const reading = maySend && seen ? readingOf(messages, unreadCount) : null;
    if (reading === null || reading.mark === done.current) return;
    done.current = reading.mark;
    const { keys, lastMessages } = reading;
    const read = async (): Promise<void> => {
      if (keys.length > 0) await client.command('readMessages', { keys } as unknown as CommandArguments['readMessages'], { session });
      const args = { jid, modification: { markRead: true, lastMessages } } as unknown as CommandArguments['chatModify'];
      await client.command('chatModify', args, { session });
    };
    // The user did not request this. The next message triggers another attempt, and until then the badge stays correct.
    read().catch(() => undefined);
  }, [client, session, jid, unreadCount, messages, maySend, seen]);
}
