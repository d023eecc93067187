import '../quiet-console.fixture.js';
import { proto } from '@whiskeysockets/baileys';
import type { ReceivedMessage, ReceivedReceipt } from '@wabus/testing';
import { pairedClient, post, type ConnectedClient } from '../baileys-client.fixture.js';
import { Simulator } from '../simulator.js';

const ALICE = '15550000001';
const BOB = '15550000002';
const DAVE = '15550000004';
const { DELIVERY_ACK, READ, PLAYED } = proto.WebMessageInfo.Status;

describe('one-to-one messages', () => {
  let simulator: Simulator;
  let alice: ConnectedClient;
  let dave: ConnectedClient;
  const migrate = (phoneNumber: string, migrated: boolean) => simulator.world.accounts.create({ phoneNumber, migrated });
  const jidOf = (phoneNumber: string, addressing: 'pn' | 'lid') => simulator.world.accounts.find(phoneNumber)?.jid(addressing) ?? '';

  beforeAll(async () => {
    simulator = await Simulator.start({});
    for (const [phoneNumber, name] of [
      [ALICE, 'Alice'],
      [BOB, 'Bob'],
      [DAVE, 'Dave']
    ]) {
      await post(simulator, 'createAccount', { phoneNumber, name });
    }
    [alice, dave] = await Promise.all([pairedClient(simulator, ALICE), pairedClient(simulator, DAVE)]);
  });

  afterAll(() => simulator.stop());

  it.each(['pn', 'lid'] as const)('reach a linked device from a contact, addressed by %s', async addressing => {
    const text = `hello by ${addressing}`;
    await post(simulator, 'sendMessage', { from: BOB, to: ALICE, message: { conversation: text }, addressing });
    const { message, type } = await alice.trace.message(text);
    expect(type).toBe('notify');
    expect(message.key.remoteJid).toBe(jidOf(BOB, addressing));
    expect(message.key.remoteJidAlt).toBe(jidOf(BOB, addressing === 'pn' ? 'lid' : 'pn'));
    expect(message.pushName).toBe('Bob');
  });

  it.each(['pn', 'lid'] as const)('from a linked device can be decrypted by every member', async addressing => {
    migrate(ALICE, addressing === 'lid');
    const sent = await alice.socket.sendMessage(jidOf(BOB, addressing), { text: `to the ${addressing}` });
    const received = await post<ReceivedMessage[]>(simulator, 'received', { phoneNumber: BOB, from: ALICE, atLeast: 1, waitMs: 10_000 });
    expect(received.at(-1)).toMatchObject({
      id: sent?.key.id,
      text: `to the ${addressing}`,
      from: jidOf(ALICE, 'pn'),
      chat: jidOf(BOB, 'pn')
    });
    migrate(ALICE, false);
  });

  it.each([
    ['pn', true, 463],
    ['lid', false, 400]
  ] as const)('by %s from a migrated account: %s are refused with %i', async (addressing, migrated, error) => {
    migrate(ALICE, migrated);
    const ack = new Promise<string | undefined>(resolve =>
      alice.socket.ws.once('CB:ack,class:message', ({ attrs }: { attrs: Record<string, string> }) => {
        resolve(attrs['error']);
      })
    );
    const before = simulator.world.accounts.find(BOB)?.received.length;
    await alice.socket.sendMessage(jidOf(BOB, addressing), { text: 'refused' });
    expect(await ack).toBe(String(error));
    expect(simulator.world.accounts.find(BOB)?.received.length).toBe(before);
    migrate(ALICE, false);
  });

  it('reach other accounts, with receipts both ways', async () => {
    const sent = await alice.socket.sendMessage(jidOf(DAVE, 'pn'), { text: 'hi Dave' });
    const { message } = await dave.trace.message('hi Dave');
    // Baileys merges receipts into its own message until it has emitted that message.
    await alice.trace.message('hi Dave');
    await dave.socket.readMessages([message.key]);
    await alice.trace.find('messages.update', updates =>
      updates.some(({ key, update }) => key.id === sent?.key.id && update.status === READ)
    );
    await dave.socket.sendMessage(message.key.remoteJid ?? '', { text: 'hi Alice' });
    await alice.trace.message('hi Alice');
  });

  it('are confirmed by the phone, and read and played on request', async () => {
    const sent = await alice.socket.sendMessage(jidOf(BOB, 'pn'), { text: 'please confirm' });
    const id = sent?.key.id ?? '';
    const status = (wanted: proto.WebMessageInfo.Status) =>
      alice.trace.find('messages.update', updates => updates.some(({ key, update }) => key.id === id && update.status === wanted));
    await status(DELIVERY_ACK);
    await post(simulator, 'sendReceipt', { from: BOB, to: ALICE, ids: [id], type: 'read' });
    await status(READ);
    await post(simulator, 'sendReceipt', { from: BOB, to: ALICE, ids: [id], type: 'played' });
    await status(PLAYED);
  });

  it('show their author the receipts of the linked device', async () => {
    const { id } = await post<{ id: string }>(simulator, 'sendMessage', { from: BOB, to: ALICE, message: { conversation: 'read me' } });
    const { message } = await alice.trace.message('read me');
    await alice.socket.readMessages([message.key]);
    const receipts = await post<ReceivedReceipt[]>(simulator, 'receipts', { phoneNumber: BOB, messageId: id, atLeast: 2, waitMs: 10_000 });
    expect(receipts).toEqual([
      { id, from: jidOf(ALICE, 'pn'), type: 'delivered' },
      { id, from: jidOf(ALICE, 'pn'), type: 'read' }
    ]);
  });

  it('reach every other device of the receiver and of the sender', async () => {
    const second = await pairedClient(simulator, ALICE);
    await post(simulator, 'sendMessage', { from: BOB, to: ALICE, message: { conversation: 'for both' } });
    await Promise.all([alice.trace.message('for both'), second.trace.message('for both')]);
    await second.socket.sendMessage(jidOf(BOB, 'pn'), { text: 'from the second' });
    const { message } = await alice.trace.message('from the second');
    expect(message.key).toMatchObject({ fromMe: true, remoteJid: jidOf(BOB, 'pn') });
    await post(simulator, 'sendMessage', { from: ALICE, to: BOB, message: { conversation: 'from the phone' } });
    for (const { trace } of [alice, second]) {
      const copy = await trace.message('from the phone');
      expect(copy.message.key).toMatchObject({ fromMe: true, remoteJid: jidOf(BOB, 'pn') });
    }
  });

  it('keep their order under load', async () => {
    const texts = Array.from({ length: 200 }, (_, index) => `load ${index}`);
    await Promise.all(texts.map(text => post(simulator, 'sendMessage', { from: BOB, to: DAVE, message: { conversation: text } })));
    const sentOrder = simulator.world.accounts.find(DAVE)?.received.flatMap(({ text }) => (text?.startsWith('load') ? [text] : []));
    await dave.trace.message(sentOrder?.at(-1) ?? '');
    expect(dave.trace.texts().filter(text => text.startsWith('load'))).toEqual(sentOrder);
    expect(new Set(sentOrder).size).toBe(200);
  });

  it('can be sent without Signal', async () => {
    await post(simulator, 'sendMessage', { from: BOB, to: ALICE, message: { conversation: 'in plain sight' }, plaintext: true });
    expect((await alice.trace.message('in plain sight')).message.key.remoteJid).toBe(jidOf(BOB, 'pn'));
  });

  it('show typing and presence to the other side', async () => {
    await alice.socket.presenceSubscribe(jidOf(DAVE, 'pn'));
    await dave.socket.sendPresenceUpdate('unavailable');
    await dave.socket.sendPresenceUpdate('available');
    const known = (presence: string) =>
      alice.trace.find('presence.update', ({ presences }) => Object.values(presences).some(each => each.lastKnownPresence === presence));
    await known('available');
    await dave.socket.sendPresenceUpdate('composing', jidOf(ALICE, 'pn'));
    await known('composing');
  });
});
