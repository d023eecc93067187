import type { StoredMessageView } from '@wabus/contracts';
import { commandKeyOf } from './quoted-part.policy.js';

/** Most messages that are confirmed at once; older ones are read by the mark on the chat. */
const MOST_KEYS = 100;

/** What to send when somebody reads a chat. */
export interface ChatReading {
  /** Changes when there is something new to read. */
  readonly mark: string;
  readonly keys: Record<string, unknown>[];
  readonly lastMessages: { readonly key: Record<string, unknown>; readonly messageTimestamp: number }[];
}

/** What is read by whoever sees the messages (newest first) of a chat with so many unread; `null` when nothing is unread. */
export function readingOf(messages: readonly StoredMessageView[], unreadCount: number): ChatReading | null {
  const newest = messages[0];
  if (unreadCount === 0 || newest === undefined) return null;
  const theirs = messages.filter(({ fromMe }) => !fromMe).slice(0, Math.min(Math.max(0, unreadCount), MOST_KEYS));
  return {
    mark: `${newest.id} ${unreadCount}`,
    keys: theirs.map(commandKeyOf),
    lastMessages: [{ key: commandKeyOf(newest), messageTimestamp: newest.timestamp }]
  };
}
