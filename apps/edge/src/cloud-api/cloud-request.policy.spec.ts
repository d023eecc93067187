import { checkCommand } from '../commands-out/command-request.policy.js';
import { CloudRefusal } from './cloud-error.table.js';
import { cloudRequest, type CloudSend } from './cloud-request.policy.js';
import { encodeMediaId, encodeWamid } from './wamid.codec.js';

const BOB = '16505551234@s.whatsapp.net';
const GROUP = '120363000000000001@g.us';
const RULES = { session: 'sales', templatesAsText: false };
const theirs = encodeWamid({ fromMe: false, id: 'AB12', chat: GROUP, participant: BOB });
const ours = encodeWamid({ fromMe: true, id: '3EB0AA', chat: null, participant: null });
const media = `media_${'a'.repeat(32)}`;
const uploaded = encodeMediaId({ session: 'sales', ref: media, message: null });

const body = (fields: object): object => ({ messaging_product: 'whatsapp', recipient_type: 'individual', to: '16505551234', ...fields });

const send = (fields: object, rules = RULES): CloudSend => {
  const made = cloudRequest(body(fields), rules) as CloudSend;
  // The result must be a command that the catalog accepts.
  if (made.fetch === null)
    checkCommand({ session: 'sales', method: 'sendMessage', args: { jid: made.jid, content: made.content, options: made.options } });
  return made;
};

const refusal = (made: () => unknown): { code: number; details: string } => {
  try {
    made();
  } catch (error) {
    if (error instanceof CloudRefusal) return { code: error.failure.code, details: error.message };
    throw error;
  }
  throw new Error('it was accepted');
};

// Requests of Meta's pages below developers.facebook.com/documentation/business-messaging/whatsapp/messages: text, audio and interactive
// list (2 July 2026), document, reaction and reply buttons (21 May 2026), sticker (3 November 2025); image, video, location, contacts and
// call-to-action buttons as of mid-2026.
test.each<[string, object, object]>([
  ['text', { type: 'text', text: { body: 'hi' } }, { text: 'hi' }],
  ['text without its type', { text: { body: 'hi' } }, { text: 'hi' }],
  [
    'image by link',
    { type: 'image', image: { link: 'https://example.org/a.png', caption: 'c' } },
    { image: { url: 'https://example.org/a.png' }, caption: 'c' }
  ],
  ['image by id', { type: 'image', image: { id: uploaded } }, { image: { media } }],
  ['video', { type: 'video', video: { id: uploaded, caption: 'c' } }, { video: { media }, caption: 'c' }],
  ['voice note', { type: 'audio', audio: { id: uploaded, voice: true } }, { audio: { media }, ptt: true }],
  [
    'audio',
    { type: 'audio', audio: { link: 'https://example.org/a.mp3', caption: 'no' } },
    { audio: { url: 'https://example.org/a.mp3' } }
  ],
  [
    'document',
    { type: 'document', document: { id: uploaded, filename: 'a.pdf', caption: 'c' } },
    { document: { media }, fileName: 'a.pdf', caption: 'c' }
  ],
  ['sticker', { type: 'sticker', sticker: { id: uploaded } }, { sticker: { media } }],
  [
    'reaction',
    { type: 'reaction', reaction: { message_id: theirs, emoji: '😀' } },
    { react: { text: '😀', key: { remoteJid: GROUP, id: 'AB12', fromMe: false, participant: BOB } } }
  ],
  [
    'removed reaction',
    { type: 'reaction', reaction: { message_id: ours, emoji: '' } },
    { react: { text: '', key: { remoteJid: BOB, id: '3EB0AA', fromMe: true } } }
  ],
  [
    'location',
    { type: 'location', location: { latitude: '37.44', longitude: -122.16, name: 'Philz', address: '101 Forest Ave' } },
    { location: { degreesLatitude: 37.44, degreesLongitude: -122.16, name: 'Philz', address: '101 Forest Ave' } }
  ],
  [
    'buttons',
    {
      type: 'interactive',
      interactive: {
        type: 'button',
        header: { type: 'text', text: 'Order' },
        body: { text: 'Confirm?' },
        footer: { text: 'Shop' },
        action: {
          buttons: [
            { type: 'reply', reply: { id: 'y', title: 'Yes' } },
            { type: 'reply', reply: { id: 'n', title: 'No' } }
          ]
        }
      }
    },
    { text: '*Order*\n\nConfirm?\n\n1. Yes\n2. No\n\n_Shop_' }
  ],
  [
    'buttons below a picture',
    {
      type: 'interactive',
      interactive: {
        type: 'button',
        header: { type: 'image', image: { link: 'https://example.org/a.png' } },
        body: { text: 'Like it?' },
        action: { buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }] }
      }
    },
    { image: { url: 'https://example.org/a.png' }, caption: 'Like it?\n\n1. Yes' }
  ],
  [
    'list',
    {
      type: 'interactive',
      interactive: {
        type: 'list',
        body: { text: 'Size?' },
        action: {
          button: 'Choose',
          sections: [
            { title: 'Small', rows: [{ id: 's', title: 'S', description: '1 kg' }] },
            { title: 'Large', rows: [{ id: 'l', title: 'L' }] }
          ]
        }
      }
    },
    { text: 'Size?\n\n*Small*\n1. S – 1 kg\n\n*Large*\n2. L' }
  ],
  [
    'link',
    {
      type: 'interactive',
      interactive: {
        type: 'cta_url',
        body: { text: 'Book' },
        action: { name: 'cta_url', parameters: { display_text: 'See dates', url: 'https://example.org' } }
      }
    },
    { text: 'Book\n\nSee dates: https://example.org' }
  ]
])('a request to send becomes a command: %s', (_what, fields, content) => {
  expect(send(fields)).toMatchObject({ jid: BOB, input: '16505551234', content, fetch: null });
});

