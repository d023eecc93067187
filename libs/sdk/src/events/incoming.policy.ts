import type { AnyEvent, EventEnvelope } from './event-envelope.js';

/** The options of `isIncoming`. */
export interface IncomingTerms {
  /** The maximum age of a message in ms, for example to skip those of a week without a connection. Default: any age. */
  readonly maxAgeMs?: number;
}

/**
 * Whether an event is a readable message from somebody else, received live or after the session was offline.
 *
 * Use this instead of `data.type === 'notify'`: messages that arrived while the session was offline have the type `append`, and a bot that skips them never
 * answers them. Past messages from the phone arrive in another event, `messaging-history.set`. A message has the same event id when it is delivered again.
 */
export function isIncoming(event: AnyEvent, { maxAgeMs = Infinity }: IncomingTerms = {}): event is EventEnvelope<'messages.upsert'> {
  if (event.event !== 'messages.upsert') return false;
  const [message] = event.data.messages;
  if (!message?.message || message.key.fromMe) return false;
  const writtenAt = Number(message.messageTimestamp ?? 0) * 1000;
  return maxAgeMs === Infinity || Date.now() - writtenAt <= maxAgeMs;
}
