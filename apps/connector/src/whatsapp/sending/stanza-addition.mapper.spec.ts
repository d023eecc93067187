import type { AnyMessageContent } from '@whiskeysockets/baileys';
import { contentAdditions, joined, NO_ADDITIONS, statusAdditions } from './stanza-addition.mapper.js';

const CONTACT = '4915112345678@s.whatsapp.net';
const GROUP = '1203630@g.us';
const key = (remoteJid: string, fromMe: boolean) => ({ remoteJid, fromMe, id: 'A' });
const edited = (kind: string) => ({ attributes: { edit: kind }, nodes: [] });
const named = (attrs: Record<string, string>) => ({ attributes: {}, nodes: [{ tag: 'meta', attrs }] });

test.each([
  ['own message, direct', { delete: key(CONTACT, true) }, edited('7')],
  ["a contact's message, direct", { delete: key(CONTACT, false) }, edited('7')],
  ['own message, group', { delete: key(GROUP, true) }, edited('7')],
  ["a member's message, as an admin", { delete: key(GROUP, false) }, edited('8')],
  ['edit', { text: 'new', edit: key(CONTACT, true) }, edited('1')],
  ['pin', { pin: key(CONTACT, true), type: 1 }, edited('2')],
  ['poll', { poll: { name: '?', values: ['a'] } }, named({ polltype: 'creation' })],
  ['event', { event: { name: 'party' } }, named({ event_type: 'creation' })],
  ['text', { text: 'hello' }, NO_ADDITIONS],
  ['reaction', { react: { key: key(CONTACT, false), text: '+' } }, NO_ADDITIONS],
  ['image', { image: Buffer.alloc(0) }, NO_ADDITIONS],
  ['empty names', { text: 'x', edit: undefined, delete: undefined, pin: undefined }, NO_ADDITIONS]
])('additions of %s', (_what, content, expected) => {
  expect(contentAdditions(content as unknown as AnyMessageContent)).toEqual(expected);
});

describe('the audience', () => {
  const text = { extendedTextMessage: { text: 'x' } };
  const post = named({ status_setting: 'contacts' });

  test.each([
    ['a status post', 'status@broadcast', text, post],
    ['a reaction to one', 'status@broadcast', { reactionMessage: {} }, NO_ADDITIONS],
    ['a deletion of one', 'status@broadcast', { protocolMessage: {} }, NO_ADDITIONS],
    ['a direct message', CONTACT, text, NO_ADDITIONS],
    ['a group message', GROUP, text, NO_ADDITIONS]
  ])('of %s', (_what, jid, message, expected) => expect(statusAdditions(jid, message)).toEqual(expected));
});

test('additions are joined in order', () => {
  const token = { tag: 'cstoken', attrs: {} };
  expect(joined([edited('1'), named({ a: 'b' }), { attributes: { to: 'x', edit: '2' }, nodes: [token] }])).toEqual({
    attributes: { edit: '2', to: 'x' },
    nodes: [{ tag: 'meta', attrs: { a: 'b' } }, token]
  });
  expect(joined([])).toEqual(NO_ADDITIONS);
});
