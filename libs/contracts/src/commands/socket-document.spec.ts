import type { WabusError } from '../errors/wabus-error.js';
import { parseCommandArguments, parseCommandName } from './command-arguments.policy.js';

const parse = (method: string, args: unknown[]) => parseCommandArguments(parseCommandName(method), args);
const key = { remoteJid: '15550000002@s.whatsapp.net', fromMe: false, id: '3EB0A1B2C3D4' };
const person = '15550000002@s.whatsapp.net';
const channel = '120363000000000000@newsletter';

/** The calls of the document about Baileys' socket, under its names and with its arguments: what they become here. */
const CALLS: [method: string, args: unknown[], command: string, request: object][] = [
  ['connect', [], 'startSession', {}],
  ['end', [], 'stopSession', {}],
  ['logout', [], 'logoutSession', {}],
  ['requestPairingCode', ['+1234567890'], 'requestPairingCode', { phoneNumber: '+1234567890' }],
  ['sendPresenceUpdate', ['available'], 'sendPresenceUpdate', { type: 'available' }],
  ['sendPresenceUpdate', ['composing', person], 'sendPresenceUpdate', { type: 'composing', toJid: person }],
  ['readMessages', [[key]], 'readMessages', { keys: [key] }],
  ['sendReceipt', [person, null, ['3EB0'], 'read'], 'sendReceipt', { jid: person, messageIds: ['3EB0'], type: 'read' }],
  ['chatModify', [{ archive: true }, person], 'chatModify', { modification: { archive: true }, jid: person }],
  ['chatModify', [{ pin: true }, person, {}], 'chatModify', { modification: { pin: true }, jid: person }],
  ['chatModify', [{ mute: 1_790_000_000_000 }, person], 'chatModify', { modification: { mute: 1_790_000_000_000 } }],
  ['chatModify', [{ mute: null }, person], 'chatModify', { modification: { mute: null } }],
  ['updateProfileStatus', ['Hello, I am using Baileys!'], 'updateProfileStatus', { status: 'Hello, I am using Baileys!' }],
  ['updateProfileName', ['My Bot Name'], 'updateProfileName', { name: 'My Bot Name' }],
  ['onWhatsApp', [['+1234567890', '+0987654321']], 'onWhatsApp', { phoneNumbers: ['+1234567890', '+0987654321'] }],
  ['onWhatsApp', ['+1234567890', '+0987654321'], 'onWhatsApp', { phoneNumbers: ['+1234567890', '+0987654321'] }],
  ['fetchStatus', [person], 'fetchStatus', { jids: [person] }],
  ['fetchBlocklist', [], 'fetchBlocklist', {}],
  ['updateBlockStatus', [person, 'block'], 'updateBlockStatus', { jid: person, action: 'block' }],
  ['getBusinessProfile', [person], 'getBusinessProfile', { jid: person }],
  ['getCatalog', [person, 50], 'getCatalog', { jid: person, limit: 50 }],
  ['getCatalog', [{ jid: person, limit: 50 }], 'getCatalog', { jid: person, limit: 50 }],
  ['getCollections', [person, 10], 'getCollections', { jid: person, limit: 10 }],
  ['subscribeToNewsLetter', [channel], 'newsletterFollow', { jid: channel }],
  ['unsubscribeToNewsLetter', [channel], 'newsletterUnfollow', { jid: channel }],
  ['newsletterMetadata', ['invite', 'code', 3], 'newsletterMetadata', { type: 'invite', key: 'code' }]
];

test.each(CALLS)('%s %j is taken as the document writes it', (method, args, command, request) => {
  expect(parseCommandName(method)).toBe(command);
  expect(parse(method, args)).toMatchObject(request);
});

test('what WhatsApp no longer offers says what to use instead', () => {
  expect.assertions(2);
  try {
    parseCommandName('requestRegistrationCode');
  } catch (error) {
    expect((error as WabusError).code).toBe('UNSUPPORTED_BY_WHATSAPP');
    expect((error as WabusError).message).toContain('requestPairingCode');
  }
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
