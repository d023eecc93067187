import type { WabusError } from '../errors/wabus-error.js';
import { requestSchema } from '../docs/index.js';
import { CreateWebhookRequest, UpdateWebhookRequest } from '../webhooks/webhook.request.js';
import { parseBody, parseCommandArguments } from './command-arguments.policy.js';
import { COMMAND_CATALOG, type CommandName } from './command-catalog.js';
import { likeliestOf } from '../fields/likeness.policy.js';
import { MEDIA_CONTENTS } from './content/media.content.js';
import { MessageContent } from './content/message.content.js';
import { MediaSource } from './media-source.request.js';
import { NAMES_BY_REQUEST } from './porters-names.table.js';
import { SendMessageRequest, SendOptions } from './send-message.request.js';

const fieldsOf = (type: new () => object): string[] => Object.keys(requestSchema(type)['properties'] as object);

/** Returns the problems of each invalid field. */
function problems(parse: () => unknown): Record<string, string[]> {
  try {
    parse();
    return {};
  } catch (error) {
    return (error as WabusError).details!['fields'] as Record<string, string[]>;
  }
}
const ofCommand = (command: CommandName, args: object) => problems(() => parseCommandArguments(command, args));

// Names from WAHA, from the Evolution API, and with typing errors.
test.each<[CommandName, string, string]>([
  ['sendMessage', 'chatId', 'jid'],
  ['sendMessage', 'number', 'jid'],
  ['sendMessage', 'textMessage', 'content.text'],
  ['sendMessage', 'text', 'content.text'],
  ['sendMessage', 'caption', 'content.caption'],
  ['readMessages', 'messageIds', 'keys'],
  ['sendPresenceUpdate', 'presence', 'type'],
  ['sendPresenceUpdate', 'chatId', 'toJid'],
  ['sendMessage', 'JID', 'jid'],
  ['sendMessage', 'contnet', 'content'],
  ['onWhatsApp', 'numbers', 'phoneNumbers'],
  ['groupCreate', 'participant', 'participants']
])('%s: suggests for %s: %s', (command, wrong, right) => {
  expect(ofCommand(command, { [wrong]: 'x' })[wrong]).toEqual([`there is no such field: did you mean ${right}?`]);
});

test('a name that resembles no field gets no proposal', () => {
  const fields = ofCommand('sendMessage', { jid: '1@s.whatsapp.net', content: { text: 'x' }, colour: 2, id: 3 });
  expect(fields).toEqual(Object.fromEntries(['colour', 'id'].map(name => [name, ['there is no such field']])));
});

test.each(['session', 'instanceName'])('%s belongs in the address', name => {
  expect(ofCommand('sendMessage', { [name]: 'x' })[name]).toEqual([
    'there is no such field: name the session in the address, or next to the arguments'
  ]);
});

test('every proposed field exists in its request', () => {
  const inMessages = [SendMessageRequest, SendOptions, MessageContent, ...Object.values(MEDIA_CONTENTS)];
  const classes = [
    ...Object.values(COMMAND_CATALOG).map(({ request }) => request),
    CreateWebhookRequest,
    UpdateWebhookRequest,
    ...inMessages
  ] as (new () => object)[];
  const byName = new Map(classes.map(each => [each.name, each]));
  const ofMessages = inMessages.map(({ name }) => name);
  const contents = [MessageContent, ...Object.values(MEDIA_CONTENTS)].flatMap(fieldsOf);
  for (const [name, names] of Object.entries(NAMES_BY_REQUEST)) {
    const own = name.endsWith('Source') ? fieldsOf(MediaSource) : fieldsOf(byName.get(name)!);
    const fields = ofMessages.includes(name) ? [...own, ...fieldsOf(SendMessageRequest)] : own;
    for (const [wrong, meant] of Object.entries(names)) {
      expect([name, own]).not.toEqual([name, expect.arrayContaining([wrong])]);
      if (typeof meant !== 'string') continue;
      expect(fields).toContain(meant.split('.')[0]);
      for (const [, field] of meant.matchAll(/content\.(\w+)/g)) expect(contents).toContain(field);
    }
  }
});

