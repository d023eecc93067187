import type { LogPlace, LogPosition, ServedInterest } from '@wabus/broker';
import { WabusError, type SubscribeOutcome } from '@wabus/contracts';
import type { Socket } from 'socket.io';
import type { Principal } from '../auth/principal.js';
import type { EventsIn } from '../events-in/events-in.js';
import type { KnownPeople } from '../read-models/reading/known-people.js';
import { Backlog } from './backlog.state.js';
import { CatchUp } from './catch-up.loop.js';
import type { ClientPace } from './client-pace.js';
import type { GatewayObserver } from './gateway.observer.js';
import type { Audience, RoomDelivery } from './room-delivery.js';
import { parseSubscribe, parseUnsubscribe, type SubscribeIntent } from './subscription.policy.js';
import { NOTHING, subscribed, summaryOf, unsubscribed, type Subscription, type Term } from './subscription.state.js';

/** The dependencies of a subscriber. */
export interface Serving {
  readonly events: EventsIn;
  readonly rooms: RoomDelivery;
  readonly observer: GatewayObserver;
  readonly people: KnownPeople;
  readonly maxSubscriptions: number;
}

/** The source of a subscriber's events: the Socket.IO room of its subscription, or the log at its own pace. */
type Source =
  | { readonly kind: 'live'; readonly subscription: Subscription; readonly audience: Audience | null }
  | { readonly kind: 'past'; readonly backlog: Backlog };

/**
 * One connection and its subscriptions. It gets every event once, in log order: live from a room, or from the log while it is behind because it requested
 * past events or did not keep up. It switches between the two sources between two live events, so that no event is lost or delivered twice.
 */
