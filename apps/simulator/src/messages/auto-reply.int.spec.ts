import '../quiet-console.fixture.js';
import { pairedClient, post, type ConnectedClient } from '../baileys-client.fixture.js';
import { Simulator } from '../simulator.js';

const ALICE = '15550000001';
const BOB = '15550000002';
const CAROL = '15550000003';

describe('contacts that act automatically', () => {
  let simulator: Simulator;
  let alice: ConnectedClient;

  beforeAll(async () => {
    simulator = await Simulator.start({});
    for (const phoneNumber of [ALICE, BOB, CAROL])
      await post(simulator, 'createAccount', { phoneNumber, name: `N${phoneNumber.slice(-1)}` });
    alice = await pairedClient(simulator, ALICE);
  });

  afterAll(() => simulator.stop());

  it('answer a text with a prefix until stopped', async () => {
    await post(simulator, 'setAutoReply', { phoneNumber: BOB, prefix: 'You said: ' });
    await alice.socket.sendMessage(`${BOB}@s.whatsapp.net`, { text: 'ping' });
    await alice.trace.message('You said: ping');
    // An echo, then a text whose reply would come after a reply to the echo.
    for (const text of ['You said: ping', 'Echo: You said: ping', 'again'])
      await alice.socket.sendMessage(`${BOB}@s.whatsapp.net`, { text });
    await alice.trace.message('You said: again');
    expect(alice.trace.texts().filter(text => /^You said: .*You said/.test(text))).toEqual([]);
    await post(simulator, 'setAutoReply', { phoneNumber: BOB, prefix: null });
    await alice.socket.sendMessage(`${BOB}@s.whatsapp.net`, { text: 'pong' });
    await post(simulator, 'received', { phoneNumber: BOB, from: ALICE, atLeast: 5, waitMs: 10_000 });
    await post(simulator, 'sendMessage', { from: BOB, to: ALICE, message: { conversation: 'last' } });
    await alice.trace.message('last');
    expect(alice.trace.texts()).not.toContain('You said: pong');
  });

  it('reply in the same group, and not to each other', async () => {
    const { groupJid } = await post<{ groupJid: string }>(simulator, 'createGroup', {
      subject: 'Trio',
      owner: BOB,
      members: [ALICE, CAROL]
    });
    for (const [phoneNumber, prefix] of [
      [BOB, 'b:'],
      [CAROL, 'c:']
    ]) {
      await post(simulator, 'setAutoReply', { phoneNumber, prefix });
    }
    await alice.socket.sendMessage(groupJid, { text: 'all' });
    for (const text of ['b:all', 'c:all']) expect((await alice.trace.message(text)).message.key.remoteJid).toBe(groupJid);
    expect(alice.trace.texts().filter(text => /^[bc]:[bc]:/.test(text))).toEqual([]);
  });

  it('write numbered texts at an interval until stopped', async () => {
    await post(simulator, 'setChatter', { from: CAROL, to: ALICE, everyMs: 20 });
    await alice.trace.message('Message 1 from N3');
    await alice.trace.message('Message 3 from N3');
    await post(simulator, 'setChatter', { from: CAROL, to: ALICE, everyMs: null });
  });
});