// Chatwoot sends `action` in this form, and the Graph API accepts any object as text.
test('an object can be sent as its JSON text', () => {
  const action = JSON.stringify({ buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }] });
  const interactive = { type: 'button', body: { text: 'Ok?' }, action };
  expect(send({ type: 'interactive', interactive }).content).toEqual({ text: 'Ok?\n\n1. Yes' });
  expect(send({ type: 'interactive', interactive: JSON.stringify(interactive) }).content).toEqual({ text: 'Ok?\n\n1. Yes' });
  expect(send({ text: '{"body":"hi"}', context: JSON.stringify({ message_id: theirs }) })).toMatchObject({
    content: { text: 'hi' },
    options: { quoted: {} }
  });
  expect(refusal(() => send({ text: '{broken' })).code).toBe(131008);
});

test('contacts become vCards', () => {
  const { content } = send({ type: 'contacts', contacts: [{ name: { formatted_name: 'Bo' } }, { name: { formatted_name: 'Eva' } }] });
  expect(content).toMatchObject({ contacts: { displayName: '2 contacts', contacts: [{ displayName: 'Bo' }, { displayName: 'Eva' }] } });
});

test('options: preview, quotation, returned data', () => {
  const { options } = send({
    type: 'text',
    text: { body: 'hi', preview_url: true },
    context: { message_id: theirs },
    biz_opaque_callback_data: 'order 7'
  });
  const quoted = { key: { remoteJid: GROUP, id: 'AB12', fromMe: false, participant: BOB } };
  expect(options).toEqual({ linkPreview: true, quoted, correlation: 'order 7' });
  expect(send({ text: { body: 'hi' }, context: null }).options).toEqual({});
  expect(send({ text: { body: 'hi' }, context: { message_id: ours } }).options).toEqual({
    quoted: { key: { remoteJid: BOB, id: '3EB0AA', fromMe: true } }
  });
});

test.each([
  [{ to: '+1 650-555-1234' }, BOB],
  [{ to: '900015550000002@lid' }, '900015550000002@lid'],
  [{ to: undefined, recipient: 'ZZ.900015550000002' }, '900015550000002@lid'],
  [{ to: 'ZZ.900015550000002' }, '900015550000002@lid'],
  [{ recipient: '900015550000002@lid' }, BOB],
  [{ recipient_type: 'group', to: GROUP }, GROUP],
  [{ recipient_type: 'group', to: '120363000000000001' }, GROUP]
])('the recipient %j', (of, jid) => {
  expect(send({ text: { body: 'x' }, ...of }).jid).toBe(jid);
});