const IN_CONTENT = (content: object) => ofCommand('sendMessage', { jid: '1@s.whatsapp.net', content });
const IN_OPTIONS = (options: object) => ofCommand('sendMessage', { jid: '1@s.whatsapp.net', content: { text: 'x' }, options });

// Names from whatsapp-web.js, WPPConnect and Venom.
test.each<[string, Record<string, string[]>, RegExp]>([
  ['options.sendMediaAsSticker', IN_OPTIONS({ sendMediaAsSticker: true }), /content\.sticker .* content\.convert/],
  ['options.sendAudioAsVoice', IN_OPTIONS({ sendAudioAsVoice: true }), /content\.audio with content\.ptt/],
  ['options.sendMediaAsDocument', IN_OPTIONS({ sendMediaAsDocument: true }), /content\.document/],
  ['options.quotedMessageId', IN_OPTIONS({ quotedMessageId: 'ID' }), /options\.quoted.*\{key: \{id\}\}/],
  ['options.mentions', IN_OPTIONS({ mentions: [] }), /did you mean content\.mentions\?/],
  ['options.caption', IN_OPTIONS({ caption: 'x' }), /did you mean content\.caption\?/],
  ['options.media', IN_OPTIONS({ media: {} }), /did you mean content\.image/],
  ['options.buttons', IN_OPTIONS({ buttons: [] }), /no longer shows buttons/],
  ['options.delay', IN_OPTIONS({ delay: 5 }), /sendPresenceUpdate/],
  ['content.buttons', IN_CONTENT({ text: 'x', buttons: [] }), /no longer shows buttons .* content\.poll/],
  ['content.sections', IN_CONTENT({ text: 'x', sections: [] }), /no longer shows buttons/],
  ['content.footer', IN_CONTENT({ image: { url: 'https://a.example' }, footer: 'x' }), /no longer shows buttons/],
  ['content.media', IN_CONTENT({ media: { mimetype: 'image/png', data: 'cG5n' } }), /content\.image, content\.video/],
  ['content.mimetype', IN_CONTENT({ mimetype: 'image/png', data: 'cG5n' }), /content\.image, content\.video/],
  ['content.caption', IN_CONTENT({ text: 'x', caption: 'y' }), /use it with content\.image/],
  ['content.text', IN_CONTENT({ image: { url: 'https://a.example' }, text: 'x' }), /did you mean content\.caption\?/],
  ['content.caption', IN_CONTENT({ sticker: { url: 'https://a.example' }, caption: 'x' }), /as a separate message/],
  ['content.quotedMessageId', IN_CONTENT({ text: 'x', quotedMessageId: 'ID' }), /options\.quoted/],
  ['content.image.mimetype', IN_CONTENT({ image: { mimetype: 'image/png', data: 'cG5n' } }), /next to the file/],
  ['content.image.path', IN_CONTENT({ image: { path: 'cat.png' } }), /no access to your files/],
  ['caption', ofCommand('sendMessage', { caption: 'x' }), /did you mean content\.caption\?/],
  ['reply_to', ofCommand('sendMessage', { reply_to: 'ID' }), /options\.quoted/],
  ['buttons', ofCommand('sendMessage', { buttons: [] }), /no longer shows buttons/]
])('%s: suggests the alternative', (field, problems, remedy) => {
  expect(problems[field]?.join()).toMatch(remedy);
});

test.each(['sections', 'media', 'times', 'links'])('%s is not a misspelled field', wrong => {
  expect(likeliestOf(['mentions', 'edit', 'type', 'pin'], wrong)).toBeNull();
});

test('bodies and their nested objects have proposals too', () => {
  expect(problems(() => parseBody(CreateWebhookRequest, { url: 'https://a.example', events: ['*'], event: ['*'] }))).toEqual({
    event: ['there is no such field: did you mean events?']
  });
  const content = { text: 'x', mentioned: ['1@s.whatsapp.net'] };
  expect(ofCommand('sendMessage', { jid: '1@s.whatsapp.net', content })['content.mentioned']?.[0]).toMatch(
    /did you mean content\.mentions\?$/
  );
});
