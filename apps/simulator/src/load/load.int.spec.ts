import '../quiet-console.fixture.js';
import type { LoadReport } from '@wabus/testing';
import { awaitConfirmed, pairedClient, post, type ConnectedClient } from '../baileys-client.fixture.js';
import { Simulator } from '../simulator.js';

const ALICE = '15550000001';
const BOB = '15550000002';
const CAROL = '15550000003';

describe('a load encrypted ahead', () => {
  let simulator: Simulator;
  let alice: ConnectedClient;

  beforeAll(async () => {
    simulator = await Simulator.start({});
    for (const phoneNumber of [ALICE, BOB, CAROL]) await post(simulator, 'createAccount', { phoneNumber });
    alice = await pairedClient(simulator, ALICE);
    // Baileys withholds messages that arrive right after the first login.
    await post(simulator, 'sendMessage', { from: BOB, to: ALICE, message: { conversation: 'hello' } });
    await alice.trace.message('hello');
  });

  afterAll(() => simulator.stop());

  const device = () => simulator.world.accounts.find(ALICE)!.companions()[0]!;
  const prepare = (messages: number, more: object = {}) =>
    post<{ load: string }>(simulator, 'prepareLoad', { to: ALICE, from: [BOB, CAROL], messages, ...more });
  const run = async (load: string, pace: object = {}, asked: object = {}) => {
    const started = await post<{ run: string }>(simulator, 'startLoad', { loads: [load], ...pace });
    return post<LoadReport>(simulator, 'awaitLoad', { ...started, ...asked });
  };
  const numbers = (from: number) =>
    alice.trace
      .texts()
      .slice(from)
      .map(text => Number(text.split(' ')[0]));

  it('arrives completely and in order within the window', async () => {
    const { groupJid } = await post<{ groupJid: string }>(simulator, 'createGroup', {
      subject: 'Trio',
      owner: BOB,
      members: [ALICE, CAROL]
    });
    // Few messages through the group, because libsignal's own signatures take their time.
    for (const [messages, more] of [
      [40, {}],
      [9, { groupJid }]
    ] as const) {
      const before = alice.trace.texts().length;
      const { load } = await prepare(messages, more);
      // Preparing the load queues none of it; the stanzas of the first login are confirmed.
      expect(await awaitConfirmed(simulator, ALICE)).toBe(true);
      let most = 0;
      const watch = () => (most = Math.max(most, device().outbox.size));
      simulator.world.events.on('stanza-out', watch);
      const report = await run(load, { window: 7 });
      simulator.world.events.off('stanza-out', watch);
      expect(report).toMatchObject({ messages });
      expect(report.confirmedAt).toBeGreaterThanOrEqual(report.sentAt);
      expect(report.sentAt).toBeGreaterThan(report.startedAt);
      await alice.trace.find('messages.upsert', () => numbers(before).length === messages);
      // Baileys may process messages of different chats in parallel; within a chat they are in order.
      for (const author of [0, 1]) {
        const ofAuthor = numbers(before).filter(n => n % 2 === author);
        expect(ofAuthor).toEqual([...ofAuthor].sort((a, b) => a - b));
      }
      expect(most).toBe(7);
    }
  });

  it('keeps to a rate', async () => {
    const { load } = await prepare(30);
    const report = await run(load, { perSecond: 200 }, { sendings: true });
    // The last one is due after 30/200 s; a busy machine can only be later.
    expect(report.sentAt - report.startedAt).toBeGreaterThanOrEqual(145);
    expect(new Set(report.sendings?.map(({ id }) => id)).size).toBe(30);
    expect(report.sendings?.at(-1)?.at).toBe(report.sentAt);
  });

  it('is not confirmed while the device is away', async () => {
    const { load } = await prepare(5);
    const started = await post<{ run: string }>(simulator, 'startLoad', { loads: [load], window: 2 });
    simulator.world.accounts.find(ALICE)!.companions()[0]!.wire!.reset();
    await expect(post(simulator, 'awaitLoad', { ...started, waitMs: 50 })).rejects.toThrow('not confirmed in time');
  });

  it.each([
    ['an account without a device', 'prepareLoad', { to: BOB, from: [CAROL], messages: 1 }, /no linked device/],
    ['no senders', 'prepareLoad', { to: ALICE, from: [], messages: 1 }, /at least one/],
    ['a load that was not prepared', 'startLoad', { loads: ['x'] }, /no prepared load/],
    ['a run that was not started', 'awaitLoad', { run: 'x' }, /no load x/]
  ])('refuses %s', async (_case, operation, args, reason) => {
    await expect(post(simulator, operation, args)).rejects.toThrow(reason);
  });
});
