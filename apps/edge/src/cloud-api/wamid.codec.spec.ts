import { createHash } from 'node:crypto';
import {
  decodeMediaId,
  decodeUserId,
  decodeWamid,
  encodeMediaId,
  encodeUserId,
  encodeWamid,
  isOutgoingMessageId,
  outgoingMessageId
} from './wamid.codec.js';

const PN = '4915112345678@s.whatsapp.net';
const LID = '900015550000002@lid';
const GROUP = '120363000000000001@g.us';

test.each([
  ['of a person', { fromMe: false, id: '3EB0F2EA333C650BBBB5D6', chat: PN, participant: null }],
  ['of a LID', { fromMe: false, id: 'AC0F2EA333C650BBBB5D6', chat: LID, participant: null }],
  ['of a group', { fromMe: false, id: '3AF2EA333C650BBBB5D6', chat: GROUP, participant: LID }],
  ['of the account', { fromMe: true, id: '3EB0F2EA333C650BBBB5D6', chat: null, participant: null }]
])('the id of a message %s decodes to its key', (_what, key) => {
  const id = encodeWamid(key);
  expect(id).toMatch(/^wamid\.[A-Za-z0-9_-]+$/);
  expect(decodeWamid(id)).toEqual(key);
});

test('an own message has one id, however its chat is addressed', () => {
  const ids = [PN, LID, null].map(chat => encodeWamid({ fromMe: true, id: 'AB12', chat, participant: null }));
  expect(new Set(ids).size).toBe(1);
});

test('a mark creates another id for the same message', () => {
  const key = { fromMe: false, id: 'AB12', chat: PN, participant: null };
  expect(encodeWamid(key, 'MToy')).not.toBe(encodeWamid(key));
  expect(decodeWamid(encodeWamid(key, 'MToy'))).toEqual(key);
});

test.each([
  ['of Meta', 'wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJDQjZCMzlEQUE4OTJBMTE4RTUA'],
  ['without a chat', `wamid.${Buffer.from('0|AB12').toString('base64url')}`],
  ['with a blank in it', `wamid.${Buffer.from(`0|A 12|${PN}`).toString('base64url')}`],
  ['too long', `wamid.${'A'.repeat(2_000)}`],
  ['of another kind', 'AB12'],
  ['that is not an id', 7]
])('an id %s is not a Wabus id', (_what, id) => {
  expect(decodeWamid(id)).toBeNull();
});

test('a message sent by a call is recognized by its id', () => {
  const ids = Array.from({ length: 200 }, (_, i) => outgoingMessageId(`seed ${i}`));
  for (const id of ids) expect(id).toMatch(/^3EB0[0-9A-F]{18}$/);
  expect(ids.every(isOutgoingMessageId)).toBe(true);
  expect(new Set(ids).size).toBe(200);
  expect(outgoingMessageId('one')).toBe(outgoingMessageId('one'));
  // 52 bits of the seed: with 40, two of a million messages had the same id in every third account, and the statuses of one named the other.
  const seeded = createHash('sha256').update('one').digest('hex').toUpperCase();
  expect(outgoingMessageId('one').slice(4, 17)).toBe(seeded.slice(0, 13));
  expect(['3EB0F2EA333C650BBBB5D6', 'AC5CBDFE8B71B1B4A3', '', `${ids[0]}0`].some(isOutgoingMessageId)).toBe(false);
});

// The form that Chatwoot and others check: two letters of a country, a dot, up to 128 letters and digits (Meta, "Business-scoped user IDs", 31 March 2026).
test("a user id has Meta's form and decodes to its LID", () => {
  expect(encodeUserId(LID)).toMatch(/^[A-Z]{2}\.[A-Za-z0-9]{1,128}$/);
  expect(decodeUserId(encodeUserId(LID))).toBe(LID);
  for (const other of ['DE.13491208655302741918', 'ZZ.1', PN, '900015550000002']) expect(decodeUserId(other)).toBeNull();
});

test('a media id decodes to its file', () => {
  const upload = { session: 'sales', ref: `media_${'a'.repeat(32)}`, message: null };
  const message = { session: 'sales', ref: 'MToxNzk1MjU0NzAyODM4OjUy', message: 'AB12' };
  for (const key of [upload, message]) expect(decodeMediaId(encodeMediaId(key))).toEqual(key);
  for (const id of ['1234567890', 'media.', 'sales', `media.${Buffer.from('a|b|c|d').toString('base64url')}`, 3])
    expect(decodeMediaId(id)).toBeNull();
});
