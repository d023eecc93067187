import type { SessionStatusRecord } from '@wabus/contracts';
import { awaitCondition, type LaunchedProcess } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from '../connector.fixture.js';

/** A refused session then waits for 0.6 s to 3 s, and a response of the page is valid for 0.6 s. */
const TIMING = { WABUS_RECONNECT_BASE_MS: '20', WABUS_RECONNECT_CAP_MS: '50' };
const DAY_MS = 86_400_000;

let fixture: ConnectorFixture;
let second: LaunchedProcess;
let sessions: Awaited<ReturnType<ConnectorFixture['linkSession']>>[];
/** The newest revision of the page; each test that refuses a version uses the next one. */
let revision = 1_046_500_000;

beforeAll(async () => {
  fixture = await ConnectorFixture.start(TIMING);
  second = (await fixture.launchConnector(TIMING)).process;
  sessions = [];
  for (let i = 0; i < 4; i++) sessions.push(await fixture.linkSession());
  // The second connector gets its share when the first has seen it join. Names decide which connector owns a session, so all of them may stay at one.
  const areShared = () =>
    awaitCondition(owners, ids => ids.size === 2 && !ids.has(null), { waitMs: 4_000, what: 'sessions at both connectors' });
  while (sessions.length < 12 && !(await areShared().catch(() => null))) sessions.push(await fixture.linkSession());
  await areShared();
}, 120_000);
afterAll(async () => {
  await second.stop();
  await fixture.stop();
});

const owners = async () => new Set(await Promise.all(sessions.map(async session => (await session.status())!.connector)));
const control = () => fixture.simulator.control;
const versionOf = (number: number): string => `2.3000.${number}`;
const lookUps = async (): Promise<number> => (await control().setVersions({})).lookUps;
const first = () => sessions[0]!;

/** Makes the service accept only the next revision, and sets the behavior of the page. */
async function refuseOld(page: 'answers' | 'fails' | 'garbage' | 'silent'): Promise<string> {
  const newest = versionOf(++revision);
  await control().setVersions({ oldestVersion: newest, oldestLinkingVersion: newest, revision, page });
  return newest;
}

const cut = ({ account }: (typeof sessions)[number]) => control().disconnect({ phoneNumber: account.phoneNumber, how: 'reset' });
const opened = (session: ConnectorSession, clientVersion: string): Promise<SessionStatusRecord> =>
  session.awaitStatus(status => status.state === 'open' && status.clientVersion === clientVersion);
const waitsBecause = (session: ConnectorSession, message: RegExp): Promise<SessionStatusRecord> =>
  session.awaitStatus(({ state, lastDisconnect }) => state === 'waiting' && message.test(lastDisconnect?.message ?? ''));
const states = (session: ConnectorSession): string[] =>
  session.events('session.status').map(({ body }) => (JSON.parse(body) as SessionStatusRecord).state);

test('a new installation presents the revision of the page', async () => {
  for (const session of sessions) await opened(session, versionOf(revision));
  expect(await fixture.readinessDetail('client-version')).toBe(`${versionOf(revision)} (looked-up)`);
  expect(await fixture.metric('wabus_connector_client_version_info', `version="${versionOf(revision)}"`)).toBe(1);
});

test('sessions of two connectors recover with one look-up', async () => {
  expect((await owners()).size).toBe(2);
  const before = await lookUps();
  const newest = await refuseOld('answers');
  await Promise.all(sessions.map(cut));
  const reasons: (string | undefined)[] = [];
  for (const session of sessions) {
    reasons.push((await opened(session, newest)).lastDisconnect?.reason);
    expect(states(session)).not.toContain('failed');
  }
  // The second connector may receive the new revision before it is refused: its last disconnect is then the cut.
  expect(reasons).toContain('client-outdated');
  for (const reason of reasons) expect(['client-outdated', 'connection-closed']).toContain(reason);
  expect((await lookUps()) - before).toBe(1);
}, 30_000);

test('without the page, a session waits, reports why, and recovers', async () => {
  const newest = await refuseOld('fails');
  await cut(first());
  const { lastDisconnect } = await waitsBecause(first(), /could not be looked up: .*\/sw\.js answered with status 503/);
  expect(lastDisconnect?.willReconnect).toBe(true);
  expect(Date.parse(lastDisconnect!.nextAttemptAt!)).toBeGreaterThan(Date.parse(lastDisconnect!.at));
  await control().setVersions({ page: 'garbage' });
  await waitsBecause(first(), /sw\.js does not name a version/);
  await control().setVersions({ page: 'answers' });
  await opened(first(), newest);
  expect(states(first())).not.toContain('failed');
}, 40_000);

