import { isEventName, type EventName } from './event-catalog.js';
import { isSessionId, type SessionId } from '../ids/ids.js';

/** The version of event bodies and headers. It increases only if consumers must change. */
export const EVENT_SCHEMA_VERSION = 1;

/** The metadata of an event, available without parsing its body. */
export interface EventFacts {
  /** Unique within a session. An event that is published twice has the same id both times (`Nats-Msg-Id`). */
  readonly id: string;
  readonly session: SessionId;
  readonly event: EventName;
  /** The epoch of the connector that published the event. A consumer may drop events whose epoch is lower than one that it has already seen. */
  readonly epoch: number;
  /** When the connector emitted the event, as an ISO time. */
  readonly at: string;
  readonly schemaVersion: number;
  /**
   * The jids of the chats that the event concerns, at most `MAX_NAMED_CHATS`. Missing if there are more, or if the connector did not name them; in that case,
   * find them in the body.
   */
  readonly chats?: readonly string[];
  /** The W3C trace context, if the connector had one. */
  readonly traceparent?: string;
}

export const EVENT_HEADERS = {
  id: 'Nats-Msg-Id',
  session: 'Wabus-Session',
  event: 'Wabus-Event',
  epoch: 'Wabus-Epoch',
  at: 'Wabus-At',
  schemaVersion: 'Wabus-Schema',
  chats: 'Wabus-Chats',
  traceparent: 'traceparent'
} as const;

export function encodeEventHeaders(facts: EventFacts): [name: string, value: string][] {
  const headers: [string, string][] = [
    [EVENT_HEADERS.id, facts.id],
    [EVENT_HEADERS.session, facts.session],
    [EVENT_HEADERS.event, facts.event],
    [EVENT_HEADERS.epoch, String(facts.epoch)],
    [EVENT_HEADERS.at, facts.at],
    [EVENT_HEADERS.schemaVersion, String(facts.schemaVersion)]
  ];
  if (facts.chats !== undefined) headers.push([EVENT_HEADERS.chats, encodeChats(facts.chats)]);
  if (facts.traceparent !== undefined) headers.push([EVENT_HEADERS.traceparent, facts.traceparent]);
  return headers;
}

/** Returns the metadata in the headers; `null` if a header is missing or malformed, so the message is not an event of Wabus. */
export function decodeEventHeaders(header: (name: string) => string | undefined): EventFacts | null {
  const id = header(EVENT_HEADERS.id);
  const session = header(EVENT_HEADERS.session);
  const event = header(EVENT_HEADERS.event);
  const at = header(EVENT_HEADERS.at);
  const epoch = Number(header(EVENT_HEADERS.epoch));
  const schemaVersion = Number(header(EVENT_HEADERS.schemaVersion));
  const traceparent = header(EVENT_HEADERS.traceparent);
  if (!id || !at || !isSessionId(session) || !isEventName(event)) return null;
  if (!Number.isSafeInteger(epoch) || !Number.isSafeInteger(schemaVersion) || schemaVersion < 1) return null;
  const chats = decodeChats(header(EVENT_HEADERS.chats));
  return { id, session, event, epoch, at, schemaVersion, ...(chats ? { chats } : {}), ...(traceparent ? { traceparent } : {}) };
}

const NO_CHATS = '-';

/** Percent-encodes the jids: they come from other people and are written into a header. */
function encodeChats(chats: readonly string[]): string {
  return chats.length === 0 ? NO_CHATS : chats.map(chat => chat.replace(/[^!-$&-+\--~]/gu, encodeURIComponent)).join(',');
}

function decodeChats(text: string | undefined): string[] | undefined {
  if (text === undefined || text === '') return undefined;
  if (text === NO_CHATS) return [];
  try {
    return text.split(',').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