export class Subscriber {
  private source: Source = { kind: 'live', subscription: NOTHING, audience: null };
  private interests: ServedInterest[] = [];
  private isGone = false;
  /** The latest request. Requests are served one at a time, in order of arrival. */
  private lastRequest: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly socket: Socket,
    readonly pace: ClientPace,
    private readonly serving: Serving
  ) {}

  /** Serves a `subscribe` message. Throws the errors of `parseSubscribe` and `EventLog.locate`; the subscription is then unchanged. */
  subscribe(message: unknown, principal: Principal): Promise<SubscribeOutcome> {
    return this.inTurn(() => this.serveSubscribe(message, principal));
  }

  /** Serves an `unsubscribe` message: removes the events that it names. */
  unsubscribe(message: unknown): Promise<SubscribeOutcome> {
    return this.inTurn(() => this.serveUnsubscribe(message));
  }

  /** Switches a client that does not keep up to the log. Call it often. */
  checkPace(): void {
    if (this.source.kind !== 'live' || this.source.audience === null) return;
    if (!this.pace.keepsUpAmong(this.source.audience.members)) this.fallBehind('slow');
  }

  /** Stops delivering, because the connection is closed. */
  leave(): void {
    this.isGone = true;
    if (this.source.kind === 'live' && this.source.audience) this.serving.rooms.leave(this.socket, this.source.audience);
    this.source = { kind: 'live', subscription: NOTHING, audience: null };
    for (const interest of this.interests.splice(0)) interest.release();
  }

  private inTurn<T>(serve: () => Promise<T>): Promise<T> {
    const request = this.lastRequest.then(serve);
    this.lastRequest = request.catch(() => undefined);
    return request;
  }

  private async serveSubscribe(message: unknown, principal: Principal): Promise<SubscribeOutcome> {
    const intent = await this.widened(parseSubscribe(message, principal));
    this.requireCapacity(intent.term);
    const place = intent.since === null ? null : await this.serving.events.locate(intent.since);
    const interest = await this.subscribeTo(intent.term);
    if (this.isGone) {
      interest.release();
      throw new WabusError('INVALID_REQUEST', { message: 'The connection is closed.' });
    }
    this.interests.push(interest);
    const cursor = this.add(intent, place, interest.from);
    return {
      ok: true,
      ...this.summary,
      refused: intent.refused,
      cursor,
      ...(place?.truncated ? { truncated: place.truncated } : {})
    };
  }

  /** Adds the other jid of each person that a chat filter names. */
  private async widened({ term, ...rest }: SubscribeIntent): Promise<SubscribeIntent> {
    if (term.chats === null) return { term, ...rest };
    return { ...rest, term: { ...term, chats: await this.serving.people.widened(term.chats, term.sessions) } };
  }

  private async serveUnsubscribe(message: unknown): Promise<SubscribeOutcome> {
    const { events, refused } = parseUnsubscribe(message);
    if (this.source.kind === 'past') this.source.backlog.remove(events);
    else this.listenTo(unsubscribed(this.source.subscription, events));
    const interests = await allOrNone(this.terms.map(term => this.subscribeTo(term)));
    for (const interest of this.interests.splice(0, this.interests.length, ...interests)) interest.release();
    if (this.isGone) this.leave();
    return { ok: true, ...this.summary, refused, cursor: this.position.cursor };
  }

  private get terms(): readonly Term[] {
    return this.source.kind === 'live' ? this.source.subscription.terms : this.source.backlog.terms;
  }

  private get summary(): ReturnType<typeof summaryOf> {
    return summaryOf(this.terms);
  }

  /** The position up to which all subscribed events are written. */
  private get position(): LogPosition {
    return this.source.kind === 'live' ? this.serving.events.position : this.source.backlog.position;
  }

  private requireCapacity(term: Term): void {
    const limit = this.serving.maxSubscriptions;
    if (this.terms.length < limit || subscribed({ terms: this.terms, forms: new Map() }, term, new Map()).terms.length <= limit) return;
    throw new WabusError('LIMIT_REACHED', {
      message: `A connection may subscribe to at most ${limit} different lists of sessions and chats. Unsubscribe from some, or open another connection.`,
      details: { limit, of: 'subscriptions of one connection', setting: 'WABUS_EDGE_MAX_SUBSCRIPTIONS' }
    });
  }

  private subscribeTo({ sessions, events }: Term): Promise<ServedInterest> {
    return this.serving.events.subscribe({ sessions: sessions === '*' ? undefined : [...sessions], events: [...events] });
  }

  private add({ term, forms }: SubscribeIntent, place: LogPlace | null, liveFrom: LogPosition): string {
    const now = this.serving.events.position;
    if (this.source.kind === 'live' && place === null) {
      this.listenTo(subscribed(this.source.subscription, term, forms));
      return now.cursor;
    }
    const from = place ?? now;
    const backlog = this.source.kind === 'past' ? this.source.backlog : this.fallBehind('past');
    backlog.add(term, forms, { from, liveFrom });
    return from.cursor;
  }

  private listenTo(subscription: Subscription): void {
    const before = this.source.kind === 'live' ? this.source.audience : null;
    if (before) this.serving.rooms.leave(this.socket, before);
    const audience = subscription.terms.length > 0 ? this.serving.rooms.join(this.socket, subscription) : null;
    this.source = { kind: 'live', subscription, audience };
  }

  /** Switches the client to the log until it has caught up. */
  private fallBehind(why: 'past' | 'slow'): Backlog {
    const { source } = this;
    if (source.kind === 'past') return source.backlog;
    if (source.audience) this.serving.rooms.leave(this.socket, source.audience);
    const backlog = new Backlog(source.subscription, this.serving.events.position);
    this.source = { kind: 'past', backlog };
    this.serving.observer.catchesUp(this.socket, why);
    const catchUp = new CatchUp(this.socket, this.pace, this.serving);
    // The response to the request goes first.
    setImmediate(() => void catchUp.run(backlog, () => this.caughtUp(backlog)));
    return backlog;
  }

  private caughtUp(backlog: Backlog): void {
    if (this.source.kind === 'past' && this.source.backlog === backlog) this.listenTo(backlog.subscription);
  }
}

/** Waits until all interests are served. If one fails, releases the served ones, which nobody else would release, and throws the error. */
export async function allOrNone(serving: readonly Promise<ServedInterest>[]): Promise<ServedInterest[]> {
  const outcomes = await Promise.allSettled(serving);
  const served = outcomes.flatMap(outcome => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const failed = outcomes.find(({ status }) => status === 'rejected');
  if (failed === undefined) return served;
  for (const interest of served) interest.release();
  throw (failed as PromiseRejectedResult).reason;
}
