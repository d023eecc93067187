import type { WabusError } from '@wabus/contracts';
import type { ReceivedMessage, SimulatedAccount } from '@wabus/testing';
import { ConnectorFixture, type ConnectorSession } from '../connector.fixture.js';

/** The parts of a message that a test checks, as the simulated phone has it: bytes as base64. */
type OnPhone = ReceivedMessage & { message: Record<string, unknown> };
interface EventMessage {
  key: { id: string; remoteJid: string; fromMe: boolean };
  message: object;
}

let fixture: ConnectorFixture;
let session: ConnectorSession & { account: SimulatedAccount };
let contact: SimulatedAccount;
let group: string;
/** A text of the contact, as in its event. */
let incoming: EventMessage;
/** A message that the session sent. */
let own: EventMessage['key'];

const jid = () => contact.pnJid;
const bytes = (data: string) => ({ type: 'Buffer', data: Buffer.from(data).toString('base64') });

async function send(content: object, options?: object, to = jid()): Promise<{ key: EventMessage['key']; messageTimestamp: number | null }> {
  return (await session.command('sendMessage', [to, content, ...(options ? [options] : [])], 10_000)) as never;
}

async function onPhone(id: string): Promise<OnPhone> {
  for (let atLeast = 1; ; atLeast++) {
    const received = await fixture.simulator.control.received({ phoneNumber: contact.phoneNumber, atLeast, waitMs: 5_000 });
    const found = received.find(message => message.id === id);
    if (found) return found as OnPhone;
    if (received.length < atLeast) throw new Error(`message ${id} did not come to the contact`);
    atLeast = received.length;
  }
}

async function arrives(content: object, options?: object, to?: string): Promise<Record<string, unknown>> {
  const { key } = await send(content, options, to);
  const { message, opened } = await onPhone(key.id);
  // An edit is encrypted.
  return { ...message, ...opened?.content };
}

async function refusal(content: unknown, options?: object, to = jid()): Promise<string[]> {
  const error = (await session
    .command('sendMessage', [to, content, ...(options ? [options] : [])], 10_000)
    .catch((thrown: unknown) => thrown)) as WabusError;
  expect(error.code).toBe('INVALID_ARGUMENTS');
  return Object.keys((error.details as { fields: object }).fields);
}

beforeAll(async () => {
  fixture = await ConnectorFixture.start();
  session = await fixture.linkSession();
  contact = await fixture.simulator.control.createAccount({ name: 'Contact' });
  group = ((await session.command('groupCreate', ['Friends', [jid()]])) as { id: string }).id;
  own = (await send({ text: 'first' })).key;
  await fixture.simulator.control.sendMessage({
    from: contact.phoneNumber,
    to: session.account.phoneNumber,
    message: { conversation: 'a question' }
  });
  const { body } = await session.awaitEvent('messages.upsert', text => text.includes('a question'));
  incoming = (JSON.parse(body) as { messages: EventMessage[] }).messages[0]!;
}, 60_000);
afterAll(() => fixture.stop());

const file = (data: Uint8Array) => ({ type: 'Buffer', data: Buffer.from(data).toString('base64') });
const PIXEL = file(
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')
);
/** Content that accompanies a file of any kind, and what the contact receives of it. */
const BESIDE = () => ({ mentions: [jid()], contextInfo: { isForwarded: true, forwardingScore: 2 }, albumParentKey: own });
const besideOnPhone = (field: string, fields: object) => ({
  [field]: { ...fields, contextInfo: { mentionedJid: [jid()], isForwarded: true, forwardingScore: 2 } },
  messageContextInfo: { messageAssociation: { associationType: 1, parentMessageKey: keyed(own.id) } }
});
const SECRET = Buffer.alloc(32, 7).toString('base64');
const WHEN = Date.UTC(2030, 0, 31, 18);
const like = (fields: object): unknown => expect.objectContaining(fields);
const aLink: unknown = expect.stringContaining('https://');
const keyed = (id: string): unknown => like({ id });

