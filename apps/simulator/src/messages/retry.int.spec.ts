import '../quiet-console.fixture.js';
import { awaitConfirmed, connectClient, pairedClient, post, type ConnectedClient } from '../baileys-client.fixture.js';
import { Simulator } from '../simulator.js';

const ALICE = '15550000001';
const BOB = '15550000002';

describe('a message that could not be read', () => {
  let simulator: Simulator;
  let alice: ConnectedClient;

  beforeEach(async () => {
    simulator = await Simulator.start({});
    for (const phoneNumber of [ALICE, BOB]) await post(simulator, 'createAccount', { phoneNumber });
    alice = await pairedClient(simulator, ALICE);
  });

  afterEach(() => simulator.stop());

  const write = (text: string) => post(simulator, 'sendMessage', { from: BOB, to: ALICE, message: { conversation: text } });
  const allConfirmed = () => awaitConfirmed(simulator, ALICE);

  it('is resent by the phone if the device lost its session', async () => {
    // Baileys sends no response to the first message of a session, so it takes two messages until the session is the only way to read.
    await write('first');
    await alice.trace.message('first');
    await alice.socket.sendMessage(`${BOB}@s.whatsapp.net`, { text: 'answer' });
    await post(simulator, 'received', { phoneNumber: BOB, from: ALICE, atLeast: 1, waitMs: 10_000 });
    alice.auth.forget('session');
    await write('after the loss');
    await alice.trace.message('after the loss');
    expect(await allConfirmed()).toBe(true);
    await write('and on');
    await alice.trace.message('and on');
  });

  it('is resent in a group if the sender key is lost', async () => {
    const { groupJid } = await post<{ groupJid: string }>(simulator, 'createGroup', { subject: 'Duo', owner: BOB, members: [ALICE] });
    const writeGroup = (text: string) => post(simulator, 'sendGroupMessage', { from: BOB, groupJid, message: { conversation: text } });
    await writeGroup('first');
    await alice.trace.message('first');
    alice.auth.forget('sender-key');
    await writeGroup('after the loss');
    const { message } = await alice.trace.message('after the loss');
    expect(message.key.remoteJid).toBe(groupJid);
    expect(await allConfirmed()).toBe(true);
  });

  it('stays queued if the device leaves before the second copy', async () => {
    await write('first');
    await alice.trace.message('first');
    await alice.socket.sendMessage(`${BOB}@s.whatsapp.net`, { text: 'answer' });
    await post(simulator, 'received', { phoneNumber: BOB, from: ALICE, atLeast: 1, waitMs: 10_000 });
    alice.auth.forget('session');
    const retried = new Promise<void>(resolve => {
      simulator.world.events.on('stanza-in', ({ stanza }) => {
        if (stanza.tag === 'receipt' && stanza.attrs['type'] === 'retry') resolve();
      });
    });
    await write('half lost');
    await retried;
    await alice.socket.end(undefined);
    await post(simulator, 'awaitDevice', { phoneNumber: ALICE, online: false });
    const again = connectClient(simulator.ready.url, alice.auth);
    await again.trace.message('half lost');
  });

  it('is resent by a device if the phone cannot read it', async () => {
    await alice.socket.sendMessage(`${BOB}@s.whatsapp.net`, { text: 'first' });
    await post(simulator, 'received', { phoneNumber: BOB, from: ALICE, atLeast: 1, waitMs: 10_000 });
    // After a response, the linked device writes over the session alone, without the key bundle.
    await write('answer');
    await alice.trace.message('answer');
    await simulator.world.accounts.find(BOB)?.phone.forgetSessions();
    await alice.socket.sendMessage(`${BOB}@s.whatsapp.net`, { text: 'after the loss' });
    const received = await post<{ text: string }[]>(simulator, 'received', { phoneNumber: BOB, from: ALICE, atLeast: 2, waitMs: 10_000 });
    expect(received.map(({ text }) => text)).toEqual(['first', 'after the loss']);
  });
});
