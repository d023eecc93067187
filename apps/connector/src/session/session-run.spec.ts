import type { SessionId } from '@wabus/contracts';
import { AuthStateUnreadableError } from '../auth-state/auth-state.errors.js';
import { LeaseLostError } from '../ownership/session-lease.js';
import type { SocketClosed } from '../whatsapp/disconnect-reason.table.js';
import { EngineFigures } from '../whatsapp/engine-figures.js';
import type { OpenSocket, WhatsAppSocket } from '../whatsapp/whatsapp-engine.js';
import { SessionRun, type SessionRunParts } from './session-run.js';

const { jest } = import.meta;

const SESSION = 's' as SessionId;
const LOST: SocketClosed = { reason: 'connection-lost', code: 408 };

interface Attempt {
  readonly listener: OpenSocket['listener'];
  readonly socket: WhatsAppSocket;
  readonly closed: () => boolean;
  readonly version: string;
}

let attempts: Attempt[];
let signals: unknown[][];
let errors: string[];
let opening: () => Promise<void>;
let parts: SessionRunParts;
let run: SessionRun;

/** The engine is the port of this room: tests decide when attempts begin and end. */
beforeEach(() => {
  jest.useFakeTimers();
  [attempts, signals, errors] = [[], [], []];
  opening = () => Promise.resolve();
  const nothing = (): void => undefined;
  const logger = { warn: nothing, error: (_fields: object, message: string) => errors.push(message) };
  const open = async ({ listener, version }: OpenSocket): Promise<WhatsAppSocket> => {
    let closed = false;
    const socket = { account: null, close: async () => void (closed = true) } as unknown as WhatsAppSocket;
    attempts.push({ listener, socket, closed: () => closed, version: version.join('.') });
    await opening();
    return socket;
  };
  parts = {
    lease: { session: SESSION, isValid: () => true },
    auth: { confirmOwner: () => Promise.reject(new LeaseLostError(SESSION)) },
    engine: { open, figures: new EngineFigures() },
    events: { emit: nothing, identitiesOf: nothing },
    status: {
      note: nothing,
      count: nothing,
      received: nothing,
      current: { reconnectLoopSince: null, clientVersion: null, clientExpiresAt: null }
    },
    versions: { isKnown: true, presentedBy: () => ({ version: [2, 3000, 1], fixedBy: null }), noteExpiration: nothing },
    settings: {
      stableOpenMs: 1,
      maxQrRounds: 3,
      reconnect: {
        baseMs: 10,
        capMs: 10,
        contendedBaseMs: 10,
        contendedCapMs: 10,
        slowBaseMs: 10,
        slowCapMs: 10,
        outdatedBaseMs: 1_000,
        outdatedCapMs: 1_000
      }
    },
    passkey: { end: nothing },
    signal: (...signal: unknown[]) => signals.push(signal),
    identity: () => undefined,
    release: () => Promise.reject(new Error('not released')),
    logger
  } as unknown as SessionRunParts;
  run = new SessionRun(parts, true);
});
afterEach(() => {
  jest.useRealTimers();
});

const lastReason = () =>
  signals.map(([, facts]) => (facts as { lastDisconnect?: SocketClosed } | undefined)?.lastDisconnect?.reason).at(-1);

test('an earlier socket cannot end the current one', async () => {
  await run.connect();
  await run.closeSocket();
  await run.restart();
  attempts[0]!.listener.closed(LOST);
  expect(run.socket).toBe(attempts[1]!.socket);
  attempts[1]!.listener.closed(LOST);
  expect(run.socket).toBeNull();
  // Only the end of the current one counts.
  expect([...parts.engine.figures.endedConnections]).toEqual([[LOST.reason, 1]]);
});

test('a socket that opens after it was closed is closed', async () => {
  let opened = (): void => undefined;
  opening = () => new Promise(resolve => (opened = resolve));
  const first = run.connect();
  await run.closeSocket();
  opening = () => Promise.resolve();
  await run.restart();
  opened();
  await first;
  expect(attempts.map(({ closed }) => closed())).toEqual([true, false]);
  expect(run.socket).toBe(attempts[1]!.socket);
});

test.each<[what: string, error: Error, reason: string]>([
  ['stored keys that cannot be read', new AuthStateUnreadableError('damaged', 'damaged'), 'credentials-unreadable'],
  ['anything else', new Error('no memory'), 'connection-failed']
])('%s when opening has its own reason', async (_what, error, reason) => {
  opening = () => Promise.reject(error);
  await run.connect();
  await Promise.resolve();
  expect(lastReason()).toBe(reason);
});

test('a failed release is logged, not unhandled', async () => {
  await run.connect();
  attempts[0]!.listener.closed({ reason: 'replaced', code: 440 });
  await jest.advanceTimersByTimeAsync(0);
  expect(errors).toEqual(['session step failed']);
});

describe('a refused version', () => {
  const REFUSED: SocketClosed = { reason: 'client-outdated', code: 405 };
  let found: number;
  let lookUps: number;
  let changed: (() => void) | null;
  const refuse = async (): Promise<void> => {
    attempts.at(-1)!.listener.closed(REFUSED);
    await jest.advanceTimersByTimeAsync(0);
  };
  const versions = () => attempts.map(({ version }) => version);

  beforeEach(async () => {
    [found, lookUps, changed] = [1, 0, null];
    let current = 1;
    Object.assign(parts.versions, {
      presentedBy: () => ({ version: [2, 3000, current], fixedBy: null }),
      lookUp: () => {
        lookUps++;
        current = found;
        return Promise.resolve();
      },
      onChange: (callback: () => void) => {
        changed = () => {
          current = found;
          callback();
        };
        return () => (changed = null);
      },
      outdated: () => 'refused'
    });
    await run.connect();
  });

  test('is replaced by a new one immediately, by each only once', async () => {
    found = 2;
    await refuse();
    expect(versions()).toEqual(['2.3000.1', '2.3000.2']);
    await refuse();
    expect(versions()).toHaveLength(2);
    expect(lookUps).toBe(2);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(versions()).toEqual(['2.3000.1', '2.3000.2', '2.3000.2']);
    expect(lookUps).toBe(3);
  });

  test('is replaced by one that another connector has found', async () => {
    await refuse();
    expect(versions()).toHaveLength(1);
    found = 2;
    changed!();
    await jest.advanceTimersByTimeAsync(0);
    expect(versions()).toEqual(['2.3000.1', '2.3000.2']);
    expect(changed).toBeNull();
  });

  test('is not looked up once the run is over', async () => {
    await refuse();
    run.finish();
    expect(changed).toBeNull();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(versions()).toHaveLength(1);
    expect(lookUps).toBe(1);
  });
});
