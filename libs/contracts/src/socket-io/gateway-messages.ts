import type { CommandOutcome } from '../commands/command-wire.codec.js';
import type { ErrorBody } from '../errors/wabus-error.js';
import type { Cursor } from '../events/cursor.codec.js';
import type { EventName, EventPayloads } from '../events/event-catalog.js';
import type {
  DurableSubscribeOutcome,
  DurableSubscribeRequest,
  DurableUnsubscribeOutcome,
  DurableUnsubscribeRequest,
  DeliveryAnswer,
  EventDelivery
} from '../subscriptions/subscription-messages.js';
import type { EventEnvelope } from '../events/event-envelope.js';

/** The Socket.IO namespace of the gateway. The root namespace offers the same service, because some clients connect to it if they are given a path. */
export const GATEWAY_NAMESPACE = '/api/events';

/** Credentials in the handshake: `io(url, {auth: {token}})`. */
export interface GatewayAuth {
  token: string;
  /** The kind of token; detected if missing. */
  type?: 'static' | 'jwt';
  /** The id of the only session that this connection may reach. The token must permit it. */
  identifier?: string;
}

/** A name in the request that was not granted, and the reason. */
export interface RefusedName {
  name: string;
  error: ErrorBody;
}

/** The events that the connection now receives, and the position from which it receives them. */
export interface SubscriptionState {
  granted: EventName[];
  /** Names in the request that were not granted: unknown events, and sessions or events that the token does not permit. */
  refused: RefusedName[];
  sessions: string[] | '*';
  /** The position in the event log after which all events will arrive. */
  cursor: Cursor;
  /** Present if `since` is older than the log: events stored before `firstAt` (ISO time; `null` if the log is empty) are gone. */
  truncated?: { firstAt: string | null };
}

/** The reply to `subscribe` and `unsubscribe`. It is an error if nothing was granted; in that case nothing has changed. */
export type SubscribeOutcome = ({ ok: true } & SubscriptionState) | { ok: false; error: ErrorBody };

/** The object form of `subscribe`. */
export interface SubscribeRequest {
  /** The names of events. `*` stands for all events, and a name may end in `.*`, such as `messages.*`. */
  events: string[];
  /** The sessions; if missing, all sessions that the token permits. */
  sessions?: string[];
  /** Only events about these chats (jids). Events about no chat are not delivered in this case. */
  chats?: string[];
  /** A position in the past: a cursor, or a time (ISO text). Past events are delivered first, in order, and none is delivered twice. */
  since?: string;
  /** Whether handlers receive an `EventEnvelope` instead of the payload. */
  envelope?: boolean;
  /** Whether envelopes arrive in arrays as the event `batch`. A batch has at most 50 events or the events of 20 ms. Implies `envelope`. */
  batch?: boolean;
}

export interface CommandMessage {
  session: string;
  method: string;
  args?: unknown;
  /** How long to wait for the reply, in ms. */
  deadlineMs?: number;
  /** The idempotency key. A command that is repeated with the same key runs only once and gets the same reply. */
  idempotencyKey?: string;
}

export interface ClientToServer {
  /** Adds events to those that this connection receives. */
  subscribe: (
    request: string[] | SubscribeRequest | DurableSubscribeRequest,
    ack?: (outcome: SubscribeOutcome | DurableSubscribeOutcome) => void
  ) => void;
  /** Removes events; all of them if the list is missing. The durable form leaves that subscription, which continues to exist without this client. */
  unsubscribe: (
    events?: string[] | DurableUnsubscribeRequest,
    ack?: (outcome: SubscribeOutcome | DurableUnsubscribeOutcome) => void
  ) => void;
  command: (message: CommandMessage, ack?: (outcome: CommandOutcome) => void) => void;
}

/**
 * Handlers receive exactly one argument: the payload or its envelope. `batch` contains up to 50 envelopes, and `delivery` one event of a durable subscription.
 * `exception` reports a refused message that had no acknowledgment callback. With the code `SLOW_CONSUMER`, it reports that this connection ends;
 * `details.cursor` is the position from which to resume.
 */
export type ServerToClient = { [Name in EventName]: (payload: EventPayloads[Name] | EventEnvelope<Name>) => void } & {
  batch: (envelopes: EventEnvelope[]) => void;
  delivery: (delivery: EventDelivery, ack: (answer?: DeliveryAnswer) => void) => void;
  exception: (error: ErrorBody) => void;
};
