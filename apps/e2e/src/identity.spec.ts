import type { CommandOutcome, SentMessage } from '@wabus/contracts';
import { awaitCondition, type EventClient, type SimulatedAccount } from '@wabus/testing';
import { WabusFixture } from './wabus.fixture.js';

interface MessageJson {
  readonly reactionMessage?: { key: object };
  readonly protocolMessage?: { key: object };
  readonly extendedTextMessage?: { contextInfo?: { stanzaId?: string; participant?: string; quotedMessage?: object } };
}

let wabus: WabusFixture;
let account: SimulatedAccount;
let socket: EventClient;

beforeAll(async () => {
  wabus = await WabusFixture.start();
  account = await wabus.pair('main');
  socket = await wabus.edge.connectEvents();
  await socket.subscribe(['messages.upsert']);
}, 90_000);
afterAll(() => wabus?.stop(), 60_000);

const control = () => wabus.control;
const command = <T = unknown>(method: string, args: object): Promise<CommandOutcome<T>> =>
  socket.command({ session: 'main', method, args }) as Promise<CommandOutcome<T>>;
const done = async <T = SentMessage>(method: string, args: object): Promise<T> => {
  const outcome = await command<T>(method, args);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.data;
};
/** Resolves once the event of a message has arrived, so that every client can refer to the message. */
const reported = (id: string) => socket.awaitEvent('messages.upsert', payload => JSON.stringify(payload).includes(id));
/** Resolves with the first matching message on a phone. */
async function gets(phone: SimulatedAccount, fits: (message: MessageJson) => boolean): Promise<MessageJson> {
  const all = await awaitCondition(
    () => control().received({ phoneNumber: phone.phoneNumber }),
    received => received.some(({ message }) => fits(message)),
    { what: `a message for ${phone.name}` }
  );
  return all.map(({ message }) => message as MessageJson).find(fits)!;
}

