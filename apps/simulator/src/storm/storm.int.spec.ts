import '../quiet-console.fixture.js';
import { awaitCondition, type Page, type PhoneDelivery, type StormMessage, type StormProgress, type StormSignal } from '@wabus/testing';
import { awaitConfirmed, connectClient, pairedClient, post, type ConnectedClient } from '../baileys-client.fixture.js';
import { Simulator } from '../simulator.js';

const ALICE = '15550000001';
const BOB = '15550000002';
const CAROL = '15550000003';

describe('a storm of messages', () => {
  let simulator: Simulator;
  let alice: ConnectedClient;
  let groupJid: string;

  beforeAll(async () => {
    simulator = await Simulator.start({});
    for (const phoneNumber of [ALICE, BOB, CAROL]) await post(simulator, 'createAccount', { phoneNumber });
    ({ groupJid } = await post<{ groupJid: string }>(simulator, 'createGroup', { subject: 'All', owner: BOB, members: [ALICE, CAROL] }));
    alice = await pairedClient(simulator, ALICE);
    // A stock socket confuses the first messages of a contact if they arrive together.
    for (const from of [BOB, CAROL]) {
      await post(simulator, 'sendMessage', { from, to: ALICE, message: { conversation: `first of ${from}` } });
      await alice.trace.message(`first of ${from}`);
    }
  });
  afterAll(() => simulator.stop());

  const chats = () => [
    { name: 'bob', from: [BOB], to: ALICE },
    { name: 'all', from: [BOB, CAROL], groupJid }
  ];
  const ended = async (): Promise<StormProgress> => {
    for (;;) {
      const progress = await post<StormProgress>(simulator, 'stormProgress', {});
      if (!progress.running) return progress;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  };
  const textsOf = (chat: string, { trace }: ConnectedClient) => trace.texts().filter(text => text.startsWith(`storm ${chat} `));
  const numbered = (chat: string, count: number) => Array.from({ length: count }, (_, i) => `storm ${chat} ${i + 1}`);

  it('arrives in order per chat, and records all messages', async () => {
    await post(simulator, 'startStorm', { chats: chats(), perSecond: 200, count: 40, signalsPerSecond: 20 });
    expect(await ended()).toMatchObject({ sent: 40, failure: null, retried: 0, nacks: 0, redelivered: 0 });
    await alice.trace.message('storm bob 20');
    await alice.trace.message('storm all 20');
    for (const chat of ['bob', 'all']) expect(textsOf(chat, alice)).toEqual(numbered(chat, 20));
    const first = await post<Page<StormMessage>>(simulator, 'stormMessages', { limit: 30 });
    const second = await post<Page<StormMessage>>(simulator, 'stormMessages', { limit: 30, after: first.next });
    expect([first.entries.length, second.entries.length, second.next]).toEqual([30, 10, null]);
    const all = [...first.entries, ...second.entries];
    for (const chat of ['bob', 'all']) expect(all.filter(each => each.chat === chat).map(({ text }) => text)).toEqual(numbered(chat, 20));
    const ids = alice.trace.all('messages.upsert').flatMap(({ messages }) => messages.map(({ key }) => key.id));
    expect(all.every(({ id, to }) => ids.includes(id) && to.join() === ALICE)).toBe(true);
  });

  it('includes numbered receipts and notifications with acks', async () => {
    expect(await awaitConfirmed(simulator, ALICE)).toBe(true);
    const { entries } = await post<Page<StormSignal>>(simulator, 'stormSignals', {});
    expect(new Set(entries.map(({ kind }) => kind))).toEqual(new Set(['receipt', 'notification']));
    expect(entries.every(({ acknowledged }) => acknowledged)).toBe(true);
    const marks = alice.trace.all('messages.update').flatMap(updates => updates.map(({ key }) => key.id));
    for (const { kind, mark } of entries) if (kind === 'receipt') expect(marks).toContain(mark);
  });

  it('waits for an absent device and arrives in order', async () => {
    await alice.socket.end(undefined);
    await post(simulator, 'awaitDevice', { phoneNumber: ALICE, online: false });
    const missed: string[] = [];
    simulator.world.events.on('stanza-out', ({ stanza }) => void (stanza.attrs['offline'] && missed.push(stanza.attrs['id'] ?? '')));
    await post(simulator, 'startStorm', { chats: chats(), perSecond: 1_000, count: 20 });
    await ended();
    alice = connectClient(simulator.ready.url, alice.auth);
    await alice.trace.message('storm bob 10');
    await alice.trace.message('storm all 10');
    for (const chat of ['bob', 'all']) expect(textsOf(chat, alice)).toEqual(numbered(chat, 10));
    const { entries } = await post<Page<StormMessage>>(simulator, 'stormMessages', {});
    expect(missed).toEqual(entries.map(({ id }) => id));
    expect(await post<StormProgress>(simulator, 'stormProgress', {})).toMatchObject({ redelivered: 0 });
  });

  it('repeats earlier messages, encrypted again', async () => {
    const ciphertexts = new Map<string, Set<string>>();
    simulator.world.events.on('stanza-out', ({ stanza }) => {
      const [enc] = Array.isArray(stanza.content) ? stanza.content : [];
      if (stanza.tag !== 'message' || !(enc?.content instanceof Uint8Array)) return;
      const id = stanza.attrs['id'] ?? '';
      ciphertexts.set(id, (ciphertexts.get(id) ?? new Set()).add(Buffer.from(enc.content).toString('base64')));
    });
    await post(simulator, 'startStorm', { chats: chats().slice(0, 1), perSecond: 1_000, count: 20, repeatEvery: 5 });
    expect(await ended()).toMatchObject({ sent: 20, repeated: 3, failure: null });
    expect([...ciphertexts.values()].filter(each => each.size === 2)).toHaveLength(3);
  });

  it('includes odd messages among the others, in order', async () => {
    const oneChat = [{ ...chats()[0], name: 'odd' }];
    const before = alice.trace.all('messages.upsert').length;
    await post(simulator, 'startStorm', { chats: oneChat, perSecond: 1_000, count: 9, oddEvery: 2 });
    expect(await ended()).toMatchObject({ sent: 9, failure: null });
    await alice.trace.message('storm odd 9');
    const { entries } = await post<Page<StormMessage>>(simulator, 'stormMessages', {});
    const kinds = ['plain', 'huge', 'plain', 'deep', 'plain', 'withheld', 'plain', 'stranger', 'plain'];
    expect(entries.map(({ kind }) => kind)).toEqual(kinds);
    // A stock socket emits no message of the last two kinds.
    const shown = entries.filter(({ kind }) => kind !== 'withheld' && kind !== 'stranger').map(({ id }) => id);
    const ids = alice.trace
      .all('messages.upsert')
      .slice(before)
      .flatMap(({ messages }) => messages.map(({ key }) => key.id));
    expect(ids.filter(id => entries.some(entry => entry.id === id))).toEqual(shown);
  });

  it('reports which copies of a message reached the contact', async () => {
    await alice.socket.sendMessage(`${BOB}@s.whatsapp.net`, { text: 'twice' }, { messageId: 'TWICE' });
    await alice.socket.sendMessage(`${BOB}@s.whatsapp.net`, { text: 'twice' }, { messageId: 'TWICE' });
    const { entries } = await awaitCondition(
      () => post<Page<PhoneDelivery>>(simulator, 'deliveries', { phoneNumber: BOB }),
      ({ entries: [first] }) => first?.copies === 2
    );
    expect(entries).toMatchObject([{ id: 'TWICE', text: 'twice', copies: 2, readAs: 1 }]);
  });

  it.each([
    ['no chats', { chats: [], perSecond: 1 }, /at least one chat/],
    ['two chats with the same name', { chats: [chats()[0], chats()[0]], perSecond: 1 }, /same name/],
    ['a chat without senders', { chats: [{ name: 'x', from: [], to: ALICE }], perSecond: 1 }, /from must name at least one account/],
    ['an invalid rate', { chats: chats().slice(0, 1), perSecond: 0 }, /perSecond/]
  ])('is refused with %s', async (_case, args, reason) => {
    await expect(post(simulator, 'startStorm', args)).rejects.toThrow(reason);
  });
});
