import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { OWNERSHIP_BUCKET, type UnacknowledgedStanza } from '@wabus/contracts';
import type { LoginRefusalAttributes, SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';
import { afterEnd } from './session/reconnect.policy.js';
import { DISCONNECT_REASONS, type DisconnectReasonName } from './whatsapp/disconnect-reason.table.js';

let fixture: ConnectorFixture;
beforeAll(async () => {
  fixture = await ConnectorFixture.start();
});
afterAll(() => fixture.stop());

type Linked = ConnectorSession & { account: SimulatedAccount };

/** Limits that end a connection soon. Sessions are linked with these limits too. */
const SHORT_LIMITS = {
  WABUS_KEEP_ALIVE_MS: '500',
  WABUS_SILENCE_LIMIT_MS: '2500',
  WABUS_CONNECT_LIMIT_MS: '1500',
  WABUS_BACKLOG_LIMIT_MS: '2500'
};

/** How WhatsApp, the network or the store causes one reason, and what the session reports in addition to the decision of the table. */
interface Scenario {
  /** Settings of a connector that this scenario needs; the session is linked before that connector starts. */
  readonly env?: Record<string, string>;
  /** A session can be linked with these settings too. */
  readonly linksWithEnv?: true;
  /** Ends the connection of a linked session. */
  provoke?(session: Linked): Promise<unknown>;
  /** Runs without a linked account, for reasons that occur only then. */
  readonly unlinked?: true;
  readonly code: number | null;
  /** Set if the message differs from the table's. */
  readonly message?: unknown;
  readonly unacknowledged?: UnacknowledgedStanza;
  /** Removes what prevents a connection. */
  mend?(session: ConnectorSession): Promise<unknown>;
  /** The operator's action after the session has stopped; default: a restart. */
  operate?(session: Linked): Promise<unknown>;
}

const control = () => fixture.simulator.control;
const streamError = (code: number) => (session: Linked) =>
  control().disconnect({ phoneNumber: session.account.phoneNumber, how: 'stream-error', code });
const refusedLogin = (reason: number | LoginRefusalAttributes) => async (session: Linked) => {
  await control().setFaults({ phoneNumber: session.account.phoneNumber, faults: { refuseLoginWith: reason } });
  await control().disconnect({ phoneNumber: session.account.phoneNumber, how: 'reset' });
};
const noFaults = () => control().setFaults({ faults: {} });
const linkAgain = async (session: Linked) => {
  await session.setDesired('running', true);
  await session.scan(session.account);
};

const SCENARIOS: Partial<Record<DisconnectReasonName, Scenario>> = {
  'logged-out': {
    provoke: ({ account }) => control().unlinkDevice({ phoneNumber: account.phoneNumber }),
    code: 401,
    operate: linkAgain
  },
  'restart-required': { provoke: streamError(515), code: 515 },
  replaced: {
    provoke: ({ account }) => control().disconnect({ phoneNumber: account.phoneNumber, how: 'stream-error', conflict: true }),
    code: 440
  },
  'qr-expired': { env: { WABUS_QR_TIMEOUT_MS: '150', WABUS_QR_ROUNDS: '1' }, unlinked: true, code: 408 },
  'connection-lost': {
    env: SHORT_LIMITS,
    linksWithEnv: true,
    provoke: ({ account }) => control().setFaults({ phoneNumber: account.phoneNumber, faults: { silent: true } }),
    code: 408,
    mend: noFaults
  },
  'timed-out': {
    env: SHORT_LIMITS,
    linksWithEnv: true,
    provoke: async ({ account }) => {
      await control().disconnect({ phoneNumber: account.phoneNumber, how: 'reset' });
      await control().setFaults({ faults: { silent: true } });
    },
    code: 408,
    message: expect.stringMatching(/host 127\.0\.0\.1:\d+ cannot be reached: it does not answer/),
    mend: noFaults
  },
  unreachable: {
    env: { WABUS_SIMULATOR_URL: 'ws://127.0.0.1:9/ws/chat' },
    code: 408,
    message: expect.stringContaining('host 127.0.0.1:9 cannot be reached (ECONNREFUSED)'),
    mend: () => runConnectorWith({})
  },
  'proxy-failed': {
    env: { WABUS_PROXY_URL: 'http://127.0.0.1:9' },
    code: null,
    mend: () => runConnectorWith({})
  },
  'connection-closed': {
    provoke: ({ account }) => control().disconnect({ phoneNumber: account.phoneNumber, how: 'reset' }),
    code: 428
  },
  'http-refused': {
    provoke: async ({ account }) => {
      await control().setFaults({ faults: { refuseUpgradeWith: 503 } });
      await control().disconnect({ phoneNumber: account.phoneNumber, how: 'reset' });
    },
    code: 503,
    mend: noFaults
  },
  unavailable: { provoke: streamError(503), code: 503 },
  'unacknowledged-stanza': {
    provoke: ({ account }) =>
      control().sendStanza({
        phoneNumber: account.phoneNumber,
        stanza: { tag: 'stream:error', attrs: {}, content: [{ tag: 'ack', attrs: { class: 'status', id: 'A1', type: 'media' } }] },
        volatile: true
      }),
    code: 500,
    unacknowledged: { class: 'status', id: 'A1' }
  },
  'backlog-stalled': {
    env: SHORT_LIMITS,
    linksWithEnv: true,
    provoke: async ({ account }) => {
      await control().setFaults({ phoneNumber: account.phoneNumber, faults: { drop: 'ib' } });
      await control().disconnect({ phoneNumber: account.phoneNumber, how: 'reset' });
    },
    code: null,
    mend: noFaults
  },
  'protocol-error': {
    provoke: ({ account }) =>
      control().sendStanza({
        phoneNumber: account.phoneNumber,
        stanza: { tag: 'stream:error', attrs: {}, content: [{ tag: 'xml-not-well-formed', attrs: {} }] },
        volatile: true
      }),
    code: 500
  },
  'connection-failed': { provoke: streamError(418), code: 418 },
  'rate-limited': { provoke: refusedLogin(429), code: 429, mend: noFaults },
  'temporarily-banned': {
    provoke: refusedLogin({ reason: 402, expire: '2' }),
    code: 402,
    message: expect.stringMatching(/ The cause is that the account wrote to too many people .+ The ban ends at \d{4}-/),
    mend: noFaults
  },
  forbidden: { provoke: refusedLogin(403), code: 403, mend: noFaults },
  banned: { provoke: refusedLogin(406), code: 406, mend: noFaults },
  'client-refused': { provoke: refusedLogin(409), code: 409, mend: noFaults },
  'client-outdated': {
    provoke: refusedLogin(405),
    code: 405,
    message: expect.stringMatching(/no longer accepts (this version|version 2\.3000\.\d+) of its client/),
    mend: noFaults
  },
  'device-mismatch': { provoke: streamError(411), code: 411 },
  'bad-session': { provoke: streamError(500), code: 500 },
  'server-not-trusted': {
    env: { WABUS_SIMULATOR_ROOT_KEY: randomBytes(32).toString('base64') },
    code: 400,
    mend: () => runConnectorWith({})
  },
  'credentials-unreadable': {
    provoke: session => restartConnector(() => damageCredentials(session)),
    code: null,
    mend: session => restartConnector(() => damageCredentials(session))
  }
};

/** Flips one bit; a second call restores it. */
async function damageCredentials({ id }: ConnectorSession): Promise<void> {
  await fixture.foldRecords(id);
  const bucket = fixture.broker.buckets.bucket(OWNERSHIP_BUCKET);
  const key = `auth.${id}.creds`;
  const value = Uint8Array.from((await bucket.get(key))!.value);
  value[value.length - 20]! ^= 1;
  await bucket.put(key, value);
}

const restart = (session: ConnectorSession) => session.setDesired('running', true);

let runningWith: Record<string, string> = {};
async function runConnectorWith(env: Record<string, string>): Promise<void> {
  if (isDeepStrictEqual(env, runningWith)) return;
  runningWith = env;
  await restartConnector();
}

/** Restarts the connector with nothing in memory. `between` runs while it is stopped, so that the connector cannot overwrite the result as it stops. */
async function restartConnector(between: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  await fixture.connector.stop();
  await between();
  await fixture.startConnector(runningWith);
}

describe('a connection that ends', () => {
  let session: ConnectorSession;
  afterEach(async () => {
    await noFaults();
    await session.setDesired('deleted');
  });

  // Passkey links end in many ways; passkey.int.spec.ts covers them, with the QR code that follows each.
  const reasons = (Object.keys(DISCONNECT_REASONS) as DisconnectReasonName[]).filter(reason => reason !== 'passkey-ended');
  // Starting a connector costs more than a test: scenarios that share settings run one after another, and those with their own settings come last.
  const startsBefore = (reason: DisconnectReasonName): number => {
    const { env, linksWithEnv, unlinked } = SCENARIOS[reason] ?? {};
    return env === undefined ? 0 : unlinked ? 3 : linksWithEnv ? 2 : 1;
  };
  const here = reasons.sort((a, b) => startsBefore(a) - startsBefore(b));

  test.each(here)(
    'by %s follows the table, and the session recovers',
    async reason => {
      const scenario = SCENARIOS[reason];
      if (!scenario) throw new Error(`there is no scenario for ${reason}`);
      const { env = {}, linksWithEnv, provoke, unlinked, code, message, unacknowledged, mend, operate = restart } = scenario;
      const decision = afterEnd({ reason, failures: 1, qrRounds: 1, maxQrRounds: 1, refusedUntil: 0 });

      if (!unlinked) {
        await runConnectorWith(linksWithEnv ? env : {});
        session = await fixture.linkSession();
      }
      await runConnectorWith(env);
      if (unlinked) session = await fixture.createSession();
      else if (provoke) await session.awaitState('open');
      await provoke?.(session as Linked);

      const { lastDisconnect } = await session.awaitStatus(status => status.lastDisconnect?.reason === reason);
      expect(lastDisconnect).toMatchObject({
        code,
        willReconnect: decision.next === 'reconnect',
        message: message ?? DISCONNECT_REASONS[reason].meaning,
        ...(unacknowledged ? { unacknowledged } : {})
      });
      expect(lastDisconnect!.nextAttemptAt === null).toBe(decision.next === 'halt');

      if (decision.next === 'halt') {
        const halted = await session.awaitState(decision.signal === 'fail' ? 'failed' : 'logged-out');
        expect(halted.account === null).toBe(decision.forgetCredentials || unlinked === true);
        expect(halted.snapshots).toHaveLength(decision.forgetCredentials ? 1 : 0);
      }
      await mend?.(session);
      if (unlinked) {
        await restart(session);
        return void (await session.awaitState('pairing'));
      }
      if (decision.next === 'halt') await operate(session as Linked);
      // The wait is long: client-version.int.spec.ts covers how it ends.
      else if (decision.pace === 'outdated') await restart(session);
      else if (decision.pace === 'contended' || decision.pace === 'slow') {
        const leastMs = decision.pace === 'slow' ? 60_000 : 7_500;
        expect(Date.parse(lastDisconnect!.nextAttemptAt!) - Date.parse(lastDisconnect!.at)).toBeGreaterThanOrEqual(leastMs);
        await restart(session);
      }
      const back = await session.awaitState('open', 30_000);
      expect(back.account?.id).toBe((session as Linked).account.pnJid);
    },
    60_000
  );
});

describe('a refused login', () => {
  let session: Linked;
  beforeAll(() => runConnectorWith({}));
  beforeEach(async () => {
    session = await fixture.linkSession();
  });
  afterEach(async () => {
    await noFaults();
    await session.setDesired('deleted');
  });

  test('reports why and until when, and is not retried earlier', async () => {
    const before = Date.now();
    await refusedLogin({ reason: 402, code: '104', expire: '3600' })(session);
    const { lastDisconnect } = await session.awaitStatus(({ state, lastDisconnect: last }) => state === 'waiting' && last?.code === 402);
    const { refusal, nextAttemptAt } = lastDisconnect!;
    expect(refusal).toMatchObject({ cause: 'same-message', until: expect.any(String) as string });
    expect(Date.parse(refusal!.until!)).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(Math.abs(Date.parse(nextAttemptAt!) - Date.parse(refusal!.until!))).toBeLessThan(1_000);
    const published = await session.awaitEvent('session.status', body => body.includes('"same-message"'));
    expect(published.body).toContain(refusal!.until!);
  });

  test.each([
    ['a ban', { reason: 402, expire: '3600' }, 'waiting'],
    ['a lock', { reason: 403 }, 'failed']
  ] as const)('the next owner also waits for the end of %s', async (_what, refusal, state) => {
    await refusedLogin(refusal)(session);
    const refused = await session.awaitStatus(status => status.state === state && status.lastDisconnect?.code === refusal.reason);
    await noFaults();
    await restartConnector();
    const inherited = await session.awaitStatus(status => status.epoch > refused.epoch && status.state === state);
    expect(inherited.lastDisconnect).toEqual(refused.lastDisconnect);
    expect(await control().connections({ phoneNumber: session.account.phoneNumber })).toEqual([]);
    await restart(session);
    await session.awaitState('open');
  });

  test('gives the appeal token only to its owner', async () => {
    await refusedLogin(403)(session);
    const locked = await session.awaitState('failed');
    expect(locked).toMatchObject({
      appeal: { token: 'appeal-token-of-the-simulator' },
      lastDisconnect: { refusal: { location: 'vll', header: 'Your account is locked', violation: '14' } }
    });
    // WhatsApp sends it only once.
    await restart(session);
    const again = await session.awaitStatus(({ state, updatedAt }) => state === 'failed' && updatedAt > locked.updatedAt);
    expect(again.appeal).toEqual(locked.appeal);
    expect(JSON.stringify(session.events())).not.toContain('appeal-token');
    expect(fixture.connector.lines.join()).not.toContain('appeal-token');
    await noFaults();
    await restart(session);
    await expect(session.awaitState('open')).resolves.toMatchObject({ appeal: null });
  });

  test('after a restriction reports that no user unlinked the device', async () => {
    const ends = Math.floor(Date.now() / 1_000) + 7_200;
    const lock = { is_active: true, time_enforcement_ends: String(ends), enforcement_type: 'RESTRICT_ALL_COMPANIONS' };
    const update = { tag: 'update', attrs: { op_name: 'NotificationUserReachoutTimelockUpdate' } };
    const content = JSON.stringify({ data: { xwa2_notify_account_reachout_timelock: lock } });
    const { phoneNumber } = session.account;
    await control().sendStanza({
      phoneNumber,
      stanza: { tag: 'notification', attrs: { id: 'lock', from: 's.whatsapp.net', type: 'mex' }, content: [{ ...update, content }] }
    });
    await session.awaitEvent('connection.update', body => body.includes('reachoutTimeLock'));
    await control().unlinkDevice({ phoneNumber });
    const { lastDisconnect } = await session.awaitState('logged-out');
    expect(lastDisconnect).toMatchObject({
      reason: 'logged-out',
      restrictedUntil: new Date(ends * 1_000).toISOString(),
      message: expect.stringContaining('Do not link it again before') as string
    });
  });
});
