import '../quiet-console.fixture.js';
import type { LoginPeriod, SimulatedDevice } from '@wabus/testing';
import { awaitConfirmed, connectClient, MemoryAuth, pairByQr, pairedClient, post } from '../baileys-client.fixture.js';
import { Simulator } from '../simulator.js';
import { waitUntil } from '../wait-until.js';

const ALICE = '15550000001';
const BOB = '15550000002';

describe('logging in', () => {
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await Simulator.start({});
    for (const phoneNumber of [ALICE, BOB]) await post(simulator, 'createAccount', { phoneNumber });
  });

  afterEach(() => simulator.stop());

  const write = (text: string) => post(simulator, 'sendMessage', { from: BOB, to: ALICE, message: { conversation: text } });
  const confirmed = () => awaitConfirmed(simulator, ALICE);

  it('is refused with 401 for a device that was never linked', async () => {
    const auth = await pairByQr(simulator, ALICE);
    const other = await Simulator.start({});
    expect(await connectClient(other.ready.url, auth).trace.closeCode()).toBe(401);
    await other.stop();
  });

  it('is refused with 401 for a device with another Noise key', async () => {
    const auth = await pairByQr(simulator, ALICE);
    Object.assign(auth.state.creds, { noiseKey: new MemoryAuth().state.creds.noiseKey });
    expect(await connectClient(simulator.ready.url, auth).trace.closeCode()).toBe(401);
  });

  it('accepts a client that sends an edge-routing preamble', async () => {
    const auth = await pairByQr(simulator, ALICE);
    auth.state.creds.routingInfo = Buffer.from([8, 2, 8, 5]);
    await connectClient(simulator.ready.url, auth).trace.open();
  });

  it('delivers offline stanzas once and in order', async () => {
    const { socket, trace, auth } = await pairedClient(simulator, ALICE);
    await write('live');
    await trace.message('live');
    await confirmed();
    await socket.end(undefined);
    await post(simulator, 'awaitDevice', { phoneNumber: ALICE, online: false });
    // The phone may have sent something of its own while the socket was closing, for example a part of the history.
    const [before] = await post<SimulatedDevice[]>(simulator, 'devices', { phoneNumber: ALICE });
    for (const text of ['one', 'two', 'three']) await write(text);
    const unconfirmed = (before?.unconfirmed ?? 0) + 3;
    expect(await post(simulator, 'devices', { phoneNumber: ALICE })).toEqual([expect.objectContaining({ online: false, unconfirmed })]);

    const again = connectClient(simulator.ready.url, auth);
    await again.trace.open();
    await again.trace.message('three');
    expect(again.trace.texts()).toEqual(['one', 'two', 'three']);
    for (const text of ['one', 'two', 'three']) expect((await again.trace.message(text)).type).toBe('append');
    expect(await confirmed()).toBe(true);
  });

  it('redelivers what an earlier connection did not confirm', async () => {
    const { auth, trace } = await pairedClient(simulator, ALICE);
    await post(simulator, 'setFaults', { phoneNumber: ALICE, faults: { drop: 'message' } });
    await write('lost on the way');
    await post(simulator, 'disconnect', { phoneNumber: ALICE, how: 'reset' });
    await trace.closeCode();
    expect(trace.texts()).not.toContain('lost on the way');
    await post(simulator, 'setFaults', { phoneNumber: ALICE, faults: {} });
    const { type } = await connectClient(simulator.ready.url, auth).trace.message('lost on the way');
    expect(type).toBe('append');
    expect(await confirmed()).toBe(true);
  });

  it('replaces the first connection of the same device', async () => {
    const first = await pairedClient(simulator, ALICE);
    const second = connectClient(simulator.ready.url, first.auth);
    expect(await first.trace.closeCode()).toBe(440);
    await second.trace.open();
    await write('for the second');
    await second.trace.message('for the second');
    expect(await post(simulator, 'stats', {})).toMatchObject({ conflicts: 1, logins: 2 });
    expect(await post(simulator, 'devices', { phoneNumber: ALICE })).toEqual([expect.objectContaining({ online: true })]);
  });

  it('is recorded with its start, end and outcome', async () => {
    const before = Date.now();
    const first = await pairedClient(simulator, ALICE);
    const second = connectClient(simulator.ready.url, first.auth);
    await second.trace.open();
    await post(simulator, 'disconnect', { phoneNumber: ALICE, how: 'close' });
    await second.trace.closeCode();
    await post(simulator, 'awaitDevice', { phoneNumber: ALICE, online: false });
    const periods = await post<LoginPeriod[]>(simulator, 'logins', { phoneNumber: ALICE });
    expect(periods.map(({ end }) => end)).toEqual(['replaced', 'closed']);
    expect(periods[0]!.from).toBeGreaterThanOrEqual(before);
    expect(periods[1]!.from).toBe(periods[0]!.to);
    expect(periods[1]!.to).toBeLessThanOrEqual(Date.now());
    expect(await post(simulator, 'logins', { phoneNumber: BOB })).toEqual([]);
  });

  it('requests more one-time keys when few are left', async () => {
    const { auth, socket } = await pairedClient(simulator, ALICE);
    await socket.end(undefined);
    // A second socket, because each one refuses to upload twice within five seconds.
    await connectClient(simulator.ready.url, auth).trace.open();
    const device = simulator.world.accounts.find(ALICE)?.devices.get(1);
    for (const id of [...(device?.preKeys.keys() ?? [])].slice(5)) device?.preKeys.delete(id);
    await write('takes the fifth');
    const uploaded = () => (device?.preKeys.size ?? 0) > 5;
    expect(await waitUntil(simulator.world, ['changed'], { condition: uploaded, waitMs: 10_000 })).toBe(true);
  });

  it('compresses responses above two kilobytes', async () => {
    const { socket } = await pairedClient(simulator, ALICE);
    const blocklist = simulator.world.accounts.find(ALICE)?.blocklist;
    const jids = Array.from({ length: 500 }, (_, index) => `${900_000_000_000_000 + index}@lid`);
    for (const jid of jids) blocklist?.add(jid);
    expect(await socket.fetchBlocklist()).toEqual(jids);
  });
});
