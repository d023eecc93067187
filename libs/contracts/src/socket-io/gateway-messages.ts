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

/** The Socket.IO namespace of the gateway. The root namespace serves the same, since some clients connect there when given a path. */
export const GATEWAY_NAMESPACE = '/api/events';

/** Credentials in the handshake: `io(url, {auth: {token}})`. */
export interface GatewayAuth {
  token: string;
  /** The kind of token; detected if missing. */
  type?: 'static' | 'jwt';
  /** The id of the only session that this connection may reach. The token must permit it. */
  identifier?: string;
}

/** A name of the request that was not granted. */
export interface RefusedName {
  name: string;
  error: ErrorBody;
}

/** Which events this connection receives now, and from where on. */
export interface SubscriptionState {
  granted: EventName[];
  /** Names in the request that were not granted: unknown events, and sessions or events that the token does not permit. */
  refused: RefusedName[];
  sessions: string[] | '*';
  /** Everything stored after it will arrive. */
  cursor: Cursor;
  /** `since` asked for more than the log still has: what was stored before `firstAt` (ISO time; `null` when the log is empty) is gone. */
  truncated?: { firstAt: string | null };
}

/** The answer to `subscribe` and `unsubscribe`. An error if nothing was granted; then nothing has changed. */
export type SubscribeOutcome = ({ ok: true } & SubscriptionState) | { ok: false; error: ErrorBody };

/** The object form of `subscribe`. */
export interface SubscribeRequest {
  /** Names of events; `*` stands for all and a name may end in `.*`: `messages.*`. */
  events: string[];
  /** The sessions; all that the token permits if missing. */
  sessions?: string[];
  /** Only events about these chats (jids); events that concern no chat do not arrive then. */
  chats?: string[];
  /** Start in the past: after a cursor, or at a time (ISO text). Past events are delivered first, in order, and nothing twice. */
  since?: string;
  /** Handlers get an `EventEnvelope` instead of the payload. */
  envelope?: boolean;
  /** Envelopes arrive in arrays of up to 50 events or 20 ms, as the event `batch`. Implies `envelope`. */
  batch?: boolean;
}

export interface CommandMessage {
  session: string;
  method: string;
  args?: unknown;
  /** How long to wait for the answer. */
  deadlineMs?: number;
  /** A command that is repeated with the same key runs once and gets the same reply. */
  idempotencyKey?: string;
}

export interface ClientToServer {
  /** Adds events to what this connection receives. */
  subscribe: (
    request: string[] | SubscribeRequest | DurableSubscribeRequest,
    ack?: (outcome: SubscribeOutcome | DurableSubscribeOutcome) => void
  ) => void;
  /** Removes events; all of them if the list is missing. The durable form leaves that subscription, which continues without this client. */
  unsubscribe: (
    events?: string[] | DurableUnsubscribeRequest,
    ack?: (outcome: SubscribeOutcome | DurableUnsubscribeOutcome) => void
  ) => void;
  command: (message: CommandMessage, ack?: (outcome: CommandOutcome) => void) => void;
}

/**
 * Handlers get exactly one argument: the payload, or its envelope. `batch` brings up to 50 envelopes, `delivery` an event of a durable subscription.
 * `exception` reports a refused message that had no ack,
 * and with `SLOW_CONSUMER` that this connection ends, and in `details.cursor` where to resume.
 */
export type ServerToClient = { [Name in EventName]: (payload: EventPayloads[Name] | EventEnvelope<Name>) => void } & {
  batch: (envelopes: EventEnvelope[]) => void;
  delivery: (delivery: EventDelivery, ack: (answer?: DeliveryAnswer) => void) => void;
  exception: (error: ErrorBody) => void;
};
