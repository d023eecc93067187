import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WabusError } from '../errors/wabus-error.js';
import { isEventName } from '../events/event-catalog.js';
import { parseCommandArguments, parseCommandName } from './command-arguments.policy.js';

const parse = (method: string, args: unknown[]) => parseCommandArguments(parseCommandName(method), args);
const key = { remoteJid: '15550000002@s.whatsapp.net', fromMe: false, id: '3EB0A1B2C3D4' };
const person = '15550000002@s.whatsapp.net';
const channel = '120363000000000000@newsletter';
const picture = { type: 'Buffer', data: 'iVBORw0KGgo=' };
const product = { name: 'Apples', description: 'Red ones', price: 1_000, currency: 'EUR', images: [picture] };

/** The methods of a socket in the document, in its order. */
const METHODS = [
  ['connect', 'end', 'logout', 'requestPairingCode', 'requestRegistrationCode'],
  ['sendMessage', 'sendPresenceUpdate', 'readMessages', 'sendReceipt'],
  ['chatModify', 'updateProfilePicture', 'updateProfileStatus', 'updateProfileName'],
  ['onWhatsApp', 'fetchStatus', 'fetchBlocklist', 'updateBlockStatus'],
  ['getBusinessProfile', 'getCatalog', 'getCollections', 'productUpdate'],
  ['subscribeToNewsLetter', 'unsubscribeToNewsLetter', 'newsletterMetadata']
].flat();

/** The events in the document. */
const EVENTS = [
  ['connection.update', 'creds.update', 'messages.upsert', 'messages.update', 'messages.delete'],
  ['chats.upsert', 'chats.update', 'chats.delete', 'contacts.upsert', 'contacts.update'],
  ['groups.upsert', 'groups.update', 'group-participants.update'],
  ['presence.update', 'blocklist.set', 'blocklist.update', 'call']
].flat();

/** The calls of the document to Baileys' socket, with its names and arguments, and the resulting commands. */
const CALLS: [method: string, args: unknown[], command: string, request: object][] = [
  ['connect', [], 'startSession', {}],
  ['end', [], 'stopSession', {}],
  // An `Error` in its JSON form.
  ['end', [{}], 'stopSession', {}],
  ['logout', [], 'logoutSession', {}],
  ['requestPairingCode', ['+1234567890'], 'requestPairingCode', { phoneNumber: '+1234567890' }],
  ['sendMessage', [person, { text: 'hi' }], 'sendMessage', { jid: person, content: { text: 'hi' } }],
  ['sendMessage', [person, { text: 'hi' }, { messageId: '3EB0A1B2C3D4' }], 'sendMessage', { options: { messageId: '3EB0A1B2C3D4' } }],
  ['sendPresenceUpdate', ['available'], 'sendPresenceUpdate', { type: 'available' }],
  ['sendPresenceUpdate', ['composing', person], 'sendPresenceUpdate', { type: 'composing', toJid: person }],
  ['sendPresenceUpdate', ['paused', person], 'sendPresenceUpdate', { type: 'paused', toJid: person }],
  ['readMessages', [[key]], 'readMessages', { keys: [key] }],
  ['sendReceipt', [person, null, ['3EB0'], 'read'], 'sendReceipt', { jid: person, messageIds: ['3EB0'], type: 'read' }],
  ['chatModify', [{ archive: true }, person], 'chatModify', { modification: { archive: true }, jid: person }],
  ['chatModify', [{ archive: false }, person], 'chatModify', { modification: { archive: false }, jid: person }],
  ['chatModify', [{ pin: true }, person, {}], 'chatModify', { modification: { pin: true }, jid: person }],
  ['chatModify', [{ mute: 1_790_000_000_000 }, person], 'chatModify', { modification: { mute: 1_790_000_000_000 } }],
  ['chatModify', [{ mute: null }, person], 'chatModify', { modification: { mute: null } }],
  ['updateProfilePicture', [person, picture], 'updateProfilePicture', { jid: person, content: picture }],
  ['updateProfileStatus', ['Hello, I am using Baileys!'], 'updateProfileStatus', { status: 'Hello, I am using Baileys!' }],
  ['updateProfileName', ['My Bot Name'], 'updateProfileName', { name: 'My Bot Name' }],
  ['onWhatsApp', [['+1234567890', '+0987654321']], 'onWhatsApp', { phoneNumbers: ['+1234567890', '+0987654321'] }],
  ['onWhatsApp', ['+1234567890', '+0987654321'], 'onWhatsApp', { phoneNumbers: ['+1234567890', '+0987654321'] }],
  ['fetchStatus', [person], 'fetchStatus', { jids: [person] }],
  ['fetchBlocklist', [], 'fetchBlocklist', {}],
  ['updateBlockStatus', [person, 'block'], 'updateBlockStatus', { jid: person, action: 'block' }],
  ['updateBlockStatus', [person, 'unblock'], 'updateBlockStatus', { jid: person, action: 'unblock' }],
  ['getBusinessProfile', [person], 'getBusinessProfile', { jid: person }],
  ['getCatalog', [person, 50], 'getCatalog', { jid: person, limit: 50 }],
  ['getCatalog', [{ jid: person, limit: 50 }], 'getCatalog', { jid: person, limit: 50 }],
  ['getCollections', [person, 10], 'getCollections', { jid: person, limit: 10 }],
  ['productUpdate', ['4711', product], 'productUpdate', { productId: '4711', update: product }],
  ['subscribeToNewsLetter', [channel], 'newsletterFollow', { jid: channel }],
  ['unsubscribeToNewsLetter', [channel], 'newsletterUnfollow', { jid: channel }],
  ['newsletterMetadata', ['invite', 'code', 3], 'newsletterMetadata', { type: 'invite', key: 'code' }]
];