test('a revision that is refused at first is tried again', async () => {
  const refused = versionOf(revision);
  await control().setVersions({ oldestVersion: versionOf(revision + 1) });
  await cut(first());
  await waitsBecause(first(), /No newer version is published yet/);
  const { logins } = (await control().devices({ phoneNumber: first().account.phoneNumber }))[0]!;
  await control().setVersions({ oldestVersion: refused });
  await opened(first(), refused);
  expect((await control().devices({ phoneNumber: first().account.phoneNumber }))[0]!.logins).toBe(logins + 1);
}, 40_000);

describe('with one connector', () => {
  beforeAll(() => second.stop());
  const restartWith = async (env: Record<string, string> = {}): Promise<void> => {
    await fixture.connector.stop();
    await fixture.startConnector({ ...TIMING, ...env });
  };

  test('a restart without a network presents the stored version', async () => {
    await control().setVersions({ page: 'silent' });
    const kept = versionOf(revision);
    await restartWith();
    const before = Date.now();
    await opened(first(), kept);
    // The time limit of a look-up is 10 s: the session did not wait for it.
    expect(Date.now() - before).toBeLessThan(8_000);
    await control().setVersions({ page: 'answers' });
  }, 40_000);

  test('an expiration is in status, metric and health', async () => {
    const { account } = first();
    const clientVersion = versionOf(revision);
    const announce = (t?: string) => control().announceExpiration({ phoneNumber: account.phoneNumber, t });
    const expires = (at: string | null) => first().awaitStatus(status => status.clientExpiresAt === at);
    const metric = () => fixture.metric('wabus_connector_client_version_expires_timestamp_seconds', `version="${clientVersion}"`);
    const inDays = (days: number): number => Math.floor((Date.now() + days * DAY_MS) / 1_000);
    const iso = (seconds: number): string => new Date(seconds * 1_000).toISOString();

    const late = inDays(30);
    expect(await announce(String(late))).toEqual({ devices: 1 });
    await expires(iso(late));
    expect(await metric()).toBe(late);
    expect(await fixture.readinessDetail('client-version')).toBe(`${clientVersion} (looked-up)`);

    const soon = inDays(10.5);
    await announce(String(soon));
    await expires(iso(soon));
    await first().awaitEvent('session.status', body => body.includes(`"clientExpiresAt":"${iso(soon)}"`));
    expect(await fixture.readinessDetail('client-version')).toContain(`warning: WhatsApp refuses version ${clientVersion} from`);

    await announce('soon');
    await awaitCondition(() => fixture.connector.lines.some(line => line.includes('announced end date of this whatsapp version')), Boolean);
    expect((await first().status())!.clientExpiresAt).toBe(iso(soon));

    await announce();
    await expires(null);
    expect(await metric()).toBe(0);
    expect(await fixture.readinessDetail('client-version')).toBe(`${clientVersion} (looked-up)`);
  }, 40_000);

  test('an expiration ends with the version to which it applies', async () => {
    const { account } = first();
    await control().announceExpiration({ phoneNumber: account.phoneNumber, t: String(Math.floor(Date.now() / 1_000) + 600) });
    await first().awaitStatus(({ clientExpiresAt }) => clientExpiresAt !== null);
    const newest = await refuseOld('answers');
    await cut(first());
    expect((await opened(first(), newest)).clientExpiresAt).toBeNull();
    expect(await fixture.readinessDetail('client-version')).not.toContain('warning');
  }, 40_000);

  test('never bypasses the proxy', async () => {
    const before = await lookUps();
    const looksThroughProxy = async (): Promise<unknown> => {
      await restartWith({ WABUS_PROXY_URL: 'http://127.0.0.1:9' });
      return fixture.connector.awaitLine(
        line => line.includes('failed to look up the newest whatsapp web version') && line.includes('ECONNREFUSED'),
        3_000
      );
    };
    // A start soon after the last response of the page skips the look-up: the next one does it.
    await looksThroughProxy().catch(looksThroughProxy);
    expect(await lookUps()).toBe(before);
  }, 40_000);

  test('a setting fixes the version, and a refusal reports it', async () => {
    const fixed = versionOf(1_044_000_000);
    await control().setVersions({ oldestVersion: versionOf(revision) });
    const before = await lookUps();
    await restartWith({ WABUS_WHATSAPP_VERSION: fixed });
    await waitsBecause(first(), /2\.3000\.1044000000 .*WABUS_WHATSAPP_VERSION pins this version/);
    expect(await lookUps()).toBe(before);
    await control().setVersions({ oldestVersion: fixed });
    await opened(first(), fixed);
    expect(await fixture.readinessDetail('client-version')).toBe(`${fixed} (setting)`);
  }, 40_000);
});
