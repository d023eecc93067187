import { parseCommandArguments } from './command-arguments.policy.js';
import type { CommandName } from './command-catalog.js';
import { completedReferences, openReferences, requireReachable, type KnownMessage } from './message-references.policy.js';

const GROUP = '120363000000000001@g.us';
const PN = '4915550004@s.whatsapp.net';
const LID = '900004915550004@lid';
const AUTHOR = '900004915550005@lid';
const theirs: KnownMessage = { fromMe: false, participant: AUTHOR, content: { conversation: 'hi' } };
const mine: KnownMessage = { fromMe: true, participant: null, content: { conversation: 'hi' } };

const valid = (method: CommandName, args: object): object => parseCommandArguments(method, args);
const send = (jid: string, content: object, options?: object) => valid('sendMessage', { jid, content, ...(options ? { options } : {}) });
const react = (jid: string, key: object) => send(jid, { react: { text: '+', key } });
const needs = (method: string, args: object) => openReferences(method, args).map(({ field, needs: what }) => [field, what]);
const complete = (method: string, args: object, field: string, known?: KnownMessage) =>
  JSON.parse(JSON.stringify(completedReferences(method, args, new Map(known ? [[field, known]] : [])))) as object;
const refusal = (method: string, args: object): unknown => {
  try {
    return requireReachable(method, args);
  } catch (error) {
    return error;
  }
};

/** All commands that can refer to a message of a group by its id alone. */
const WITHOUT_AUTHOR: [field: string, method: CommandName, args: object][] = [
  ['content.react.key', 'sendMessage', react(GROUP, { id: 'M' })],
  ['content.pin', 'sendMessage', send(GROUP, { pin: { id: 'M', participant: '' }, type: 1 })],
  ['content.delete', 'sendMessage', send(GROUP, { delete: { id: 'M', fromMe: false } })],
  ['keys.0', 'readMessages', valid('readMessages', { keys: [{ remoteJid: GROUP, id: 'M' }] })],
  ['keys.0', 'sendReceipts', valid('sendReceipts', { keys: [{ remoteJid: GROUP, id: 'M', fromMe: false }], type: 'read' })],
  ['messageKey', 'requestPlaceholderResend', valid('requestPlaceholderResend', { messageKey: { remoteJid: GROUP, id: 'M' } })],
  ['message.reactionMessage.key', 'relayMessage', { jid: GROUP, message: { reactionMessage: { key: { id: 'M' } } }, options: {} }],
  ['messages.0', 'star', valid('star', { jid: GROUP, messages: [{ id: 'M' }], star: true })],
  [
    'modification.deleteForMe.key',
    'chatModify',
    valid('chatModify', {
      jid: GROUP,
      modification: { deleteForMe: { key: { remoteJid: GROUP, id: 'M' }, deleteMedia: false, timestamp: 1 } }
    })
  ],
  ['keys.0', 'readMessages', valid('readMessages', { keys: [{ remoteJid: 'status@broadcast', id: 'M' }] })]
];

describe('a message of a group without its author', () => {
  test.each(WITHOUT_AUTHOR)('in %s of %s is completed or refused', (field, method, args) => {
    expect(needs(method, args)).toEqual([[field, 'author']]);
    expect(refusal(method, args)).toMatchObject({ code: 'MESSAGE_UNKNOWN', details: { field, id: 'M' } });
    const completed = complete(method, args, field, theirs);
    expect(JSON.stringify(completed)).toContain(`"participant":"${AUTHOR}"`);
    expect(refusal(method, completed)).toBeUndefined();
    expect(JSON.stringify(complete(method, args, field, mine))).toContain('"fromMe":true');
  });

  test('is completed or refused in a receipt', () => {
    const receipt = valid('sendReceipt', { jid: GROUP, messageIds: ['M', 'N'], type: 'read' });
    expect(needs('sendReceipt', receipt)).toEqual([['participant', 'author']]);
    expect(refusal('sendReceipt', receipt)).toMatchObject({ code: 'MESSAGE_UNKNOWN', details: { field: 'participant', id: 'M' } });
    expect(complete('sendReceipt', receipt, 'participant', theirs)).toEqual({ ...receipt, participant: AUTHOR });
    expect(needs('sendReceipt', valid('sendReceipt', { jid: PN, messageIds: ['M'] }))).toEqual([]);
  });

  test('is completed without the chat, which is a separate argument', () => {
    const star = valid('star', { jid: GROUP, messages: [{ id: 'M' }], star: true });
    expect(complete('star', star, 'messages.0', theirs)).toEqual({
      jid: GROUP,
      messages: [{ id: 'M', fromMe: false, participant: AUTHOR }],
      star: true
    });
  });

  test('is complete with an author, or if it is an own message', () => {
    expect(needs('sendMessage', react(GROUP, { id: 'M', participant: AUTHOR }))).toEqual([]);
    expect(needs('sendMessage', react(GROUP, { id: 'M', fromMe: true }))).toEqual([]);
  });
});

describe('a message named by its id', () => {
  test('belongs to the chat of the command', () => {
    const key = { remoteJid: PN, id: 'M', fromMe: true };
    expect(complete('sendMessage', react(PN, { id: 'M' }), 'content.react.key', mine)).toMatchObject({ content: { react: { key } } });
    expect(complete('sendMessage', send(PN, { text: 'x', edit: { id: 'M' } }), '')).toMatchObject({ content: { edit: key } });
    expect(complete('sendMessage', send(PN, { delete: { id: 'M' } }), '')).toMatchObject({ content: { delete: key } });
  });

  test('is quoted with its content', () => {
    const args = send(GROUP, { text: 'x' }, { quoted: { key: { id: 'M' } } });
    expect(needs('sendMessage', args)).toEqual([['options.quoted', 'content']]);
    expect(refusal('sendMessage', args)).toMatchObject({ code: 'MESSAGE_UNKNOWN', details: { field: 'options.quoted' } });
    const quoted = { key: { remoteJid: GROUP, id: 'M', fromMe: false, participant: AUTHOR }, message: { conversation: 'hi' } };
    expect(complete('sendMessage', args, 'options.quoted', theirs)).toMatchObject({ options: { quoted } });
    expect(needs('sendMessage', send(GROUP, { text: 'x' }, { quoted }))).toEqual([]);
  });
});

describe('a message of another chat', () => {
  test.each([
    [PN, GROUP],
    [GROUP, PN],
    [PN, '4915550009'],
    [LID, '900004915550009@lid']
  ])('than %s is refused: %s', (jid, remoteJid) => {
    const args = react(jid, { remoteJid, id: 'M', participant: AUTHOR });
    expect(refusal('sendMessage', args)).toMatchObject({
      code: 'INVALID_ARGUMENTS',
      details: { fields: { 'content.react.key.remoteJid': [expect.any(String)] } }
    });
  });

  test('is not one under the other jid of the same person', () => {
    expect(refusal('sendMessage', react(PN, { remoteJid: LID, id: 'M' }))).toBeUndefined();
  });
});

test.each(['sendMessage', 'relayMessage'])('nothing is sent to a broadcast list: %s', method => {
  expect(refusal(method, { jid: '17000000001@broadcast', content: { text: 'x' } })).toMatchObject({
    code: 'INVALID_ARGUMENTS',
    details: { fields: { jid: [expect.any(String)] } }
  });
  expect(refusal(method, { jid: 'status@broadcast', content: { text: 'x' } })).toBeUndefined();
});

test('arguments without references stay unchanged', () => {
  const args = send(PN, { text: 'x' });
  expect(completedReferences('sendMessage', args, new Map())).toBe(args);
});