describe('a message by its id alone', () => {
  let writer: SimulatedAccount;
  let group: string;
  const writes = async (text: string) => {
    const { id } = await control().sendGroupMessage({ from: writer.phoneNumber, groupJid: group, message: { conversation: text } });
    await reported(id);
    return id;
  };

  beforeAll(async () => {
    writer = await control().createAccount({ name: 'Writer' });
    const members = [writer.phoneNumber];
    ({ groupJid: group } = await control().createGroup({ subject: 'By id', owner: account.phoneNumber, members, addressing: 'lid' }));
  });

  test('gets a reaction in a group', async () => {
    const id = await writes('react to me');
    await done('sendMessage', { jid: group, content: { react: { text: '👍', key: { id } } } });
    const { reactionMessage } = await gets(writer, ({ reactionMessage: reaction }) => JSON.stringify(reaction ?? {}).includes(id));
    expect(reactionMessage!.key).toMatchObject({ remoteJid: group, id, fromMe: false, participant: writer.lidJid });
  });

  test('gets a reaction over HTTP, even if it is an own one', async () => {
    const { key } = await done('sendMessage', { jid: group, content: { text: 'mine' } });
    await reported(key.id!);
    const id = await writes('over HTTP');
    for (const each of [key.id!, id]) {
      const { status } = await wabus.edge.put(`/api/sessions/main/chats/${group}/messages/${each}/reaction`, { text: '🎈' });
      expect(status).toBe(200);
      const { reactionMessage } = await gets(writer, message => JSON.stringify(message.reactionMessage ?? {}).includes(each));
      expect(reactionMessage!.key).toMatchObject(each === id ? { fromMe: false, participant: writer.lidJid } : { fromMe: true });
    }
  });

  test('is quoted in a group', async () => {
    const id = await writes('quote me');
    await done('sendMessage', { jid: group, content: { text: 'an answer' }, options: { quoted: { key: { id } } } });
    const { extendedTextMessage } = await gets(writer, message => message.extendedTextMessage?.contextInfo?.stanzaId === id);
    expect(extendedTextMessage!.contextInfo).toMatchObject({ participant: writer.lidJid, quotedMessage: { conversation: 'quote me' } });
  });

  test('is deleted, and read, in a group', async () => {
    const id = await writes('delete me');
    await done('readMessages', { keys: [{ remoteJid: group, id }] });
    await awaitCondition(
      () => control().receipts({ phoneNumber: writer.phoneNumber, messageId: id }),
      receipts => receipts.some(({ type }) => type === 'read'),
      { what: 'the read receipt' }
    );
    await done('sendMessage', { jid: group, content: { delete: { id } } });
    const { protocolMessage } = await gets(writer, message => JSON.stringify(message.protocolMessage ?? {}).includes(id));
    expect(protocolMessage!.key).toMatchObject({ fromMe: false, participant: writer.lidJid });
  });

  test('is refused if no event has reported it', async () => {
    for (const content of [
      { react: { text: '👍', key: { id: 'NOBODY' } } },
      { delete: { id: 'NOBODY', fromMe: false } },
      { pin: { id: 'NOBODY' }, type: 1 }
    ])
      expect(await command('sendMessage', { jid: group, content })).toMatchObject({
        ok: false,
        error: { code: 'MESSAGE_UNKNOWN', retryable: false }
      });
    const quoted = { jid: group, content: { text: 'x' }, options: { quoted: { key: { id: 'NOBODY' } } } };
    expect(await command('sendMessage', quoted)).toMatchObject({
      ok: false,
      error: { code: 'MESSAGE_UNKNOWN', details: { field: 'options.quoted' } }
    });
    const elsewhere = { jid: group, content: { react: { text: '👍', key: { remoteJid: writer.pnJid, id: 'NOBODY' } } } };
    expect(await command('sendMessage', elsewhere)).toMatchObject({ ok: false, error: { code: 'INVALID_ARGUMENTS' } });
  });

  test('gets a reaction in a direct chat, regardless of its author', async () => {
    const { id } = await control().sendMessage({ from: writer.phoneNumber, to: account.phoneNumber, message: { conversation: 'direct' } });
    const { key } = await done('sendMessage', { jid: writer.pnJid, content: { text: 'own direct' } });
    await Promise.all([id, key.id!].map(reported));
    for (const [each, fromMe] of [
      [id, false],
      [key.id!, true]
    ] as const) {
      await done('sendMessage', { jid: writer.lidJid, content: { react: { text: '👍', key: { id: each } } } });
      const { reactionMessage } = await gets(writer, message => JSON.stringify(message.reactionMessage ?? {}).includes(each));
      expect(reactionMessage!.key).toMatchObject({ id: each, fromMe });
    }
  });
});

