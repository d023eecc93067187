import type { BinaryNode } from '@whiskeysockets/baileys';
import { proto } from '../baileys.js';
import { botAnswerOf, botKeyOf, botMessage, botReceipt } from './bot-answer.reader.js';

const BOT = '867051314767696@bot';
const GROUP = '120363000000000001@g.us';
const ASKER = '900004915550001@lid';
const sealed = { encIv: Buffer.alloc(12, 1), encPayload: Buffer.alloc(40, 2) };
const ciphertext = Buffer.from(proto.MessageSecretMessage.encode({ version: 1, ...sealed }).finish());

/** Attributes captured from WhatsApp: `edit_target_id` of a first part is empty. */
function part(attrs: Record<string, string>, bot: Record<string, string>, meta: Record<string, string> = {}): BinaryNode {
  return {
    tag: 'message',
    attrs: { id: 'PART', t: '1700000000', type: 'text', notify: 'Meta AI', ...attrs },
    content: [
      { tag: 'meta', attrs: { target_id: 'PROMPT', ...meta } },
      { tag: 'bot', attrs: bot },
      { tag: 'enc', attrs: { v: '2', type: 'msmsg' }, content: ciphertext }
    ]
  };
}

const first = { edit: 'first', edit_target_id: '' };
const inner = { edit: 'inner', edit_target_id: 'FIRST' };
const last = { edit: 'last', edit_target_id: 'FIRST' };

test.each([
  ['first', first, { replaces: null, keyIds: ['PART'] }],
  ['whole', {}, { replaces: null, keyIds: ['PART'] }],
  ['inner', inner, { replaces: 'FIRST', keyIds: ['FIRST', 'PART'] }],
  ['last', last, { replaces: 'FIRST', keyIds: ['FIRST', 'PART'] }],
  ['of unknown kind', { edit: 'later', edit_target_id: 'FIRST' }, { replaces: null, keyIds: ['PART', 'FIRST'] }]
])('a part that is %s refers to the part that it replaces', (_, bot, expected) => {
  expect(botAnswerOf(part({ from: BOT }, bot))).toMatchObject({ bot: BOT, promptId: 'PROMPT', prompter: null, sealed, ...expected });
});

test('an answer in a group contains the author of the prompt', () => {
  const answer = botAnswerOf(part({ from: GROUP, participant: BOT }, first, { target_sender_jid: ASKER.replace('@', ':3@') }));
  expect(answer).toMatchObject({ bot: BOT, prompter: ASKER });
});

test.each([
  ['without a prompt', { ...part({ from: BOT }, first), content: [{ tag: 'enc', attrs: { type: 'msmsg' }, content: ciphertext }] }],
  ['of another kind', { ...part({ from: BOT }, first), content: [{ tag: 'enc', attrs: { type: 'msg' }, content: ciphertext }] }]
])('a message %s is not an answer', (_, stanza) => {
  expect([botAnswerOf(stanza), botKeyOf(stanza)]).toEqual([null, null]);
});

test('content that is not a protobuf has no sealed part', () => {
  const stanza = part({ from: BOT }, first);
  (stanza.content as BinaryNode[])[2]!.content = Buffer.from([0xff, 0xff]);
  expect(botAnswerOf(stanza)?.sealed.encPayload).toHaveLength(0);
});

test('the chat is the target chat, or else the assistant', () => {
  expect(botKeyOf(part({ from: BOT }, first))).toEqual({ remoteJid: BOT, fromMe: false, id: 'PART' });
  const elsewhere = botKeyOf(part({ from: BOT }, first, { target_chat_jid: GROUP }));
  expect(elsewhere).toEqual({ remoteJid: GROUP, fromMe: false, id: 'PART', participant: BOT });
});

test('bare content that replaces a part becomes its edit', () => {
  const stanza = part({ from: BOT }, last);
  const { message, ...rest } = botMessage(stanza, botKeyOf(stanza)!, { conversation: 'whole text' }, botAnswerOf(stanza)!);
  expect(rest).toEqual({ key: { remoteJid: BOT, fromMe: false, id: 'PART' }, messageTimestamp: 1_700_000_000, pushName: 'Meta AI' });
  expect(message).toMatchObject({ protocolMessage: { key: { id: 'FIRST' }, type: 14, editedMessage: { conversation: 'whole text' } } });
});

test('a receipt for a prompt has the number of the chat', () => {
  const prompt = { tag: 'message', attrs: { id: 'P', from: ASKER, recipient: BOT } };
  const receipt = { tag: 'receipt', attrs: { id: 'P', type: 'sender', recipient: ASKER, to: ASKER } };
  expect(botReceipt(receipt, prompt).attrs['recipient']).toBe('13135550002@s.whatsapp.net');
  expect(botReceipt({ ...receipt, attrs: { ...receipt.attrs, id: 'Q' } }, prompt).attrs['recipient']).toBe(ASKER);
  expect(botReceipt(receipt, null)).toBe(receipt);
});
