import type { AnyEvent, EventEnvelope } from './event-envelope.js';

/** Which messages count. */
export interface IncomingTerms {
  /** Older messages do not count, such as those of a week without a connection. Without it every age counts. */
  readonly maxAgeMs?: number;
}

/**
 * Whether an event is a message that somebody else has written and that could be read, whether it came at once or waited while the session was away.
 *
 * Use this in place of `data.type === 'notify'`: what waited has the type `append`, and a bot that skips it never answers it.
 * History is another event, `messaging-history.set`. The same message comes under the same event id, also when it comes again.
 */
export function isIncoming(event: AnyEvent, { maxAgeMs = Infinity }: IncomingTerms = {}): event is EventEnvelope<'messages.upsert'> {
  if (event.event !== 'messages.upsert') return false;
  const [message] = event.data.messages;
  if (!message?.message || message.key.fromMe) return false;
  const writtenAt = Number(message.messageTimestamp ?? 0) * 1000;
  return maxAgeMs === Infinity || Date.now() - writtenAt <= maxAgeMs;
}