test.each(CALLS)('%s %j is accepted as in the document', (method, args, command, request) => {
  expect(parseCommandName(method)).toBe(command);
  expect(parse(method, args)).toMatchObject(request);
});

/** The calls of the document that WhatsApp no longer accepts, and a word from the alternative. */
const OUTDATED: [method: string, args: unknown[], instead: string][] = [
  ['requestRegistrationCode', [{ phoneNumber: '+1234567890', method: 'sms' }], 'requestPairingCode'],
  ['productUpdate', [person, { product }], 'productUpdate(productId']
];

test.each(OUTDATED)('%s %j is refused with the alternative', (method, args, instead) => {
  expect.assertions(2);
  try {
    parse(method, args);
  } catch (error) {
    expect((error as WabusError).code).toBe('UNSUPPORTED_BY_WHATSAPP');
    expect((error as WabusError).message).toContain(instead);
  }
});

test('the rows above cover exactly the methods of the document', () => {
  expect(METHODS).toHaveLength(24);
  expect(new Set([...CALLS, ...OUTDATED].map(([method]) => method))).toEqual(new Set(METHODS));
});

test.each(EVENTS)('%s is an event', name => expect(isEventName(name)).toBe(true));

/** The document is stored next to the repository, not in it. */
const DOCUMENT = fileURLToPath(new URL('../../../../../shared/seeds/004_84530d7d85fee004.txt', import.meta.url));
const withDocument = existsSync(DOCUMENT) ? test : test.skip;

withDocument('the lists above are those of the document', () => {
  const text = readFileSync(DOCUMENT, 'utf8');
  const headings = [...text.matchAll(/^#### (\w+)\(/gm)].map(([, name]) => name);
  const registered = [...text.matchAll(/\.ev\.on\('([^']+)'/g)].map(([, name]) => name);
  expect(headings).toEqual(METHODS);
  expect(new Set(registered)).toEqual(new Set(EVENTS));
});

test.each<[string, unknown[], string]>([
  ['chatModify', [{ archive: true, pin: true }, person], 'modification'],
  ['chatModify', [{}, person], 'modification'],
  ['chatModify', [{ mute: 'soon' }, person], 'modification.mute'],
  ['readMessages', [[]], 'keys'],
  ['readMessages', [[{ id: 'x' }]], 'keys.0.remoteJid'],
  ['groupParticipantsUpdate', ['1@g.us', ['not a number'], 'add'], 'participants'],
  ['groupUpdateSubject', [person, 'x'], 'jid'],
  ['query', [{ tag: 'iq', attrs: { id: 1 } }], 'node'],
  ['query', [{ tag: 'iq', attrs: {}, content: [{ tag: '' }] }], 'node']
])('%s %j is refused and the field named', (method, args, field) => {
  expect.assertions(1);
  try {
    parse(method, args);
  } catch (error) {
    expect(Object.keys((error as WabusError).details!['fields'] as object)).toContain(field);
  }
});
