import '../quiet-console.fixture.js';
import type { ReceivedMessage } from '@wabus/testing';
import { pairedClient, post, type ConnectedClient } from '../baileys-client.fixture.js';
import { Simulator } from '../simulator.js';

const ALICE = '15550000001';
const BOB = '15550000002';
const CAROL = '15550000003';

describe.each(['lid', 'pn'] as const)('messages in a group addressed by %s', addressing => {
  let simulator: Simulator;
  let alice: ConnectedClient;
  let groupJid: string;
  const jidOf = (phoneNumber: string) => simulator.world.accounts.find(phoneNumber)?.jid(addressing) ?? '';

  beforeAll(async () => {
    simulator = await Simulator.start({});
    for (const phoneNumber of [ALICE, BOB, CAROL]) await post(simulator, 'createAccount', { phoneNumber });
    alice = await pairedClient(simulator, ALICE);
    ({ groupJid } = await post<{ groupJid: string }>(simulator, 'createGroup', {
      subject: 'Trio',
      owner: BOB,
      members: [ALICE, CAROL],
      addressing
    }));
  });

  afterAll(() => simulator.stop());

  it('reach a linked device from every member', async () => {
    for (const [from, text] of [
      [BOB, 'from Bob'],
      [CAROL, 'from Carol'],
      [BOB, 'Bob again']
    ] as const) {
      await post(simulator, 'sendGroupMessage', { from, groupJid, message: { conversation: text } });
      const { message } = await alice.trace.message(text);
      expect(message.key).toMatchObject({ remoteJid: groupJid, participant: jidOf(from), fromMe: false });
    }
  });

  it('from a linked device can be decrypted by every member', async () => {
    for (const text of ['first', 'second', 'third']) {
      const sent = await alice.socket.sendMessage(groupJid, { text });
      for (const phoneNumber of [BOB, CAROL]) {
        const wait = { phoneNumber, from: ALICE, atLeast: 1, waitMs: 10_000 };
        await alice.trace.find('message-receipt.update', updates =>
          updates.some(({ key, receipt }) => key.id === sent?.key.id && receipt.userJid === jidOf(phoneNumber))
        );
        const received = await post<ReceivedMessage[]>(simulator, 'received', wait);
        expect(received.at(-1)).toMatchObject({ id: sent?.key.id, text, chat: groupJid });
      }
    }
  });

  it('use every key of the sender chain once', async () => {
    for (let index = 0; index < 20; index++)
      await post(simulator, 'sendGroupMessage', { from: CAROL, groupJid, message: { conversation: `key ${index}` } });
    await alice.trace.message('key 19');
    const records = [...alice.auth.records].filter(([key]) => key.startsWith('sender-key/') && !key.includes(ALICE));
    const kept = records.flatMap(([, text]) => {
      const { data } = JSON.parse(text) as { data: string };
      return (JSON.parse(Buffer.from(data, 'base64').toString()) as { senderMessageKeys: unknown[] }[]).map(
        state => state.senderMessageKeys.length
      );
    });
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.every(count => count === 0)).toBe(true);
  });

  it('are refused if the author is not a member', async () => {
    await post(simulator, 'createAccount', { phoneNumber: '15550000009' });
    const refused = post(simulator, 'sendGroupMessage', { from: '15550000009', groupJid, message: { conversation: 'x' } });
    await expect(refused).rejects.toThrow(/not in the group/);
  });
});
