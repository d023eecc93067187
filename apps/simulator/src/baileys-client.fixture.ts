import { EventEmitter } from 'node:events';
import makeWASocket, {
  BufferJSON,
  initAuthCreds,
  proto,
  type AuthenticationState,
  type BaileysEventMap,
  type SignalDataSet,
  type SignalDataTypeMap,
  type UserFacingSocketConfig,
  type WASocket
} from 'baileys-stock';
import type { LinkOutcome, LinkRefusal } from '@wabus/testing';
import { LinkingCompanion, type RefreshConduct } from './linking-companion.fixture.js';
import { mediaFrom } from './media-host.fixture.js';
import { silentLogger } from './signal/silent-logger.js';
import type { Simulator } from './simulator.js';
import { waitUntil } from './wait-until.js';

const WAIT_MS = 15_000;

/** An in-memory auth state that stores JSON texts, as a database would. */
export class MemoryAuth {
  readonly records = new Map<string, string>();
  readonly state: AuthenticationState = {
    creds: initAuthCreds(),
    keys: {
      get: <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => {
        const found: Record<string, SignalDataTypeMap[T]> = {};
        for (const id of ids) {
          const text = this.records.get(`${type}/${id}`);
          if (text === undefined) continue;
          const value = JSON.parse(text, BufferJSON.reviver) as SignalDataTypeMap[T];
          found[id] =
            type === 'app-state-sync-key'
              ? (proto.Message.AppStateSyncKeyData.fromObject(value as object) as unknown as typeof value)
              : value;
        }
        return found;
      },
      set: (data: SignalDataSet) => {
        for (const [type, values] of Object.entries(data)) {
          for (const [id, value] of Object.entries(values ?? {})) {
            if (value === null || value === undefined) this.records.delete(`${type}/${id}`);
            else this.records.set(`${type}/${id}`, JSON.stringify(value, BufferJSON.replacer));
          }
        }
      }
    }
  };

  /** Deletes all records of one kind, as a damaged store would. */
  forget(type: keyof SignalDataTypeMap): void {
    for (const key of this.records.keys()) if (key.startsWith(`${type}/`)) this.records.delete(key);
  }
}

/** All events of a socket since its creation, so that none is missed between two awaits. */
export class EventTrace {
  private readonly seen: { event: keyof BaileysEventMap; payload: unknown }[] = [];
  private readonly arrivals = new EventEmitter<{ arrival: [] }>();

  constructor(socket: WASocket, events: (keyof BaileysEventMap)[]) {
    this.arrivals.setMaxListeners(0);
    for (const event of events) {
      socket.ev.on(event, payload => {
        this.seen.push({ event, payload });
        this.arrivals.emit('arrival');
      });
    }
  }

  /** Returns all payloads of an event so far. */
  all<E extends keyof BaileysEventMap>(event: E): BaileysEventMap[E][] {
    return this.seen.filter(each => each.event === event).map(each => each.payload as BaileysEventMap[E]);
  }

  /** Resolves with the first truthy result of `pick` for a past or future payload. */
  async find<E extends keyof BaileysEventMap, T>(
    event: E,
    pick: (payload: BaileysEventMap[E]) => T | undefined | false,
    waitMs = WAIT_MS
  ): Promise<T> {
    const look = () => {
      for (const payload of this.all(event)) {
        const picked = pick(payload);
        if (picked !== undefined && picked !== false) return picked;
      }
      return undefined;
    };
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.arrivals.off('arrival', check);
        reject(new Error(`no such ${event} within ${waitMs} ms; seen: ${JSON.stringify(this.all(event)).slice(0, 1500)}`));
      }, waitMs);
      const check = () => {
        const found = look();
        if (found === undefined) return;
        clearTimeout(timer);
        this.arrivals.off('arrival', check);
        resolve(found);
      };
      this.arrivals.on('arrival', check);
      check();
    });
  }

  /** Resolves with the status code of the close. */
  closeCode(waitMs?: number): Promise<number> {
    return this.find(
      'connection.update',
      update =>
        update.connection === 'close' &&
        ((update.lastDisconnect?.error as { output?: { statusCode?: number } } | undefined)?.output?.statusCode ?? 0),
      waitMs
    );
  }

  qr(): Promise<string> {
    return this.find('connection.update', update => update.qr);
  }

  /** Resolves once the socket is open and has received the offline backlog. */
  async open(): Promise<void> {
    await this.find('connection.update', update => update.connection === 'open');
    await this.find('connection.update', update => update.receivedPendingNotifications);
  }

  /** Returns the texts of all messages so far, received and own, in order. */
  texts(): string[] {
    return this.all('messages.upsert').flatMap(({ messages }) => messages.flatMap(each => textOf(each.message) ?? []));
  }

  /** Resolves with a received or own message whose text is `text`. */
  message(text: string): Promise<{ message: BaileysEventMap['messages.upsert']['messages'][number]; type: string }> {
    return this.find('messages.upsert', ({ messages, type }) => {
      const message = messages.find(each => textOf(each.message) === text);
      return message && { message, type };
    });
  }
}

