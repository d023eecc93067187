import type { BinaryNode } from '@whiskeysockets/baileys';
import { pino } from 'pino';
import { encodeWAMessage, proto } from '../baileys.js';
import { identifyKept, identifyMessage, isSealed, readKeptMessage } from './kept-message.reader.js';

const me = { id: '4912:3@s.whatsapp.net', lid: '77:3@lid' };
const chat = '15550000002@s.whatsapp.net';

test.each(['4912:99@hosted', '77:99@hosted.lid', '4912:4@s.whatsapp.net'])('a message from %s is from the account', from => {
  const attrs = { id: 'A', from, recipient: chat, type: 'text', t: '1' };
  expect(identifyMessage({ tag: 'message', attrs, content: [] }, me)).toMatchObject({ fromMe: true, remoteJid: chat, id: 'A' });
});

test("a message from somebody else's hosted device is not", () => {
  const attrs = { id: 'A', from: '15550000002:99@hosted', type: 'text', t: '1' };
  expect(identifyMessage({ tag: 'message', attrs, content: [] }, me)).toMatchObject({ fromMe: false });
});

const BOT = '867051314767696@bot';

test('a prompt belongs to the chat with the assistant', () => {
  const attrs = { id: 'A', from: '77@lid', recipient: BOT, type: 'text', t: '1' };
  expect(identifyMessage({ tag: 'message', attrs, content: [] }, me)).toMatchObject({ fromMe: true, remoteJid: BOT, id: 'A' });
});

test("an assistant's answer is read from the stored plaintext", async () => {
  const ciphertext = Buffer.from([1, 2, 3]);
  const content: BinaryNode[] = [
    { tag: 'meta', attrs: { target_id: 'PROMPT' } },
    { tag: 'bot', attrs: { edit: 'last', edit_target_id: 'FIRST' } },
    { tag: 'enc', attrs: { type: 'msmsg' }, content: ciphertext }
  ];
  const stanza = { tag: 'message', attrs: { id: 'A', from: BOT, t: '1' }, content };
  const find = (bytes: Uint8Array) => Promise.resolve(bytes === ciphertext ? encodeWAMessage({ conversation: 'whole' }) : null);
  expect(await readKeptMessage(stanza, find, me, pino({ level: 'silent' }))).toMatchObject({
    key: identifyMessage(stanza, me),
    message: { protocolMessage: { key: { id: 'FIRST' }, editedMessage: { conversation: 'whole' } } }
  });
});

describe('a stored stanza', () => {
  const post = Buffer.from(proto.Message.encode({ conversation: 'post' }).finish());
  const child = (tag: string, content?: unknown, attrs = {}): BinaryNode => ({ tag, attrs, content: content as Buffer });
  const stanza = (content: BinaryNode, from = chat): BinaryNode => ({
    tag: 'message',
    attrs: { id: 'A', from, type: 'text', t: '1' },
    content: [content]
  });

  test.each<[what: string, stanza: BinaryNode, sealed: boolean, known: object | undefined]>([
    ['with a ciphertext', stanza(child('enc', Buffer.from('x'), { type: 'msg' })), true, undefined],
    ['with a separate ciphertext', stanza(child('enc', { apart: [0, 9] }, { type: 'msg' })), true, undefined],
    ["with an assistant's answer", stanza(child('enc', Buffer.from('x'), { type: 'msmsg' })), false, { messageStubType: 2 }],
    ['of a stranger', stanza(child('enc', Buffer.from('x'), { type: 'msg' }), '1@bot'), false, { messageStubType: 2 }],
    ['that is withheld', stanza(child('unavailable')), false, { messageStubType: 2 }],
    ['with a post', stanza(child('plaintext', post), '1@newsletter'), false, { message: { conversation: 'post' } }],
    ['with a separate post', stanza(child('plaintext', { apart: [0, 9] }), '1@newsletter'), false, undefined]
  ])('%s is identified by its readable parts', (_what, kept, sealed, known) => {
    expect(isSealed(kept, me)).toBe(sealed);
    const identity = identifyKept(kept, me);
    expect(identity).toMatchObject({ remoteJid: kept.attrs['from'], id: 'A', fromMe: false });
    expect(JSON.parse(JSON.stringify(identity?.known ?? null))).toEqual(known ?? null);
  });
});
