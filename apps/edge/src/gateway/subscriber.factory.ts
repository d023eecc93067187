import { Injectable } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import type { Namespace, Socket } from 'socket.io';
import { requireBelow } from '../auth/share.limiter.js';
import { EventsIn } from '../events-in/events-in.js';
import { KnownPeople } from '../read-models/reading/known-people.js';
import { ClientBudget, ClientPace, writeTogether } from './client-pace.js';
import { GatewayObserver } from './gateway.observer.js';
import { principalOf } from './handshake-authenticator.js';
import { RoomDelivery } from './room-delivery.js';
import { Subscriber } from './subscriber.js';

/** Limits of the event gateway for its clients. */
export abstract class GatewaySettings {
  /** If more bytes than this wait for a client, it gets its events from the log at its own pace. */
  abstract readonly clientBufferBytes: number;
  /** The most bytes that may wait for all clients together. The closer the total comes to it, the less each client may have. */
  abstract readonly bufferBytes: number;
  /** A client that reads nothing for this long is disconnected with `SLOW_CONSUMER`. */
  abstract readonly clientStallMs: number;
  /** The most connections to this edge that a token may have. */
  abstract readonly maxConnectionsPerToken: number;
  /** The most distinct pairs of session and chat that a connection may subscribe to. */
  abstract readonly maxSubscriptionsPerConnection: number;
}

/** How often to check which clients keep up: at this interval, and this many times while one client's buffer fills. */
const PACE_EVERY_MS = 100;
const LOOKS_PER_BUFFER = 4;

/** The subscribers of one namespace. */
export interface Subscribers {
  of(socket: Socket): Subscriber;
  remove(socket: Socket): void;
  /** Stops all deliveries. */
  stop(): void;
}

/** Creates the subscriber of each connection, and counts the connections of each token across all namespaces. */
@Injectable()
export class SubscriberFactory {
  private readonly budget: ClientBudget;
  private readonly connections = new Map<string, Set<Socket['conn']>>();

  constructor(
    private readonly events: EventsIn,
    private readonly settings: GatewaySettings,
    private readonly observer: GatewayObserver,
    private readonly people: KnownPeople
  ) {
    this.budget = new ClientBudget({ clientBytes: settings.clientBufferBytes, edgeBytes: settings.bufferBytes });
  }

  /**
   * Socket.IO middleware that runs after authentication. Prepares the connection, and refuses a connection beyond the limit of
   * its token with `LIMIT_REACHED`.
   */
  limitConnections(socket: Socket, next: (refusal?: Error & { data?: unknown }) => void): void {
    const { id } = principalOf(socket);
    const open = this.connections.get(id) ?? new Set();
    const most = this.settings.maxConnectionsPerToken;
    try {
      const limit = { most, of: 'connections of one token', setting: 'WABUS_EDGE_MAX_CONNECTIONS_PER_TOKEN' } as const;
      if (!open.has(socket.conn)) requireBelow(limit, open.size);
    } catch (thrown) {
      const error = WabusError.from(thrown);
      return next(Object.assign(new Error(error.code), { data: error.toBody() }));
    }
    if (!open.has(socket.conn)) {
      this.connections.set(id, open.add(socket.conn));
      writeTogether(socket.conn);
      socket.conn.once('close', () => {
        open.delete(socket.conn);
        if (open.size === 0) this.connections.delete(id);
      });
    }
    next();
  }

  /** Starts delivering live events in a namespace. */
  serve(namespace: Namespace): Subscribers {
    const { events, settings, observer, budget } = this;
    const rooms = new RoomDelivery(namespace);
    const subscribers = new Map<Socket, Subscriber>();
    const limits = { budget, stallMs: settings.clientStallMs };
    const serving = { events, rooms, observer, people: this.people, maxSubscriptions: settings.maxSubscriptionsPerConnection };
    let deliveredChars = 0;
    const look = (): void => {
      deliveredChars = 0;
      budget.count(subscribers, waitingFor(subscribers.values()));
      observer.waiting(budget.waitingBytes);
      subscribers.forEach(subscriber => subscriber.checkPace());
    };
    const stopListening = events.listen(event => {
      rooms.deliver(event);
      deliveredChars += event.body.length;
      // No client can have received more than this since the last check.
      if (deliveredChars > settings.clientBufferBytes / LOOKS_PER_BUFFER) look();
    });
    const timer = setInterval(look, PACE_EVERY_MS);
    timer.unref();
    return {
      of: socket => {
        const known = subscribers.get(socket);
        if (known) return known;
        const subscriber = new Subscriber(socket, new ClientPace(socket.conn, limits), serving);
        if (socket.connected) subscribers.set(socket, subscriber);
        else subscriber.leave();
        return subscriber;
      },
      remove: socket => {
        subscribers.get(socket)?.leave();
        subscribers.delete(socket);
      },
      stop: () => {
        clearInterval(timer);
        budget.forget(subscribers);
        stopListening();
        rooms.flush();
      }
    };
  }
}

/** Returns the bytes that wait for the subscribers. A frame written for a room counts once for all its members. */
function waitingFor(subscribers: Iterable<Subscriber>): number {
  const counted = new Set<object>();
  let sum = 0;
  for (const { pace } of subscribers) sum += pace.bytesBesides(counted);
  return sum;
}