test('the file of a received message is fetched first', () => {
  const id = encodeMediaId({ session: 'sales', ref: 'MToy', message: 'AB12' });
  const { content, fetch } = send({ type: 'document', document: { id, filename: 'a.pdf' } });
  expect([content, fetch]).toEqual([
    { document: {}, fileName: 'a.pdf' },
    { field: 'document', from: { cursor: 'MToy', message: 'AB12' } }
  ]);
});

test('a message is marked as read, with typing', () => {
  const read = (fields: object): unknown => cloudRequest({ messaging_product: 'whatsapp', status: 'read', ...fields }, RULES);
  const key = { remoteJid: GROUP, id: 'AB12', fromMe: false, participant: BOB };
  expect(read({ message_id: theirs })).toEqual({ kind: 'read', key, chat: GROUP, typing: false });
  // Meta, "Typing indicators", 17 June 2026.
  expect(read({ message_id: theirs, typing_indicator: { type: 'text' } })).toMatchObject({ typing: true });
  expect(refusal(() => read({ message_id: ours })).code).toBe(131009);
  expect(refusal(() => read({ message_id: 'wamid.HBgL' })).code).toBe(131009);
  expect(refusal(() => read({})).code).toBe(131008);
  expect(refusal(() => read({ status: 'delivered', message_id: theirs })).code).toBe(131009);
});

test.each<[string, object, number]>([
  ['no product', { messaging_product: undefined }, 100],
  ['no recipient', { to: undefined }, 131008],
  ['an invalid recipient', { to: 'Bob' }, 131009],
  ['an invalid group', { recipient_type: 'group', to: '+1 650' }, 131009],
  ['a channel', { to: '120363@newsletter' }, 131009],
  ['a user id of Meta', { to: undefined, recipient: 'US.13491208655302741918' }, 131009],
  ['no text', { type: 'text' }, 131008],
  ['an empty text', { type: 'text', text: { body: '' } }, 131008],
  ['no file', { type: 'image', image: {} }, 131008],
  ['a file of this machine', { type: 'image', image: { link: 'file:///etc/passwd' } }, 131009],
  ['a file of another session', { type: 'image', image: { id: encodeMediaId({ session: 'other', ref: media, message: null }) } }, 100],
  ['an invalid file', { type: 'image', image: { id: '123' } }, 100],
  ['a reaction to nothing', { type: 'reaction', reaction: { emoji: '😀' } }, 131008],
  ['a reaction to a message of Meta', { type: 'reaction', reaction: { message_id: 'wamid.HBgL', emoji: '😀' } }, 131009],
  ['a place without degrees', { type: 'location', location: { name: 'x' } }, 131008],
  ['no contacts', { type: 'contacts', contacts: [] }, 131008],
  ['a contact without a name', { type: 'contacts', contacts: [{ phones: [] }] }, 131008],
  ['a reply to an unknown message', { text: { body: 'x' }, context: { message_id: 'wamid.HBgL' } }, 131009],
  ['a flow', { type: 'interactive', interactive: { type: 'flow', body: { text: 'x' }, action: {} } }, 131051],
  ['an empty list of buttons', { type: 'interactive', interactive: { type: 'button', body: { text: 'x' }, action: {} } }, 131008],
  ['another type', { type: 'order', order: {} }, 131051],
  ['a template', { type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } }, 132001]
])('refused with a code of Meta: %s', (_what, fields, code) => {
  const { details, ...said } = refusal(() => send(fields));
  expect(said).toEqual({ code });
  expect(details).not.toBe('');
});

test('a body that is not an object is refused', () => {
  for (const none of [undefined, null, [], 'x']) expect(refusal(() => cloudRequest(none, RULES)).code).toBe(100);
});

describe('a template, depending on the setting', () => {
  const text = { session: 'sales', templatesAsText: true };
  const template = (components: unknown): object => ({
    type: 'template',
    template: { name: 'order', language: { code: 'en' }, components }
  });

  it('is sent as the text of its parameters', () => {
    const components = [
      { type: 'header', parameters: [{ type: 'text', text: 'Order 7' }] },
      {
        type: 'body',
        parameters: [
          { type: 'text', text: 'Bob' },
          { type: 'currency', currency: { fallback_value: '$7.50' } }
        ]
      },
      { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'otp' }] }
    ];
    expect(send(template(components), text).content).toEqual({ text: 'Order 7\nBob $7.50' });
  });

  it('is refused if it has none', () => {
    expect(refusal(() => send(template(undefined), text)).code).toBe(132001);
  });
});
