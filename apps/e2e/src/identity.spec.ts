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
/** Settles when the event of a message has come: then everybody may know it. */
const reported = (id: string) => socket.awaitEvent('messages.upsert', payload => JSON.stringify(payload).includes(id));
/** Settles when a phone has got a message that fits. */
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

  test('gets a reaction over HTTP, also an own one', async () => {
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

  test('that no event has reported is refused', async () => {
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

  test('is reacted to in a direct chat, whoever wrote it', async () => {
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
