import type { EventName, EventPayloads } from '@wabus/contracts';
import type { SeenMessage } from './storm.checker.js';

/** The events that a storm is judged by. */
export const STORM_EVENTS = ['messages.upsert', 'messages.update', 'contacts.update'] as const satisfies EventName[];
export type StormEventName = (typeof STORM_EVENTS)[number];

/** What the storm must know of an event. */
export interface StormEvent {
  /** Of the event, unique per session. */
  readonly id: string;
  readonly session: string;
  readonly event: EventName;
  readonly epoch: number;
  /** Texts of the messages in it. */
  readonly texts: string[];
  /** Messages in it that could not be read. */
  readonly unread: number;
  /** Ids and jids by which receipts and notifications are recognised. */
  readonly marks: string[];
}

/** Reads a payload of one of {@link STORM_EVENTS}; what has another form has nothing in it. */
export function readPayload(event: EventName, payload: unknown): Pick<StormEvent, 'texts' | 'unread' | 'marks'> {
  const nothing = { texts: [], unread: 0, marks: [] };
  if (event === 'messages.upsert') {
    const { messages } = payload as EventPayloads['messages.upsert'];
    const texts = messages.flatMap(({ message }) => message?.conversation ?? message?.extendedTextMessage?.text ?? []);
    return { ...nothing, texts, unread: messages.filter(({ message }) => !message).length };
  }
  if (event === 'messages.update')
    return { ...nothing, marks: (payload as EventPayloads['messages.update']).flatMap(({ key }) => key.id ?? []) };
  if (event === 'contacts.update')
    return { ...nothing, marks: (payload as EventPayloads['contacts.update']).flatMap(({ id }) => id ?? []) };
  return nothing;
}

/** The numbered texts of contacts in these events, in their order. */
export function stormMessagesIn(events: readonly StormEvent[]): SeenMessage[] {
  return events.flatMap(({ session, texts }) => texts.filter(text => text.startsWith('storm ')).map(text => ({ receiver: session, text })));
}
