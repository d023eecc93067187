import { isLargePart, type EventName, type EventPayloads, type LargePart, type Withheld } from '@wabus/contracts';
import type { SeenMessage } from './storm.checker.js';

/** The events by which a storm is judged. */
export const STORM_EVENTS = ['messages.upsert', 'messages.update', 'contacts.update'] as const satisfies EventName[];
export type StormEventName = (typeof STORM_EVENTS)[number];

/** The data of an event that the storm needs. */
export interface StormEvent {
  /** The id of the event, unique per session. */
  readonly id: string;
  readonly session: string;
  readonly event: EventName;
  readonly epoch: number;
  /** Texts of the messages in it. */
  readonly texts: string[];
  /** Number of unreadable messages in it. */
  readonly unread: number;
  /** Ids and jids that identify receipts and notifications. */
  readonly marks: string[];
  /** The parts that are stored outside the log. */
  readonly parts: LargePart[];
}
type Read = Pick<StormEvent, 'texts' | 'unread' | 'marks' | 'parts'>;
type Message = EventPayloads['messages.upsert']['messages'][number] & { readonly withheld?: Withheld };

/** Reads a payload of one of {@link STORM_EVENTS}; returns an empty reading for other payloads. */
export function readPayload(event: EventName, payload: unknown): Read {
  const nothing = { texts: [], unread: 0, marks: [], parts: [] };
  if (event === 'messages.upsert') {
    const { messages } = payload as { messages: Message[] };
    const unread = messages.filter(({ message, withheld }) => !message && !withheld).length;
    return { ...nothing, texts: messages.flatMap(message => textOf(message) ?? []), unread, parts: partsOf(messages) };
  }
  if (event === 'messages.update')
    return { ...nothing, marks: (payload as EventPayloads['messages.update']).flatMap(({ key }) => key.id ?? []) };
  if (event === 'contacts.update')
    return { ...nothing, marks: (payload as EventPayloads['contacts.update']).flatMap(({ id }) => id ?? []) };
  return nothing;
}

/** Returns the text that identifies a message. A message whose text is not in the event is identified by its kind and id, see {@link oddText}. */
function textOf({ key, message, withheld }: Message): string | null {
  const id = key.id ?? '';
  if (withheld) return oddText(withheld.reason === 'view-once' ? 'withheld' : 'stranger', id);
  if (message?.ephemeralMessage) return oddText('deep', id);
  const text: unknown = message?.conversation ?? message?.extendedTextMessage?.text;
  const shown = isLargePart(text) ? text.$large.preview : text;
  return typeof shown === 'string' ? shown.split('\n')[0]! : null;
}

/** Returns the identification of a message whose text is not in its event. */
export const oddText = (kind: 'deep' | 'withheld' | 'stranger', id: string): string => `storm ${kind} ${id}`;

function partsOf(value: unknown): LargePart[] {
  if (isLargePart(value)) return [value.$large];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(partsOf) : [];
}

/** Returns the numbered texts of contacts in these events, in order. */
export function stormMessagesIn(events: readonly StormEvent[]): SeenMessage[] {
  return events.flatMap(({ session, texts }) => texts.filter(text => text.startsWith('storm ')).map(text => ({ receiver: session, text })));
}