/** What is sent, and what the contact's phone then has. */
const KINDS: Record<string, () => { content: object; options?: object; phone: object; to?: string }> = {
  text: () => ({
    content: { text: 'hi https://nobody.invalid/page' },
    phone: { extendedTextMessage: { text: 'hi https://nobody.invalid/page' } }
  }),
  'text with mentions': () => ({
    content: { text: '@1', mentions: [`+${contact.phoneNumber}`], mentionAll: true },
    phone: { extendedTextMessage: { text: '@1', contextInfo: { mentionedJid: [jid()], nonJidMentions: 1 } } }
  }),
  'text with a link preview': () => ({
    content: { text: 'https://a.example', linkPreview: { 'matched-text': 'https://a.example', title: 'A', jpegThumbnail: bytes('jpeg') } },
    phone: { extendedTextMessage: { matchedText: 'https://a.example', title: 'A', jpegThumbnail: bytes('jpeg').data } }
  }),
  'text with a link preview of any size': () => ({
    content: { text: 'https://a.example', linkPreview: { 'matched-text': 'https://a.example', title: 'A', picture: PIXEL } },
    phone: {
      extendedTextMessage: {
        title: 'A',
        jpegThumbnail: expect.stringMatching(/^\/9j\//) as string,
        thumbnailDirectPath: expect.stringMatching(/^\//) as string,
        mediaKey: expect.any(String) as string,
        thumbnailSha256: expect.any(String) as string,
        thumbnailEncSha256: expect.any(String) as string
      }
    }
  }),
  'text with context': () => ({
    content: { text: 'x', mentions: [jid()], contextInfo: { isForwarded: true, forwardingScore: 3 } },
    phone: { extendedTextMessage: { contextInfo: { isForwarded: true, forwardingScore: 3, mentionedJid: [jid()] } } }
  }),
  'text that can be seen once': () => ({
    content: { text: 'once', viewOnce: true },
    phone: { viewOnceMessage: { message: { extendedTextMessage: { text: 'once' } } } }
  }),
  'text that answers': () => ({
    content: { text: 'an answer' },
    options: { quoted: incoming },
    phone: {
      extendedTextMessage: { text: 'an answer', contextInfo: { stanzaId: incoming.key.id, quotedMessage: { conversation: 'a question' } } }
    }
  }),
  'text that disappears': () => ({
    content: { text: 'soon gone' },
    options: { ephemeralExpiration: 86_400 },
    phone: { extendedTextMessage: { contextInfo: { expiration: 86_400 } } }
  }),
  'text in a group': () => ({ content: { text: 'all' }, to: group, phone: { extendedTextMessage: { text: 'all' } } }),
  status: () => ({
    content: { text: 'my day' },
    options: { statusJidList: [jid()], backgroundColor: '#112233', font: 2 },
    to: 'status@broadcast',
    phone: { extendedTextMessage: { text: 'my day', backgroundArgb: 0xff112233, font: 2 } }
  }),
  location: () => ({
    content: {
      location: {
        degreesLatitude: 52.5,
        degreesLongitude: 13.4,
        name: 'Berlin',
        isLive: true,
        accuracyInMeters: 5,
        jpegThumbnail: bytes('map')
      }
    },
    phone: { locationMessage: { degreesLatitude: 52.5, name: 'Berlin', isLive: true, jpegThumbnail: bytes('map').data } }
  }),
  contact: () => ({
    content: { contacts: { contacts: [{ displayName: 'A', vcard: 'BEGIN:VCARD\nFN:A\nEND:VCARD' }] } },
    phone: { contactMessage: { displayName: 'A' } }
  }),
  contacts: () => ({
    content: {
      contacts: { displayName: 'Two', contacts: ['A', 'B'].map(name => ({ displayName: name, vcard: 'BEGIN:VCARD\nEND:VCARD' })) }
    },
    phone: { contactsArrayMessage: { displayName: 'Two', contacts: [like({ displayName: 'A' }), like({ displayName: 'B' })] } }
  }),
  poll: () => ({
    content: { poll: { name: 'When?', values: ['Mon', 'Tue'], selectableCount: 1, messageSecret: { type: 'Buffer', data: SECRET } } },
    phone: { pollCreationMessageV3: { name: 'When?', selectableOptionsCount: 1 }, messageContextInfo: { messageSecret: SECRET } }
  }),
  event: () => ({
    content: {
      event: {
        name: 'Party',
        startDate: '2030-01-31T18:00:00Z',
        endDate: WHEN + 3_600_500,
        call: 'video',
        location: { degreesLatitude: 1, degreesLongitude: 2 }
      }
    },
    phone: {
      eventMessage: { name: 'Party', startTime: WHEN / 1_000, endTime: WHEN / 1_000 + 3_600, joinLink: aLink }
    }
  }),
  react: () => ({
    content: { react: { text: '👍', key: incoming.key } },
    phone: { reactionMessage: { text: '👍', key: keyed(incoming.key.id) } }
  }),
  pin: () => ({
    content: { pin: incoming.key, type: 1, time: 604_800 },
    phone: { pinInChatMessage: { type: 1, key: keyed(incoming.key.id) }, messageContextInfo: { messageAddOnDurationInSecs: 604_800 } }
  }),
  unpin: () => ({ content: { pin: incoming.key, type: 2 }, phone: { pinInChatMessage: { type: 2, key: keyed(incoming.key.id) } } }),
  edit: () => ({
    content: { text: 'second', edit: own },
    phone: { protocolMessage: { type: 14, key: keyed(own.id), editedMessage: { extendedTextMessage: { text: 'second' } } } }
  }),
  delete: () => ({ content: { delete: own }, phone: { protocolMessage: { key: keyed(own.id) } } }),
  forward: () => ({
    content: { forward: incoming },
    phone: { extendedTextMessage: { text: 'a question', contextInfo: { isForwarded: true, forwardingScore: 1 } } }
  }),
  'forward of a message with bytes and a secret': () => ({
    content: {
      forward: {
        key: incoming.key,
        messageTimestamp: 1_790_000_000,
        message: {
          messageContextInfo: { messageSecret: { type: 'Buffer', data: SECRET } },
          imageMessage: { mimetype: 'image/jpeg', fileLength: '1234', mediaKey: { type: 'Buffer', data: SECRET }, directPath: '/v/x' }
        }
      }
    },
    phone: { imageMessage: { fileLength: 1_234, mediaKey: SECRET, contextInfo: { isForwarded: true } } }
  }),
  'template buttonReply': () => ({
    content: { buttonReply: { displayText: 'Yes', id: 'y', index: 1 }, type: 'template' },
    phone: { templateButtonReplyMessage: { selectedId: 'y', selectedDisplayText: 'Yes', selectedIndex: 1 } }
  }),
  'plain buttonReply': () => ({
    content: { buttonReply: { displayText: 'Yes', id: 'y', index: 1 }, type: 'plain' },
    phone: { buttonsResponseMessage: { selectedButtonId: 'y', selectedDisplayText: 'Yes' } }
  }),
  listReply: () => ({
    content: { listReply: { title: 'Row', listType: 1, singleSelectReply: { selectedRowId: 'r1' } } },
    phone: { listResponseMessage: { title: 'Row', listType: 1, singleSelectReply: { selectedRowId: 'r1' } } }
  }),
  // The group has no picture, which Baileys would request.
  groupInvite: () => ({
    content: { groupInvite: { inviteCode: 'ABCD', inviteExpiration: 1_900_000_000, text: 'Come', jid: group, subject: 'Friends' } },
    phone: { groupInviteMessage: { groupJid: group, inviteCode: 'ABCD', caption: 'Come', inviteExpiration: 1_900_000_000 } }
  }),
  image: () => ({
    content: { image: PIXEL, caption: '@1', mentionAll: true, width: 3, height: 2, jpegThumbnail: bytes('jpeg').data, ...BESIDE() },
    phone: besideOnPhone('imageMessage', { caption: '@1', width: 3, height: 2, jpegThumbnail: bytes('jpeg').data })
  }),
  'image that can be seen once': () => ({
    content: { image: PIXEL, viewOnce: true, mimetype: 'image/png' },
    phone: { viewOnceMessage: { message: { imageMessage: { mimetype: 'image/png' } } } }
  }),
  'image in place of another': () => ({
    content: { image: PIXEL, caption: 'better', edit: own },
    phone: { protocolMessage: { type: 14, key: keyed(own.id), editedMessage: { imageMessage: { caption: 'better' } } } }
  }),
  video: () => ({
    content: { video: file(Buffer.alloc(9)), caption: 'c', gifPlayback: true, seconds: 3, width: 3, height: 2, ...BESIDE() },
    phone: besideOnPhone('videoMessage', { caption: 'c', gifPlayback: true, seconds: 3, width: 3, height: 2 })
  }),
  'video note': () => ({ content: { video: file(Buffer.alloc(9)), ptv: true }, phone: { ptvMessage: { fileLength: 9 } } }),
  audio: () => ({
    content: { audio: file(Buffer.alloc(9)), seconds: 4, mimetype: 'audio/mp4', ...BESIDE() },
    phone: besideOnPhone('audioMessage', { seconds: 4, mimetype: 'audio/mp4' })
  }),
  'voice note': () => ({
    content: { audio: file(Buffer.alloc(9)), ptt: true, seconds: 4, waveform: [1, 2, 3] },
    phone: { audioMessage: { ptt: true, waveform: file(Buffer.from([1, 2, 3])).data } }
  }),
  document: () => ({
    content: { document: file(Buffer.alloc(9)), fileName: 'a.pdf', mimetype: 'application/pdf', caption: 'c', ...BESIDE() },
    // With a caption, Baileys wraps it.
    phone: besideOnPhone('documentMessage', { fileName: 'a.pdf', mimetype: 'application/pdf', caption: 'c' })
  }),
  sticker: () => ({
    content: { sticker: file(Buffer.alloc(9)), isAnimated: true, width: 64, height: 64, ...BESIDE() },
    phone: besideOnPhone('stickerMessage', { isAnimated: true, width: 64, height: 64 })
  }),
  product: () => ({
    content: {
      product: {
        productImage: PIXEL,
        productId: '4711',
        title: 'Apples',
        description: 'Red ones',
        currencyCode: 'EUR',
        priceAmount1000: 1_990,
        salePriceAmount1000: 990,
        retailerId: 'A-1',
        url: 'https://shop.example/apples',
        productImageCount: 2,
        firstImageId: 'i1'
      },
      businessOwnerJid: `+${contact.phoneNumber}`,
      body: 'Fresh',
      footer: 'today'
    },
    phone: {
      productMessage: {
        product: {
          productImage: { fileLength: 70, mimetype: 'image/jpeg' },
          productId: '4711',
          title: 'Apples',
          description: 'Red ones',
          currencyCode: 'EUR',
          priceAmount1000: 1_990,
          salePriceAmount1000: 990,
          retailerId: 'A-1',
          url: 'https://shop.example/apples',
          productImageCount: 2,
          firstImageId: 'i1'
        },
        businessOwnerJid: jid(),
        body: 'Fresh',
        footer: 'today'
      }
    }
  }),
  'text with every option': () => ({
    content: { text: 'all options' },
    options: {
      messageId: '3EB0EVERY0OPTION',
      timestamp: WHEN,
      quoted: incoming,
      ephemeralExpiration: 604_800,
      useCachedGroupMetadata: false,
      mediaUploadTimeoutMs: 5_000,
      broadcast: false
    },
    to: group,
    phone: { extendedTextMessage: { text: 'all options', contextInfo: { expiration: 604_800, stanzaId: incoming.key.id } } }
  }),
  album: () => ({ content: { album: { expectedImageCount: 2 } }, phone: { albumMessage: { expectedImageCount: 2 } } }),
  sharePhoneNumber: () => ({ content: { sharePhoneNumber: true }, phone: { protocolMessage: { type: 11 } } }),
  requestPhoneNumber: () => ({ content: { requestPhoneNumber: true }, phone: { requestPhoneNumberMessage: {} } }),
  limitSharing: () => ({
    content: { limitSharing: true },
    phone: { protocolMessage: { type: 27, limitSharing: { sharingLimited: true } } }
  }),
  disappearingMessagesInChat: () => ({
    content: { disappearingMessagesInChat: true },
    phone: { ephemeralMessage: { message: { protocolMessage: { type: 3, ephemeralExpiration: 604_800 } } } }
  })
};

test.each(Object.keys(KINDS))('%s arrives at the phone of the contact', async name => {
  const { content, options, phone, to } = KINDS[name]!();
  expect(await arrives(content, options, to)).toMatchObject(phone);
});

test('the messageContextInfo of a forwarded message is dropped', async () => {
  const messageContextInfo = { messageSecret: { type: 'Buffer', data: SECRET } };
  const message = await arrives({ forward: { key: incoming.key, message: { messageContextInfo, conversation: 'x' } } });
  expect(JSON.stringify(message)).not.toContain(SECRET);
});

test('disappearing messages in a group are a setting without an id', async () => {
  const { key } = await send({ disappearingMessagesInChat: 86_400 }, undefined, group);
  expect(key).toEqual({ remoteJid: group, fromMe: true });
  expect(await session.command('groupMetadata', [group])).toMatchObject({ ephemeralDuration: 86_400 });
});

test('the time that the caller chose is in the reply', async () => {
  const { messageTimestamp } = await send({ text: 'x' }, { timestamp: '2026-01-31T18:00:00+01:00' });
  expect(messageTimestamp).toBe(Date.UTC(2026, 0, 31, 17) / 1_000);
});

test('invalid content is refused with its name and never sent', async () => {
  const before = (await fixture.simulator.control.received({ phoneNumber: contact.phoneNumber })).length;
  const { key } = incoming;
  expect(await refusal({})).toEqual(['content']);
  expect(await refusal({ text: 'x', poll: { name: 'a', values: ['a', 'b'] } })).toEqual(['content']);
  expect(await refusal({ pin: key })).toEqual(['content.type']);
  expect(await refusal({ poll: { name: 'a', values: ['a', 'b'] }, mentions: [jid()] })).toEqual(['content.mentions']);
  expect(await refusal({ text: 'x', linkPreview: { 'matched-text': 'x', title: 'x', 'canonical-url': 'file:///etc/passwd' } })).toEqual([
    'content.linkPreview.canonical-url'
  ]);
  expect(await refusal({ forward: { key, message: { imageMessage: 'no object' } } })).toEqual(['content.forward.message']);
  expect(await refusal({ forward: { key, message: { nobody: { knows: 1 } } } })).toEqual(['content.forward.message']);
  expect(await refusal({ text: 'x' }, { quoted: { key, message: { extendedTextMessage: { contextInfo: 5 } } } })).toEqual([
    'options.quoted.message'
  ]);
  expect(await refusal({ text: 'x', contextInfo: { quotedMessage: 5 } })).toEqual(['content.contextInfo']);
  expect(await refusal({ text: 'x' }, undefined, 'status@broadcast')).toEqual(['jid']);
  // Sent on the same connection after them: if one of them had been sent, it would have arrived before this one.
  const last = await send({ text: 'the last' });
  await onPhone(last.key.id);
  expect(await fixture.simulator.control.received({ phoneNumber: contact.phoneNumber })).toHaveLength(before + 1);
});
