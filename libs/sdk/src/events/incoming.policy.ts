import type { AnyEvent, EventEnvelope } from './event-envelope.js';

/** Which messages to accept. */
export interface IncomingTerms {
  /** Rejects older messages, such as those of a week without a connection. If missing, messages of any age are accepted. */
  readonly maxAgeMs?: number;
}

/**
 * Whether an event is a readable message from somebody else, received live or after the session was offline.
 *
 * Use this instead of `data.type === 'notify'`: messages that waited have the type `append`, and a bot that skips them never answers them. History is another
 * event, `messaging-history.set`. A message keeps its event id when it is delivered again.
 */
export function isIncoming(event: AnyEvent, { maxAgeMs = Infinity }: IncomingTerms = {}): event is EventEnvelope<'messages.upsert'> {
  if (event.event !== 'messages.upsert') return false;
  const [message] = event.data.messages;
  if (!message?.message || message.key.fromMe) return false;
  const writtenAt = Number(message.messageTimestamp ?? 0) * 1000;
  return maxAgeMs === Infinity || Date.now() - writtenAt <= maxAgeMs;
}
