import { io, type Socket } from 'socket.io-client';
import type { ErrorBody, EventEnvelope, EventName, SubscribeOutcome } from '@wabus/contracts';
import { EdgeError } from '../edge/edge-error.js';
import type { Feed, FeedListener, FeedRequest, FeedSource } from './event.feed.js';

const RECONNECT_MS = 500;

/** Feeds over Socket.IO, each with a connection of its own that goes on after its last cursor. */
export class SocketFeeds implements FeedSource {
  constructor(
    private readonly token: string,
    private readonly onUnauthorized: () => void
  ) {}

  open(request: FeedRequest, listener: FeedListener): Feed {
    return new SocketFeed(this.token, request, { ...listener, onUnauthorized: this.onUnauthorized });
  }
}

class SocketFeed implements Feed {
  private readonly socket: Socket;
  private since: string | undefined;
  private wasLive = false;

  constructor(
    token: string,
    private readonly request: FeedRequest,
    private readonly listener: FeedListener & { readonly onUnauthorized: () => void }
  ) {
    this.since = request.since;
    this.socket = io('/api/events', {
      auth: { token },
      forceNew: true,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: RECONNECT_MS,
      reconnectionDelayMax: 5_000
    });
    this.socket.on('connect', () => void this.subscribe());
    this.socket.on('disconnect', reason => this.lost(reason));
    this.socket.on('connect_error', error => this.refused(error as Error & { data?: ErrorBody }));
    this.socket.on('exception', (error: ErrorBody) => this.interrupted(error));
    this.socket.on('batch', (events: EventEnvelope<EventName>[]) => this.take(events));
  }

  close(): void {
    this.socket.close();
  }

  private async subscribe(): Promise<void> {
    const { events, sessions } = this.request;
    const wish = { events, sessions, since: this.since, batch: true };
    const outcome = (await this.socket
      .timeout(15_000)
      .emitWithAck('subscribe', wish)
      .catch(() => null)) as SubscribeOutcome | null;
    if (outcome === null) {
      // Connected and yet no answer: a new connection asks again.
      this.socket.disconnect().connect();
    } else if (outcome.ok) {
      this.since = outcome.cursor;
      this.wasLive = true;
      this.listener.onState?.('live', null);
    } else if (outcome.error.details && (outcome.error.details as { reason?: string }).reason === 'another-log') {
      // The log was made anew: there is nothing to go on after.
      this.since = undefined;
      await this.subscribe();
    } else {
      this.listener.onState?.('refused', EdgeError.of(outcome.error));
    }
  }

  private take(events: readonly EventEnvelope<EventName>[]): void {
    this.since = events.at(-1)?.cursor ?? this.since;
    this.listener.onEvents(events);
  }

  private lost(reason: string): void {
    if (reason === 'io client disconnect') return;
    this.listener.onState?.('offline', null);
    // The client library comes back by itself, except when the edge has closed the connection.
    if (reason === 'io server disconnect') setTimeout(() => this.socket.connect(), RECONNECT_MS);
  }

  private refused({ data, message }: Error & { data?: ErrorBody }): void {
    if (!data?.code) return this.listener.onState?.(this.wasLive ? 'offline' : 'connecting', EdgeError.unreachable(message));
    const error = EdgeError.of(data);
    this.listener.onState?.(error.facts.retryable ? 'offline' : 'refused', error);
    if (error.code === 'UNAUTHORIZED') this.listener.onUnauthorized();
    else if (error.facts.retryable) setTimeout(() => this.socket.connect(), 5_000);
  }

  private interrupted(body: ErrorBody): void {
    if (body.code !== 'UNAUTHORIZED') return;
    this.socket.close();
    this.listener.onState?.('refused', EdgeError.of(body));
    this.listener.onUnauthorized();
  }
}