describe('a contact with number and LID', () => {
  type Page = { events: { event: string; data: object }[] };
  const texts = (page: Page, of: readonly string[]): string[] =>
    of.filter(text => page.events.some(event => JSON.stringify(event).includes(text)));
  const receipt = (id: string, from: string) =>
    control().sendStanza({
      phoneNumber: account.phoneNumber,
      stanza: { tag: 'receipt', attrs: { id, from, type: 'read', t: '1700000000' } }
    });
  /** Sends a typing notification whose stanza contains only the LID, as WhatsApp sends it to accounts that have the number. */
  const writesByLid = async (contact: SimulatedAccount, text: string): Promise<void> => {
    const content = { base64: Buffer.from(text).toString('base64') };
    await control().sendStanza({
      phoneNumber: account.phoneNumber,
      stanza: { tag: 'chatstate', attrs: { from: contact.lidJid }, content: [{ tag: 'composing', attrs: {}, content }] }
    });
  };

  test.each(['number', '+', 'c.us', 'jid', 'device', 'lid', 'LID device'])('is found by filters with %s', async form => {
    const contact = await control().createAccount({ name: `Filtered ${form}` });
    const { phoneNumber, pnJid, lidJid } = contact;
    const written: Record<string, string> = {
      number: phoneNumber,
      '+': `+${phoneNumber.slice(0, 2)} ${phoneNumber.slice(2)}`,
      'c.us': `${phoneNumber}@c.us`,
      jid: pnJid,
      device: pnJid.replace('@', ':7@'),
      lid: lidJid,
      'LID device': lidJid.replace('@', ':7@')
    };
    const chats = [written[form]!];
    const client = await wabus.edge.connectEvents();
    // Before the session has a mapping between this number and its LID.
    expect(await client.subscribe({ events: ['messages.upsert', 'presence.update'], chats })).toMatchObject({ ok: true });
    const said = [`by number ${form}`, `by LID ${form}`];
    for (const [addressing, text] of [
      ['pn', said[0]],
      ['lid', said[1]]
    ] as const)
      await control().sendMessage({ from: phoneNumber, to: account.phoneNumber, message: { conversation: text }, addressing });
    for (const text of said) await client.awaitEvent('messages.upsert', payload => JSON.stringify(payload).includes(text));
    await writesByLid(contact, 'typing');
    await client.awaitEvent('presence.update');
    client.close();
    const { body } = await wabus.edge.get<Page>(`/api/sessions/main/events?chats=${encodeURIComponent(chats[0]!)}&limit=100`);
    expect(texts(body, said)).toEqual(said);
  });

  test('matches nobody if the filter is not a jid', async () => {
    const { status } = await wabus.edge.get('/api/sessions/main/events?chats=Anna');
    expect(status).toBe(400);
    expect(await socket.subscribe({ events: ['messages.upsert'], chats: ['Anna'] })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_REQUEST' }
    });
  });

  test.each([
    ['LID', false],
    ['device of the LID', true]
  ])('can read at the %s a message to the number', async (_what, device) => {
    const contact = await control().createAccount({ name: 'Reader' });
    const { key } = await done('sendMessage', { jid: contact.pnJid, content: { text: 'read me' } });
    await reported(key.id!);
    const client = await wabus.edge.connectEvents();
    await client.subscribe({ events: ['messages.update'], chats: [contact.phoneNumber] });
    await receipt(key.id!, device ? contact.lidJid.replace('@', ':7@') : contact.lidJid);
    const { payload } = await client.awaitEvent<{ key: { id: string; remoteJid: string; remoteJidAlt: string }; update: object }[]>(
      'messages.update',
      ([one]) => one?.key.id === key.id && JSON.stringify(one).includes('"status":4')
    );
    expect(payload[0]!.key).toMatchObject({ remoteJid: contact.lidJid, remoteJidAlt: contact.pnJid });
    client.close();
    const stored = await awaitCondition(
      async () =>
        (
          await wabus.edge.get<{ items: { id: string; message: { status: number } }[] }>(
            `/api/sessions/main/store/chats/${contact.pnJid}/messages`
          )
        ).body.items,
      items => items.some(({ id, message }) => id === key.id && message.status === 4),
      { what: 'the stored status' }
    );
    expect(stored.filter(({ id }) => id === key.id)).toHaveLength(1);
    const { body } = await wabus.edge.get(`/api/sessions/main/store/lid-map/${contact.lidJid}`);
    expect(body).toEqual({ lid: contact.lidJid, pn: contact.pnJid });
  });

  test('is reported as a mapping once, when the session learns it', async () => {
    const contact = await control().createAccount({ name: 'Learned' });
    for (const addressing of ['lid', 'pn', 'lid'] as const)
      await control().sendMessage({
        from: contact.phoneNumber,
        to: account.phoneNumber,
        message: { conversation: `learned by ${addressing}` },
        addressing
      });
    await socket.awaitEvent('messages.upsert', payload => JSON.stringify(payload).includes('learned by pn'));
    const { body } = await wabus.edge.get<Page>('/api/sessions/main/events?events=lid-mapping.update&limit=1000');
    expect(body.events.filter(event => JSON.stringify(event).includes(contact.lidJid)).map(({ data }) => data)).toEqual([
      { lid: contact.lidJid, pn: contact.pnJid }
    ]);
  });
});

test('a broadcast list is refused as a receiver', async () => {
  expect(await command('sendMessage', { jid: '1700000001@broadcast', content: { text: 'x' } })).toMatchObject({
    ok: false,
    error: { code: 'INVALID_ARGUMENTS', certain: true }
  });
});
