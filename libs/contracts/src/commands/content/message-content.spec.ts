import type { AnyMessageContent, MiscMessageGenerationOptions } from '@whiskeysockets/baileys';
import type { WabusError } from '../../errors/wabus-error.js';
import { parseCommandArguments } from '../command-arguments.policy.js';
import { CONTENT_FIELDS, CONTENT_KINDS, type ContentField } from './content-fields.table.js';
import type { MediaContentName } from './media.content.js';

const key = { remoteJid: '1@lid', id: '3EB0A1B2C3D4', fromMe: false };
const message = { key, message: { conversation: 'x' }, pushName: 'Somebody' };
const bytes = (length: number) => ({ type: 'Buffer', data: Buffer.alloc(length).toString('base64') });

function problems(content: unknown, options?: unknown, jid = '1@lid'): Record<string, string[]> {
  try {
    parseCommandArguments('sendMessage', { jid, content, ...(options === undefined ? {} : { options }) });
    return {};
  } catch (thrown) {
    const { code, details } = thrown as WabusError;
    if (code !== 'INVALID_ARGUMENTS') throw thrown;
    return (details as { fields: Record<string, string[]> }).fields;
  }
}

/** One valid value for each field; for a kind, with its required fields. */
const VALUES: Record<ContentField, unknown> = {
  text: 'x',
  location: { degreesLatitude: 1.5, degreesLongitude: -2 },
  contacts: { contacts: [{ vcard: 'BEGIN:VCARD\nEND:VCARD' }] },
  poll: { name: 'a', values: ['a', 'b'] },
  event: { name: 'a', startDate: 1 },
  pollVote: { key, options: ['a'] },
  eventResponse: { key, response: 'going', extraGuests: 1 },
  comment: { text: 'a', key },
  react: { text: '', key },
  pin: key,
  delete: key,
  forward: message,
  buttonReply: { displayText: 'a', id: 'a', index: 0 },
  listReply: { singleSelectReply: { selectedRowId: 'a' } },
  groupInvite: { inviteCode: 'a', inviteExpiration: 1, text: 'a', jid: '1-2@g.us', subject: 'a' },
  album: { expectedImageCount: 1 },
  sharePhoneNumber: true,
  requestPhoneNumber: true,
  disappearingMessagesInChat: false,
  limitSharing: false,
  mentions: ['+15550000001'],
  mentionAll: true,
  linkPreview: { 'matched-text': 'https://a.example', title: 'a' },
  contextInfo: { isForwarded: true },
  edit: key,
  viewOnce: true,
  type: 1,
  time: 86_400,
  force: true
};
const NEEDED: Record<string, object> = { pin: { type: 1 }, buttonReply: { type: 'plain' } };
const contentOf = (kind: string) => ({ [kind]: VALUES[kind as ContentField], ...NEEDED[kind] });
const beside = (Object.keys(CONTENT_FIELDS) as ContentField[]).filter(field => CONTENT_FIELDS[field] === null);
const pairs = CONTENT_KINDS.flatMap(kind => beside.map(field => ({ kind, field })));

test.each(CONTENT_KINDS)('%s alone is a message', kind => expect(problems(contentOf(kind))).toEqual({}));

test.each(CONTENT_KINDS)('%s together with any other kind is refused', kind => {
  for (const other of CONTENT_KINDS.filter(name => name !== kind)) {
    expect(problems({ ...contentOf(kind), ...contentOf(other) })['content']?.[0]).toMatch(`send a separate message for each`);
  }
});

test.each(pairs)('$field together with $kind matches the table', ({ kind, field }) => {
  const value = field === 'type' && kind === 'buttonReply' ? 'plain' : VALUES[field];
  const found = problems({ ...contentOf(kind), [field]: value });
  if ((CONTENT_FIELDS[kind] as readonly string[]).includes(field)) expect(found).toEqual({});
  else expect(found[`content.${field}`]?.join()).toMatch(`leave it out of a message with ${kind}`);
});

type FieldsBeside<Kind extends string> = keyof Extract<AnyMessageContent, Record<Kind, unknown>>;
const file = { media: `media_${'A'.repeat(22)}` };
const OF_ANY_FILE = { mimetype: 'image/png', edit: key, albumParentKey: key, viewOnce: true };
const OF_VISIBLE = { caption: 'a', mentions: ['+15550000001'], mentionAll: true, contextInfo: { isForwarded: true } };
const SIZE = { width: 1, height: 1 };

/**
 * All fields of Baileys that can be combined with a file, with a valid value. When an upgrade adds a field, the code does not compile until the table has it.
 */