export const TRACED: (keyof BaileysEventMap)[] = [
  'connection.update',
  'messages.upsert',
  'messages.update',
  'message-receipt.update',
  'presence.update',
  'messaging-history.set'
];

export interface ConnectedClient {
  socket: WASocket;
  auth: MemoryAuth;
  trace: EventTrace;
}

/** Connects a real, unmodified Baileys socket to the simulator; refuses history, so that the first login does not wait for it. */
export function connectClient(url: string, auth = new MemoryAuth(), config: Partial<UserFacingSocketConfig> = {}): ConnectedClient {
  const socket = makeWASocket({
    waWebSocketUrl: url,
    auth: auth.state,
    logger: silentLogger,
    shouldSyncHistoryMessage: () => false,
    ...mediaFrom(url),
    ...config
  });
  return { socket, auth, trace: new EventTrace(socket, TRACED) };
}

/** A client with the listeners that linking by QR code needs, see {@link LinkingCompanion}. */
export interface LinkingClient extends ConnectedClient {
  companion: LinkingCompanion;
}

/** Connects like {@link connectClient}, with a client that can link by QR code. */
export function linkingClient(
  url: string,
  { auth, conduct, config }: { auth?: MemoryAuth; conduct?: RefreshConduct; config?: Partial<UserFacingSocketConfig> } = {}
): LinkingClient {
  const client = connectClient(url, auth, config);
  return { ...client, companion: new LinkingCompanion(client, conduct) };
}

/**
 * Scans the QR code of a companion, and scans again if the service responds with a refresh of the registration.
 * The account is not migrated to LIDs, because unmodified Baileys uses the addressing of its caller:
 * the number. It has no salt either, because unmodified Baileys does not support tokens for strangers.
 */
export async function scanShown(simulator: Simulator, phoneNumber: string, companion: LinkingCompanion): Promise<LinkOutcome> {
  const account = simulator.world.accounts.find(phoneNumber);
  if (account) {
    account.migrated = false;
    account.reach.hasSalt ??= false;
  }
  const first = await companion.qr();
  try {
    return await post<LinkOutcome>(simulator, 'scanQr', { phoneNumber, qr: first });
  } catch (err) {
    if ((err as { reason?: LinkRefusal }).reason !== 'registration-refreshed') throw err;
  }
  return post<LinkOutcome>(simulator, 'scanQr', { phoneNumber, qr: await companion.qr(first) });
}

/** Pairs by QR code, up to the restart that follows. */
export async function pairByQr(simulator: Simulator, phoneNumber: string, auth = new MemoryAuth()): Promise<MemoryAuth> {
  const { trace, companion } = linkingClient(simulator.ready.url, { auth });
  await scanShown(simulator, phoneNumber, companion);
  const code = await trace.closeCode();
  if (code !== 515) throw new Error(`pairing ended with ${code}`);
  return auth;
}

/** Pairs, logs in and returns the open socket. */
export async function pairedClient(
  simulator: Simulator,
  phoneNumber: string,
  config: Partial<UserFacingSocketConfig> = {}
): Promise<ConnectedClient> {
  const auth = await pairByQr(simulator, phoneNumber);
  const client = connectClient(simulator.ready.url, auth, config);
  await client.trace.open();
  return client;
}

/** Runs one control operation over HTTP; rejects with the simulator's error. */
export async function post<T = unknown>(simulator: Simulator, operation: string, args: object): Promise<T> {
  const response = await fetch(`${simulator.ready.controlUrl}/${operation}`, { method: 'POST', body: JSON.stringify(args) });
  const answer = (await response.json()) as T & { error?: string; reason?: string };
  if (!response.ok) throw Object.assign(new Error(answer.error), { reason: answer.reason });
  return answer;
}

function textOf(message: proto.IMessage | null | undefined): string | undefined {
  return message?.conversation ?? message?.extendedTextMessage?.text ?? undefined;
}

/** Resolves with whether the linked devices of an account confirm everything that was sent to them within ten seconds. */
export function awaitConfirmed({ world }: Simulator, phoneNumber: string): Promise<boolean> {
  const condition = () =>
    world.accounts
      .find(phoneNumber)
      ?.companions()
      .every(device => device.outbox.size === 0) ?? false;
  return waitUntil(world, ['device-change'], { condition, waitMs: 10_000 });
}
