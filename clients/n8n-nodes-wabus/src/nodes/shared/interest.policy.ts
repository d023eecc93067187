import { isFromOthers, simplified, type Envelope } from './simplified-event.policy.js';

/** The events that start a workflow, and their form. */
export interface Interest {
  readonly events: readonly string[];
  /** The sessions; if empty, all that the token permits. */
  readonly sessions: readonly string[];
  /** The chats; if empty, all. */
  readonly chats: readonly string[];
  readonly onlyIncoming: boolean;
  readonly simplify: boolean;
}

type Read = (name: string, fallback?: unknown) => unknown;

/** Reads the interest from the fields of a trigger. */
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

/** Converts events to items, without the messages that `onlyIncoming` excludes. */
export function itemsOf(envelopes: readonly Envelope[], { onlyIncoming, simplify }: Interest): Array<{ json: Record<string, unknown> }> {
  return envelopes
    .filter(envelope => !onlyIncoming || envelope.event !== 'messages.upsert' || isFromOthers(envelope))
    .map(envelope => ({ json: simplify ? simplified(envelope) : { ...envelope } }));
}

/** Returns the entries of a list. An expression may also return a text with commas. */
export function entriesOf(value: unknown): string[] {
  const all = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : [];
  return all.map(text => text.trim()).filter(text => text !== '');
}
