import type { Socket } from 'socket.io-client';
import type { CommandArguments, CommandName, CommandReplies } from './generated/command.catalog.js';
import type { SessionView } from './generated/payload.catalog.js';
import { CommandSender, type CommandOptions } from './commands/command.client.js';
import { commandsOf, type Commands } from './commands/commands.js';
import { CursorKeeper } from './cursors/cursor-keeper.js';
import { MemoryCursorStore, type CursorStore } from './cursors/cursor.store.js';
import { DurableClient, type DeliveryHandler, type DurableSubscription, type DurableTerms } from './durable/durable-subscriptions.js';
import { WabusError } from './errors/wabus.error.js';
import type { AnyEvent, EventPattern, EventsOf } from './events/event-envelope.js';
import { EventStream, type StreamFilter, type EventGap, type FeedObserver } from './events/event.feed.js';
import { EventHandlers, type EventHandler } from './events/event-handlers.js';
import { EventLoop, type OpenedFeed } from './events/event.loop.js';
import { HttpClient, type HttpRequest } from './http/http.client.js';
import type { WabusClientOptions } from './link/client.options.js';
import type { EdgeLink } from './link/edge-link.js';
import { EdgeLinks } from './link/edge-links.js';
import { callGuarded, failuresTo, Listeners } from './link/listeners.js';
import { MediaClient } from './media/media.client.js';

const BUFFERED_EVENTS = 1_000;
/** The longest delay of a timer in ms. */
const LONGEST_WAIT_MS = 2_147_483_647;

/** The options of a loop over events. */
export interface EventLoopOptions<Pattern extends EventPattern = EventPattern> {
  /** The names of events, `*`, or prefixes such as `messages.*`. Default: every event. */
  readonly events?: readonly Pattern[];
  /** The sessions. Default: all that the token permits. */
  readonly sessions?: readonly string[];
  /** The chats (jids): only events about them are received. */
  readonly chats?: readonly string[];
  /** The position at which the loop begins: a cursor, or a time (ISO text). Default: now. A position that is stored under `name` takes precedence. */
  readonly since?: string;
  /** The name under which the position of the loop is stored in the client's cursor store. The next loop with this name continues after the handled events. */
  readonly name?: string;
  /** Called when events are gone because the server no longer has them. */
  readonly onGap?: (gap: EventGap) => unknown;
  /**
   * Called once, when the server has answered the first subscription. All events from then on arrive, unless the server refused: in that case the loop throws.
   */
  readonly onStart?: () => unknown;
  /** Ends the loop when it is aborted. */
  readonly signal?: AbortSignal;
}

/**
 * A client for one Wabus server. It connects on first use and stays connected until `close`. Events that were missed during a lost connection are delivered
 * afterwards.
 *
 * Events arrive **at least once**: in order, without gaps, and without duplicates across lost connections. After a restart of the process, events in progress
 * arrive again, because a position is saved only after its event was handled; recognize them by `event.id`.
 */
export class WabusClient {
  /** All commands as methods, with their arguments in the order of Baileys: `commands.sendMessage(jid, content)`. */
  readonly commands: Commands;
  /** The files of sessions. */
  readonly media: MediaClient;
  private readonly links: EdgeLinks;
  private readonly main: EdgeLink;
  private readonly commandClient: CommandSender;
  private readonly http: HttpClient;
  private readonly cursors: CursorStore;
  private readonly handlers: EventHandlers;
  private readonly durables: DurableClient;
  private readonly loops = new Set<{ return(): Promise<unknown> }>();
  private readonly errors = new Listeners<[error: WabusError]>();
  /** Receives the errors of listeners and callbacks of the program. */
  private readonly listenerFailed = failuresTo(this.errors, thrown => WabusError.from(thrown));
  private readonly gaps = new Listeners<[gap: EventGap]>(this.listenerFailed);
  private readonly connects = new Listeners<[]>(this.listenerFailed);
  private readonly disconnects = new Listeners<[reason: string]>(this.listenerFailed);
  private readonly connectErrors = new Listeners<[error: WabusError]>(this.listenerFailed);
  private feedLink: EdgeLink | null = null;
  private isClosed = false;

  constructor(private readonly options: WabusClientOptions) {
    const session = options.session ?? options.identifier;
    this.links = new EdgeLinks(options);
    this.main = this.links.main();
    this.cursors = options.cursors ?? new MemoryCursorStore();
    this.http = new HttpClient(this.links.address, this.links.token, options.fetch);
    this.media = new MediaClient(this.http, session);
    this.commandClient = new CommandSender(this.main, session);
    this.commands = commandsOf(this.commandClient);
    this.durables = new DurableClient(this.main, error => this.report(error));
    this.handlers = new EventHandlers(
      events => this.openHandlers(events),
      error => this.report(error)
    );
    this.main.connected.add(() => this.connects.emit());
    this.main.lost.add(reason => this.disconnects.emit(reason));
    this.main.attemptFailed.add(error => this.connectErrors.emit(error));
    this.main.ended.add(error => error.code !== 'CLOSED' && this.report(error));
  }

