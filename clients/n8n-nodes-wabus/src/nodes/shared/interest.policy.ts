import { isFromOthers, simplified, type Envelope } from './simplified-event.policy.js';

/** Which events start a workflow, and in which form they reach it. */
export interface Interest {
  readonly events: readonly string[];
  /** All that the token permits if empty. */
  readonly sessions: readonly string[];
  /** All if empty. */
  readonly chats: readonly string[];
  readonly onlyIncoming: boolean;
  readonly simplify: boolean;
}

type Read = (name: string, fallback?: unknown) => unknown;

/** As the fields of a trigger say. */
export function interestOf(read: Read): Interest {
  const { chats = '', simplify = true } = (read('options', {}) ?? {}) as { chats?: string; simplify?: boolean };
  return {
    events: entriesOf(read('events')),
    sessions: entriesOf(read('sessions', [])),
    chats: entriesOf(chats),
    onlyIncoming: read('onlyIncoming', true) !== false,
    simplify
  };
}

/** The items that events become; a message that does not count becomes none. */
export function itemsOf(envelopes: readonly Envelope[], { onlyIncoming, simplify }: Interest): Array<{ json: Record<string, unknown> }> {
  return envelopes
    .filter(envelope => !onlyIncoming || envelope.event !== 'messages.upsert' || isFromOthers(envelope))
    .map(envelope => ({ json: simplify ? simplified(envelope) : { ...envelope } }));
}

/** A list, also from an expression that returns a text with commas. */
export function entriesOf(value: unknown): string[] {
  const all = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : [];
  return all.map(text => text.trim()).filter(text => text !== '');
}