const MEDIA_VALUES: { readonly [Kind in MediaContentName]: Readonly<Record<FieldsBeside<Kind>, unknown>> } = {
  image: { ...OF_ANY_FILE, ...OF_VISIBLE, ...SIZE, image: file, jpegThumbnail: 'AAAA' },
  video: { ...OF_ANY_FILE, ...OF_VISIBLE, ...SIZE, video: file, jpegThumbnail: 'AAAA', gifPlayback: true, ptv: false },
  audio: { ...OF_ANY_FILE, audio: file, ptt: true, seconds: 1 },
  document: { ...OF_ANY_FILE, document: file, fileName: 'a', caption: 'a', contextInfo: { isForwarded: true } },
  sticker: { ...OF_ANY_FILE, ...SIZE, sticker: file, isAnimated: true },
  product: { product: { productImage: file }, businessOwnerJid: '+15550000001', body: 'a', footer: 'a', viewOnce: true }
};

test.each(Object.entries(MEDIA_VALUES))('%s is accepted with all sibling fields of Baileys', (kind, values) => {
  expect(problems(values)).toEqual({});
  for (const other of CONTENT_KINDS)
    expect(Object.keys(problems({ ...contentOf(other), [kind]: values[kind as never] }))).toContain(`content.${other}`);
});

/** All options of Baileys, in the same way. */
const OPTIONS: Readonly<Record<keyof MiscMessageGenerationOptions, unknown>> = {
  messageId: '3EB0A1B2C3D4',
  useCachedGroupMetadata: false,
  timestamp: '2030-01-31T18:00:00Z',
  quoted: message,
  ephemeralExpiration: 86_400,
  mediaUploadTimeoutMs: 30_000,
  statusJidList: ['+15550000001'],
  backgroundColor: '#112233',
  font: 1,
  broadcast: true
};

test('every option of Baileys is accepted', () => expect(problems({ text: 'x' }, OPTIONS, 'status@broadcast')).toEqual({}));

test.each<[string, unknown, string]>([
  ['no kind', {}, 'content'],
  ['a kind that is null', { text: null }, 'content'],
  ['a pin without its type', { pin: key }, 'content.type'],
  ['a pin with the type of a button', { pin: key, type: 'plain' }, 'content.type'],
  ['a button with the type of a pin', { ...contentOf('buttonReply'), type: 1 }, 'content.type'],
  ['false where Baileys reads it as true', { sharePhoneNumber: false }, 'content.sharePhoneNumber'],
  ['more answers than options', { poll: { name: 'a', values: ['a', 'b'], selectableCount: 3 } }, 'content.poll.selectableCount'],
  ['the same answer twice', { poll: { name: 'a', values: ['a', 'a'] } }, 'content.poll.values'],
  ['a short secret', { poll: { name: 'a', values: ['a', 'b'], messageSecret: bytes(31) } }, 'content.poll.messageSecret'],
  [
    'bytes that are not base64',
    { location: { ...(VALUES.location as object), jpegThumbnail: { type: 'Buffer', data: '?' } } },
    'content.location.jpegThumbnail'
  ],
  ['a time without a zone', { event: { name: 'a', startDate: '2030-01-31T18:00:00' } }, 'content.event.startDate'],
  ['a day that does not exist', { event: { name: 'a', startDate: '2030-13-31T18:00:00Z' } }, 'content.event.startDate'],
  ['a file URL', { location: { ...(VALUES.location as object), url: 'file:///etc/passwd' } }, 'content.location.url'],
  ['a path as card', { contacts: { contacts: [{ vcard: '/etc/passwd' }] } }, 'content.contacts.contacts.0.vcard'],
  ['a forward without a message', { forward: { key } }, 'content.forward'],
  ['a forward of nothing', { forward: { key, message: {} } }, 'content.forward'],
  ['a file by its path', { image: { url: '/etc/passwd' } }, 'content.image.url']
])('%s is refused by its name', (_name, content, field) => expect(Object.keys(problems(content))).toContain(field));

test.each<[unknown, string]>([
  [{ quoted: { key: {}, message: { conversation: 'x' } } }, 'options.quoted'],
  [{ backgroundColor: 'red' }, 'options.backgroundColor'],
  [{ font: 3 }, 'options.font'],
  [{ ephemeralExpiration: -1 }, 'options.ephemeralExpiration'],
  [{ timestamp: 'yesterday' }, 'options.timestamp'],
  [{ statusJidList: ['1@lid'] }, 'jid'],
  [{ upload: 'x' }, 'options.upload']
])('the options %j are refused by name', (options, field) => expect(Object.keys(problems({ text: 'x' }, options))).toEqual([field]));

test('a status names its audience', () => {
  expect(problems({ text: 'x' }, { statusJidList: ['+15550000001'] }, 'status@broadcast')).toEqual({});
  expect(Object.keys(problems({ text: 'x' }, {}, 'status@broadcast'))).toEqual(['jid']);
});

test('the key in an event is accepted with all of its fields', () => {
  const full = { ...key, participant: '', participantAlt: '2@s.whatsapp.net', remoteJidAlt: '1@s.whatsapp.net', addressingMode: 'lid' };
  expect(problems({ react: { text: '👍', key: full } })).toEqual({});
});
