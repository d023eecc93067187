import { OWNERSHIP_BUCKET } from '@wabus/contracts';
import { awaitCondition, type SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from './connector.fixture.js';

const SILENCE_LIMIT_MS = 3_000;
const STABLE_OPEN_MS = 2_000;
const STATUS_INTERVAL_MS = 1_500;

let fixture: ConnectorFixture;
beforeAll(async () => {
  fixture = await ConnectorFixture.start({
    // So rare that it can neither detect the silence nor keep a session open.
    WABUS_KEEP_ALIVE_MS: '60000',
    // Also ends a connection that falls silent before the login.
    WABUS_CONNECT_LIMIT_MS: '3000',
    WABUS_SILENCE_LIMIT_MS: String(SILENCE_LIMIT_MS),
    WABUS_STABLE_OPEN_MS: String(STABLE_OPEN_MS),
    WABUS_STATUS_INTERVAL_MS: String(STATUS_INTERVAL_MS),
    WABUS_RECONNECT_BASE_MS: '50'
  });
});
afterAll(() => fixture.stop());

type Linked = ConnectorSession & { account: SimulatedAccount };

/** Makes a contact write continuously, so that the session is never silent. */
async function chatting(everyMs: number | null, session: Linked, from?: SimulatedAccount): Promise<SimulatedAccount> {
  const contact = from ?? (await fixture.simulator.control.createAccount({}));
  await fixture.simulator.control.setChatter({ from: contact.phoneNumber, to: session.account.phoneNumber, everyMs });
  return contact;
}

describe('a session that claims to be open', () => {
  test('but receives nothing is closed within the limit', async () => {
    const [victim, bystander] = await Promise.all([fixture.linkSession(), fixture.linkSession()]);
    const contact = await chatting(400, bystander);
    const other = await chatting(400, victim);
    const before = (await bystander.status())!.counters.opens;
    await chatting(null, victim, other);
    const { phoneNumber } = victim.account;
    const silentSince = Date.now();
    await fixture.simulator.control.setFaults({ phoneNumber, faults: { silent: true } });
    const { lastDisconnect } = await victim.awaitStatus(status => status.lastDisconnect?.reason === 'connection-lost');
    const noticedMs = Date.parse(lastDisconnect!.at) - silentSince;
    expect(noticedMs).toBeLessThan(SILENCE_LIMIT_MS + 1_500);
    await fixture.simulator.control.setFaults({ phoneNumber, faults: {} });
    await chatting(400, victim, other);
    await victim.awaitState('open');
    await chatting(null, victim, other);

    const status = (await bystander.status())!;
    await chatting(null, bystander, contact);
    expect([status.state, status.counters.opens]).toEqual(['open', before]);
  }, 30_000);
});

describe('a reconnect loop', () => {
  test('is counted, reported once, backed off, and then over', async () => {
    const session = await fixture.linkSession();
    const { phoneNumber } = session.account;
    await fixture.simulator.control.setFaults({ phoneNumber, faults: { refuseLoginWith: 503 } });
    await fixture.simulator.control.disconnect({ phoneNumber, how: 'reset' });
    const looping = await session.awaitStatus(({ reconnectLoopSince }) => reconnectLoopSince !== null);
    expect(looping.failures).toBe(5);
    expect(looping.counters.reconnectLoops).toBe(1);
    await session.awaitStatus(({ failures }) => failures >= 8);
    expect((await session.status())!.reconnectLoopSince).toBe(looping.reconnectLoopSince);

    await fixture.simulator.control.setFaults({ phoneNumber, faults: {} });
    await session.awaitState('open');
    const contact = await chatting(400, session);
    const recovered = await session.awaitStatus(({ reconnectLoopSince }) => reconnectLoopSince === null);
    await chatting(null, session, contact);
    expect(recovered).toMatchObject({ state: 'open', failures: 0, counters: { reconnectLoops: 1 } });

    const statuses = session.events('session.status').map(({ body }) => JSON.parse(body) as typeof recovered);
    const changes = statuses.map(({ reconnectLoopSince }) => reconnectLoopSince).filter((since, i, all) => since !== all[i - 1]);
    expect(changes).toEqual([null, looping.reconnectLoopSince, null]);
    const waits = statuses.flatMap(({ lastDisconnect, failures }) =>
      lastDisconnect?.nextAttemptAt && failures > 0
        ? [{ failures, waitMs: Date.parse(lastDisconnect.nextAttemptAt) - Date.parse(lastDisconnect.at) }]
        : []
    );
    for (const { failures, waitMs } of waits) expect(waitMs).toBeLessThanOrEqual(50 * 2 ** (failures - 1));
  }, 40_000);
});

describe('the status', () => {
  test('counts messages, events and frames with rare writes', async () => {
    const session = await fixture.linkSession();
    const contact = await fixture.simulator.control.createAccount({});
    const bucket = fixture.broker.buckets.bucket('WABUS_REGISTRY');
    const before = (await session.status())!;
    let writes = 0;
    const watch = await bucket.watch(`status.${session.id}`, () => writes++);
    await awaitCondition(
      () => writes,
      count => count >= 1
    );
    const first = writes;
    const begin = Date.now();
    for (let i = 0; i < 60; i++) {
      await fixture.simulator.control.sendMessage({
        from: contact.phoneNumber,
        to: session.account.phoneNumber,
        message: { conversation: `count ${i}` }
      });
    }
    await session.command('sendMessage', [contact.phoneNumber, { text: 'counted too' }]);
    const after = await session.awaitStatus(
      ({ counters }) => counters.messagesIn === before.counters.messagesIn + 60 && counters.messagesOut === 1
    );
    const tookMs = Date.now() - begin;
    await watch.stop();
    expect(writes - first).toBeLessThanOrEqual(Math.ceil(tookMs / STATUS_INTERVAL_MS) + 1);
    expect(after.counters.eventsPublished).toBeGreaterThanOrEqual(before.counters.eventsPublished + 60);
    expect(Date.parse(after.lastInboundAt!)).toBeGreaterThanOrEqual(begin);
    expect(after).toMatchObject({ state: 'open', failures: 0, counters: { opens: 1 } });
    expect(after.account).toMatchObject({ id: session.account.pnJid, lid: session.account.lidJid, platform: expect.any(String) as string });
  });

  test('continues counting under the next owner', async () => {
    const session = await fixture.linkSession();
    const before = (await session.status())!;
    await fixture.connector.stop();
    await fixture.startConnector();
    const after = await session.awaitStatus(({ state, epoch }) => state === 'open' && epoch > before.epoch);
    expect(after.counters.opens).toBe(before.counters.opens + 1);
    expect(after.counters.eventsPublished).toBeGreaterThanOrEqual(before.counters.eventsPublished);
  });
});

describe('stored keys that were damaged', () => {
  test('fail their session, are reported, and affect no other', async () => {
    const [victim, bystander] = await Promise.all([fixture.linkSession(), fixture.linkSession()]);
    const contact = await fixture.simulator.control.createAccount({});
    const write = async (to: Linked, text: string) =>
      fixture.simulator.control.sendMessage({ from: contact.phoneNumber, to: to.account.phoneNumber, message: { conversation: text } });
    await write(victim, 'with whole keys');
    await victim.awaitEvent('messages.upsert', body => body.includes('with whole keys'));

    await fixture.connector.stop();
    const bucket = fixture.broker.buckets.bucket(OWNERSHIP_BUCKET);
    await fixture.foldRecords(victim.id);
    const sessions = await bucket.list(`auth.${victim.id}.session.*`);
    expect(sessions).not.toEqual([]);
    for (const { key, value } of sessions)
      await bucket.put(
        key,
        Uint8Array.from(value, (byte, i) => (i === value.length - 20 ? byte ^ 1 : byte))
      );
    await fixture.startConnector();
    await Promise.all([victim.awaitState('open'), bystander.awaitState('open')]);

    await write(victim, 'that nobody can read');
    expect((await victim.awaitState('failed')).lastDisconnect).toMatchObject({ reason: 'credentials-unreadable', willReconnect: false });
    await write(bystander, 'beside it');
    await bystander.awaitEvent('messages.upsert', body => body.includes('beside it'));
    expect((await bystander.status())!.state).toBe('open');
    expect(victim.events('messages.upsert').some(({ body }) => body.includes('that nobody'))).toBe(false);
  }, 30_000);
});