  /** Whether the client is currently connected. */
  get connected(): boolean {
    return this.main.isConnected;
  }

  /**
   * The Socket.IO socket of the namespace `/api/events`, for everything that this class does not offer: `socket.emit('subscribe', ['call'])`,
   * `socket.on('call', …)`. Repeat such subscriptions at each `connect` event.
   */
  get socket(): Socket {
    return this.main.socket;
  }

  /**
   * Connects now. Resolves when the client is connected and the handlers that were added before receive events. Rejects with the server's error if it refuses
   * permanently (`UNAUTHORIZED`, `FORBIDDEN`), with `CLOSED` after `close`, and with `UNREACHABLE` after `waitMs`; in the last case, the client keeps trying.
   */
  async connect(waitMs = LONGEST_WAIT_MS): Promise<void> {
    const deadlineAt = performance.now() + waitMs;
    this.main.open();
    await this.main.awaitConnection(waitMs);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new WabusError('UNREACHABLE')),
        Math.max(0, Math.min(LONGEST_WAIT_MS, deadlineAt - performance.now()))
      );
    });
    await Promise.race([this.handlers.active(), late]).finally(() => clearTimeout(timer));
  }

  /** Closes the client: loops end, and handlers are no longer called. Resolves when the positions of all readers are saved. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([this.handlers.close(), ...[...this.loops].map(loop => loop.return())]);
    this.feedLink?.close();
    this.main.close();
  }

  /** Adds a listener that is called at each connection, including the first. Returns a function that removes it. */
  onConnect(listener: () => unknown): () => void {
    return this.connects.add(listener);
  }

  /**
   * Adds a listener that is called when the connection was lost, but not by `close`. Another connection follows unless an error reaches `onError`. Returns a
   * function that removes the listener.
   */
  onDisconnect(listener: (reason: string) => unknown): () => void {
    return this.disconnects.add(listener);
  }

  /**
   * Adds a listener that is called when an attempt to connect has failed. The client keeps trying unless the error also reaches `onError`. Returns a function
   * that removes the listener.
   */
  onConnectError(listener: (error: WabusError) => unknown): () => void {
    return this.connectErrors.add(listener);
  }

  /**
   * Adds a listener for all errors except those of rejected calls: a handler or listener that throws or rejects, a cursor that cannot be saved, events that are
   * not granted, and the permanent end of the connection. Returns a function that removes the listener.
   */
  onError(listener: (error: WabusError) => unknown): () => void {
    return this.errors.add(listener);
  }

  /** Adds a listener that is called when events for handlers are gone because the server no longer has them. Returns a function that removes it. */
  onGap(listener: (gap: EventGap) => unknown): () => void {
    return this.gaps.add(listener);
  }

  /**
   * Adds a handler for events with this name, `*`, or a prefix such as `messages.*`, of all sessions that the token permits. Returns a function that removes
   * the handler. Events are handled one after another, in order; a returned promise is awaited. If a handler fails, `onError` receives the error, and the event
   * counts as handled.
   *
   * Events start now. If the client has the option `name`, they continue after the last handled event; in that case, add all handlers at once.
   */
  on<Pattern extends EventPattern>(event: Pattern, handler: EventHandler<Pattern>): () => void {
    return this.handlers.add(event, handler);
  }

  /** Removes a handler that `on` added. */
  off<Pattern extends EventPattern>(event: Pattern, handler: EventHandler<Pattern>): void {
    this.handlers.remove(event, handler);
  }

  /**
   * Returns the events for a loop: `for await (const event of client.events({ events: ['messages.upsert'] })) …`. The client reads only as fast as the loop;
   * the other events wait on the server. The loop ends with `break`, `signal` or `close`, and throws if the server refuses the token or the events.
   */
  events<const Pattern extends EventPattern = '*'>(
    options: EventLoopOptions<Pattern> = {}
  ): AsyncIterableIterator<AnyEvent<EventsOf<Pattern>>> {
    const keeper = options.name === undefined ? null : this.keeper(`loop.${options.name}`);
    const loop = new EventLoop<AnyEvent<EventsOf<Pattern>>>(
      () => this.openLoop(options, keeper),
      keeper,
      ended => this.loops.delete(ended)
    );
    if (this.isClosed || options.signal?.aborted) void loop.return();
    else this.loops.add(loop);
    options.signal?.addEventListener('abort', () => void loop.return(), { once: true });
    return loop;
  }

  /**
   * Joins a durable subscription, or creates it. All clients that use its name share its events. A delivery is acknowledged when the handler resolves, and
   * refused if it throws; an event that is not acknowledged is delivered again, to any of the clients. Rejects with the server's error, such as
   * `SUBSCRIPTION_DIFFERS`, `FORBIDDEN` or `INVALID_REQUEST`; with `UNREACHABLE` without a connection, or with `TIMEOUT` without an answer, within 20 s.
   */
  durable<const Pattern extends EventPattern = '*'>(
    name: string,
    terms: DurableTerms<Pattern>,
    handler: DeliveryHandler<Pattern>
  ): Promise<DurableSubscription> {
    return this.durables.join(name, terms, handler as DeliveryHandler);
  }

  /**
   * Runs a command by name, with its arguments by name or in order, and returns the data of its reply. The methods of `commands` do the same. After a lost
   * connection, the command is sent again only if that is safe. Rejects with the server's error, `INVALID_REQUEST` without a session, `UNREACHABLE` if the
   * command was never sent, `TIMEOUT` if its outcome is unknown, or `CLOSED` if the client was closed.
   */
  command<M extends CommandName>(
    method: M,
    args: CommandArguments[M] | readonly unknown[],
    options?: CommandOptions
  ): Promise<CommandReplies[M]> {
    return this.commandClient.execute(method, args, options);
  }

  /** Returns all sessions that the token permits. Rejects like `request`. */
  async sessions(): Promise<SessionView[]> {
    const { sessions } = await this.request<{ sessions: SessionView[] }>('/api/sessions');
    return sessions;
  }

  /**
   * Creates the session if it does not exist, and starts it if it is not running. Returns the session; if it has no account, it will soon emit a QR code.
   * Requires a token with the scope `control`. Rejects like `command`.
   */
  async ensureSession(session = this.options.session ?? this.options.identifier): Promise<SessionView> {
    const commands = this.commands.with(session === undefined ? {} : { session });
    try {
      const view = await commands.getSession();
      return view.desired === 'running' && view.status.state !== 'logged-out' ? view : await commands.startSession();
    } catch (error) {
      if (!(error instanceof WabusError) || error.code !== 'UNKNOWN_SESSION') throw error;
    }
    try {
      return await commands.createSession();
    } catch (error) {
      // Another client has created it in the meantime.
      if (error instanceof WabusError && error.code === 'SESSION_EXISTS') return commands.getSession();
      throw error;
    }
  }

  /**
   * Sends a request with the token of the client to the HTTP API, such as `request('/api/webhooks', { method: 'POST', body })`. Returns the body of the
   * response: JSON, text, or `undefined` if there is none. Rejects with the server's error, with `UNREACHABLE` if no response arrived (`certain` tells whether
   * the request was never sent), and with `TOKEN_UNAVAILABLE` if the token function fails.
   */
  request<Body = unknown>(path: string, request?: HttpRequest): Promise<Body> {
    return this.http.json(path, request);
  }

  private report(thrown: unknown): void {
    this.errors.emit(WabusError.from(thrown));
  }

  private keeper(name: string): CursorKeeper {
    return new CursorKeeper(this.cursors, name, error => this.report(error));
  }

  private async openHandlers(events: readonly EventPattern[]): Promise<{ feed: EventStream; keeper: CursorKeeper | null }> {
    const { name } = this.options;
    const keeper = name === undefined ? null : this.keeper(`handlers.${name}`);
    const since = (await keeper?.load()) ?? null;
    this.main.open();
    this.feedLink = this.links.feed();
    const feed = this.openFeed(this.feedLink, { events }, since, {
      ...this.observer(keeper),
      gap: gap => this.gaps.emit(gap)
    });
    return { feed, keeper };
  }

  private async openLoop(options: EventLoopOptions, keeper: CursorKeeper | null): Promise<OpenedFeed> {
    const { events = ['*'], sessions, chats, onGap, onStart } = options;
    const since = (await keeper?.load()) ?? options.since ?? null;
    const link = this.links.loop();
    const feed = this.openFeed(link, { events, ...(sessions ? { sessions } : {}), ...(chats ? { chats } : {}) }, since, {
      ...this.observer(keeper),
      ...(onGap ? { gap: (gap: EventGap) => callGuarded(onGap, [gap], this.listenerFailed) } : {})
    });
    if (onStart) void feed.started.then(() => !options.signal?.aborted && callGuarded(onStart, [], this.listenerFailed));
    return { feed, release: () => link.close() };
  }

  private observer(keeper: CursorKeeper | null): FeedObserver {
    return { began: cursor => keeper?.advance(cursor), refused: error => this.report(error) };
  }

  private openFeed(link: EdgeLink, filter: StreamFilter, since: string | null, observer: FeedObserver): EventStream {
    return new EventStream(link, filter, { since, observer, capacity: this.options.bufferedEvents ?? BUFFERED_EVENTS });
  }
}
