import type { StoredMessageView } from '@wabus/contracts';
import { commandKeyOf } from './quoted-part.policy.js';

/** The maximum number of messages that are confirmed at once; the mark on the chat covers older ones. */
const MOST_KEYS = 100;

/** What to send when the user reads a chat. */
export interface ChatReading {
  /** Changes when there is something new to read. */
  readonly mark: string;
  readonly keys: Record<string, unknown>[];
  readonly lastMessages: { readonly key: Record<string, unknown>; readonly messageTimestamp: number }[];
}

/**
 * Returns what to mark as read when a user sees the messages (newest first) of a chat with this many unread messages; `null` if none is unread.
 */
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
