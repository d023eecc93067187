import { isEventName, type EventName } from './event-catalog.js';
import { isSessionId, type SessionId } from '../ids/ids.js';

/** The version of event bodies and headers. It grows only when a consumer must change. */
export const EVENT_SCHEMA_VERSION = 1;

/** The metadata of an event, known without reading its body. */
export interface EventFacts {
  /** Unique per session; the same event published twice has the same id (`Nats-Msg-Id`). */
  readonly id: string;
  readonly session: SessionId;
  readonly event: EventName;
  /** The ownership epoch of the connector that published it: a consumer may drop events of an older epoch than it has seen. */
  readonly epoch: number;
  /** When the connector emitted it, as ISO time. */
  readonly at: string;
  readonly schemaVersion: number;
  /** Jids of the chats it is about, up to `MAX_NAMED_CHATS`. Missing if there are more of them, or if the connector did not name them: then read the body. */
  readonly chats?: readonly string[];
  /** W3C trace context, when the connector had one. */
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

/** The facts in the headers, or `null` when one is missing or malformed: such a message is not an event of ours. */
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

/** Percent-encoded: jids come from others and go into a header. */
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
