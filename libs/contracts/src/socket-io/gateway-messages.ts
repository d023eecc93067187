import type { CommandOutcome } from '../commands/command-wire.codec.js';
import type { ErrorBody } from '../errors/wabus-error.js';
import type { Cursor } from '../events/cursor.codec.js';
import type { EventName, EventPayloads } from '../events/event-catalog.js';

/** The Socket.IO namespace of the gateway. The root namespace serves the same, since some clients connect there when given a path. */
export const GATEWAY_NAMESPACE = '/api/events';

/** Credentials in the handshake: `io(url, {auth: {token}})`. */
export interface GatewayAuth {
  token: string;
}

/** The answer to `subscribe` and `unsubscribe`: which events this connection receives now. */
export type SubscribeOutcome =
  { ok: true; granted: EventName[]; sessions: string[] | '*'; cursor: Cursor } | { ok: false; error: ErrorBody };

/** The object form of `subscribe`. */
export interface SubscribeRequest {
  events: string[];
  /** Sessions to hear of; all that the token permits when missing. */
  sessions?: string[];
}

export interface CommandMessage {
  session: string;
  method: string;
  args?: unknown;
  /** How long to wait for the answer. */
  deadlineMs?: number;
}

export interface ClientToServer {
  /** Adds events to what this connection receives. All or nothing: one unknown name and nothing changes. */
  subscribe: (request: string[] | SubscribeRequest, ack?: (outcome: SubscribeOutcome) => void) => void;
  /** Takes events away again; all of them when the list is missing. */
  unsubscribe: (events?: string[], ack?: (outcome: SubscribeOutcome) => void) => void;
  command: (message: CommandMessage, ack?: (outcome: CommandOutcome) => void) => void;
}

/** Handlers get exactly one argument, the payload. `exception` tells of a refused message that had no ack. */
export type ServerToClient = { [Name in EventName]: (payload: EventPayloads[Name]) => void } & { exception: (error: ErrorBody) => void };
