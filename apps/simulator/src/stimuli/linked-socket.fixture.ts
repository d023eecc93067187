import { Agent } from 'node:https';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  DisconnectReason,
  makeWASocket,
  type AuthenticationState,
  type BaileysEventMap,
  type UserFacingSocketConfig,
  type WASocket
} from '@whiskeysockets/baileys';
import type { Args, Operation, Result } from '@wabus/testing';
import type { Account } from '../accounts/account.js';
import { MemoryAuth, post, scanShown } from '../baileys-client.fixture.js';
import { LinkingCompanion } from '../linking-companion.fixture.js';
import { mediaFrom } from '../media-host.fixture.js';
import '../quiet-console.fixture.js';
import { silentLogger } from '../signal/silent-logger.js';
import type { Simulator } from '../simulator.js';

const WAIT_MS = 15_000;

/** Connects to an https URL over plain TCP: Baileys writes `https:` into upload URLs, but the simulator speaks plain HTTP. */
class PlainHttpAgent extends Agent {
  override createConnection(options: { port?: number; host?: string }): Duplex {
    return connect(options.port ?? 80, options.host ?? '127.0.0.1');
  }
}

type Seen = { [E in keyof BaileysEventMap]: { event: E; payload: BaileysEventMap[E] } }[keyof BaileysEventMap];

/** A real Baileys socket, paired with an account by QR code, that reconnects on a request to restart. */
export class LinkedSocket {
  private seen: Seen[] = [];
  private waiting: (() => void)[] = [];
  private ended = false;
  private companion!: LinkingCompanion;
  private current: WASocket;

  private constructor(
    readonly simulator: Simulator,
    readonly account: Account,
    private readonly auth: AuthenticationState,
    private readonly config: Partial<UserFacingSocketConfig>
  ) {
    this.current = this.connect();
  }

  /** Resolves once the account's device is logged in and, unless `ready` defines another condition, has received the initial history. */
  static async pair(
    simulator: Simulator,
    account: Account,
    config: Partial<UserFacingSocketConfig> = {},
    ready: (creds: BaileysEventMap['creds.update']) => boolean = ({ accountSyncCounter }) => (accountSyncCounter ?? 0) > 0
  ): Promise<LinkedSocket> {
    const linked = new LinkedSocket(simulator, account, new MemoryAuth().state, config);
    await scanShown(simulator, account.phoneNumber, linked.companion);
    await linked.next('connection.update', ({ connection }) => connection === 'open');
    await linked.next('creds.update', ready);
    return linked;
  }

  /** The socket of the current connection. */
  get socket(): WASocket {
    return this.current;
  }

  get creds(): AuthenticationState['creds'] {
    return this.auth.creds;
  }

  /** Discards the events so far, so that `next` waits for a new one. */
  forget(): void {
    this.seen = [];
  }

  /** Resolves with the first matching event since {@link forget}, past or future. Rejects after fifteen seconds. */
  async next<E extends keyof BaileysEventMap>(
    event: E,
    matches: (payload: BaileysEventMap[E]) => boolean = () => true
  ): Promise<BaileysEventMap[E]> {
    const deadline = Date.now() + WAIT_MS;
    for (;;) {
      for (const seen of this.seen) {
        if (seen.event === event && matches(seen.payload as BaileysEventMap[E])) return seen.payload as BaileysEventMap[E];
      }
      if (!(await this.somethingNew(deadline - Date.now()))) {
        throw new Error(`no matching ${event} within ${WAIT_MS} ms; seen: ${this.seen.map(seen => seen.event).join(', ')}`);
      }
    }
  }

  /** Returns all events of one kind since {@link forget}. */
  all<E extends keyof BaileysEventMap>(event: E): BaileysEventMap[E][] {
    return this.seen.flatMap(seen => (seen.event === event ? [seen.payload as BaileysEventMap[E]] : []));
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.current.end(undefined);
  }

  private connect(): WASocket {
    const socket = makeWASocket({
      waWebSocketUrl: this.simulator.ready.url,
      auth: this.auth,
      logger: silentLogger,
      fetchAgent: new PlainHttpAgent(),
      ...mediaFrom(this.simulator.ready.url),
      ...this.config
    });
    this.companion = new LinkingCompanion({ socket, auth: { state: this.auth } });
    socket.ev.process(events => {
      for (const [event, payload] of Object.entries(events)) this.seen.push({ event, payload } as Seen);
      if (events['creds.update']) Object.assign(this.auth.creds, events['creds.update']);
      for (const wake of this.waiting.splice(0)) wake();
      const { connection, lastDisconnect } = events['connection.update'] ?? {};
      const code = (lastDisconnect?.error as { output?: { statusCode?: number } } | undefined)?.output?.statusCode;
      if (connection === 'close' && code === Number(DisconnectReason.restartRequired) && !this.ended) this.current = this.connect();
    });
    return socket;
  }

  private somethingNew(withinMs: number): Promise<boolean> {
    if (withinMs <= 0) return Promise.resolve(false);
    return new Promise(resolve => {
      const timer = setTimeout(() => {
        resolve(false);
      }, withinMs);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }
}

/** Calls one operation of the simulator's control API, with types. */
export function control<K extends Operation>(simulator: Simulator, operation: K, args: Args<K>): Promise<Result<K>> {
  return post<Result<K>>(simulator, operation, args);
}
