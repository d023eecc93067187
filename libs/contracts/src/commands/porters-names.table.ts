/**
 * Field names of WAHA (`chatId`, `reply_to`), the Evolution API (`number`, `textMessage`) and similar programs, with the names in Wabus. If there are several,
 * the first one that the request has is proposed.
 */
export const NAMES_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  chatId: ['jid', 'toJid', 'chat'],
  chat_id: ['jid', 'toJid', 'chat'],
  number: ['jid', 'phoneNumber', 'phoneNumbers'],
  phone: ['jid', 'phoneNumber', 'phoneNumbers'],
  to: ['jid', 'toJid'],
  remoteJid: ['jid', 'key'],
  groupJid: ['jid'],
  groupId: ['jid'],
  message: ['content', 'text'],
  body: ['content', 'text'],
  textMessage: ['content', 'text'],
  text: ['content'],
  reply_to: ['options', 'quoted'],
  quotedMessageId: ['options', 'quoted'],
  mentioned: ['mentions', 'content'],
  mentionsEveryOne: ['mentionAll'],
  mentionedJid: ['mentions'],
  webhookUrl: ['url'],
  enabled: ['paused'],
  name: ['subject'],
  numbers: ['phoneNumbers', 'participants']
};

/** The remedy for a name that no single field replaces, as the end of a sentence. */
export interface Remedy {
  readonly instead: string;
}

type Names = Readonly<Record<string, string | Remedy>>;

const FILE = 'content.image, content.video, content.audio, content.document or content.sticker';
const named = (names: readonly string[], meant: string | Remedy): Names => Object.fromEntries(names.map(name => [name, meant]));

/** Names for buttons, lists and their parts in whatsapp-web.js, WPPConnect, Venom and Baileys. */
const BUTTONS = named(
  [
    'buttons',
    'buttonText',
    'button',
    'buttonsMessage',
    'templateButtons',
    'templateMessage',
    'interactive',
    'interactiveButtons',
    'interactiveMessage',
    'nativeFlow',
    'useTemplateButtons',
    'sections',
    'list',
    'listMessage',
    'rows',
    'cards',
    'carousel',
    'footer',
    'footerText'
  ],
  { instead: 'WhatsApp no longer shows buttons and lists to most people. Send content.text with numbered choices, or content.poll' }
);

/** Options of whatsapp-web.js, WPPConnect, Venom and the Evolution API that determine the kind of a message. In Wabus, the content does. */
const OPTIONS_OF_CONTENT: Names = {
  ...BUTTONS,
  ...named(['sendMediaAsSticker', 'asSticker'], { instead: 'send content.sticker in place of the picture, with content.convert true' }),
  ...named(['sendAudioAsVoice', 'isPtt', 'ptt'], {
    instead: 'send content.audio with content.ptt true, and content.convert true unless it is Ogg with Opus'
  }),
  ...named(['sendMediaAsDocument', 'asDocument'], { instead: 'send content.document, with content.fileName and content.mimetype' }),
  ...named(['sendVideoAsGif', 'isGif', 'gifPlayback'], 'content.gifPlayback'),
  ...named(['isViewOnce', 'viewOnce'], 'content.viewOnce'),
  ...named(['file', 'media', 'mediatype', 'mediaMessage', 'url', 'base64', 'path', 'filePath', 'attachment'], FILE),
  ...named(['mentions', 'mentioned', 'mentionedJid', 'mentionedJids', 'mentionedJidList', 'mentionedList'], 'content.mentions'),
  ...named(['mentionsEveryOne', 'mentionAll', 'mentionEveryone'], 'content.mentionAll'),
  ...named(['fileName', 'filename'], 'content.fileName'),
  ...named(['contacts', 'contact', 'vcard', 'contactVcard'], 'content.contacts'),
  ...named(['location', 'latitude', 'longitude', 'lat', 'lng'], 'content.location'),
  ...named(['poll', 'pollMessage'], 'content.poll'),
  ...named(['reaction', 'react'], 'content.react'),
  ...named(['delay', 'presence', 'typing', 'waitTyping', 'sendSeen'], {
    instead: 'sendMessage only sends. Call sendPresenceUpdate or readMessages before it'
  }),
  caption: 'content.caption',
  mimetype: 'content.mimetype',
  edit: 'content.edit',
  forward: 'content.forward',
  contextInfo: 'content.contextInfo',
  image: 'content.image',
  video: 'content.video',
  audio: 'content.audio',
  voice: 'content.audio',
  document: 'content.document',
  sticker: 'content.sticker'
};

const QUOTED: Remedy = { instead: 'to quote, set options.quoted to the message of an event or to {key: {id}}' };
const QUOTES = named(['reply_to', 'replyTo', 'quotedMessageId', 'quotedMsg', 'quotedMsgId', 'quotedMessage', 'quotedId'], QUOTED);

/** Names in a content of any kind. */
const IN_CONTENT: Names = {
  ...QUOTES,
  ...BUTTONS,
  ...named(['mentioned', 'mentionedJid', 'mentionedJids', 'mentionedJidList', 'mentionedList'], 'content.mentions'),
  ...named(['mentionsEveryOne', 'mentionEveryone'], 'content.mentionAll'),
  ...named(['sendMediaAsSticker', 'asSticker'], OPTIONS_OF_CONTENT['sendMediaAsSticker']!),
  ...named(['sendAudioAsVoice', 'isPtt'], OPTIONS_OF_CONTENT['sendAudioAsVoice']!),
  ...named(['sendMediaAsDocument', 'asDocument'], OPTIONS_OF_CONTENT['sendMediaAsDocument']!),
  ...named(['sendVideoAsGif', 'isGif'], 'content.gifPlayback'),
  ...named(['contact', 'vcard', 'contactVcard'], 'content.contacts'),
  ...named(['latitude', 'longitude', 'lat', 'lng'], 'content.location'),
  ...named(['pollMessage'], 'content.poll'),
  ...named(['reaction'], 'content.react'),
  isViewOnce: 'content.viewOnce',
  quoted: QUOTED
};

const FILE_HERE: Remedy = { instead: `choose the kind of file: ${FILE}, such as {image: {base64: …}, caption: …}` };
/** Names in a content with a file. */
const BESIDE_FILE: Names = {
  ...IN_CONTENT,
  ...named(['text', 'body', 'message', 'title', 'description'], 'content.caption'),
  filename: 'content.fileName'
};
/** Names in a content that cannot have a caption. */
const WITHOUT_CAPTION: Names = {
  ...BESIDE_FILE,
  ...named(['text', 'body', 'message', 'caption', 'title', 'description'], {
    instead: 'WhatsApp shows no text with this kind of file. Send the text as a separate message'
  })
};

/** Names in the object of a file, such as `MessageMedia` in whatsapp-web.js. */
const IN_FILE: Names = {
  ...named(['mimetype', 'mimeType', 'filename', 'fileName', 'caption', 'filesize'], {
    instead: 'put it next to the file, as in {document: {base64: …}, mimetype: …, fileName: …}'
  }),
  ...named(['path', 'filePath', 'stream', 'file'], {
    instead: 'the server has no access to your files. Upload it and pass {media}, or pass {url} or {base64}'
  }),
  ...named(['buffer', 'content', 'bytes'], 'base64')
};

/** Names by request class, for names that stand for a specific field of the request. */
export const NAMES_BY_REQUEST: Readonly<Record<string, Names>> = {
  SendMessageRequest: {
    ...OPTIONS_OF_CONTENT,
    ...QUOTES,
    ...named(['text', 'body', 'message', 'textMessage', 'conversation'], 'content.text'),
    quoted: 'options.quoted',
    linkPreview: 'content.linkPreview',
    messageId: 'options.messageId'
  },
  SendOptions: { ...OPTIONS_OF_CONTENT, ...QUOTES },
  MessageContent: {
    ...IN_CONTENT,
    ...named(['body', 'message', 'conversation', 'textMessage', 'extendedTextMessage'], 'content.text'),
    ...named(
      ['file', 'media', 'mediatype', 'mediaMessage', 'url', 'base64', 'data', 'path', 'attachment', 'mimetype', 'fileName', 'filename'],
      FILE_HERE
    ),
    ...named(['voice', 'ptt'], 'content.audio'),
    caption: { instead: 'use it with content.image, content.video or content.document. For a text alone, use content.text' },
    title: BUTTONS['sections']!,
    description: BUTTONS['sections']!
  },
  ImageContent: BESIDE_FILE,
  VideoContent: BESIDE_FILE,
  DocumentContent: BESIDE_FILE,
  AudioContent: WITHOUT_CAPTION,
  StickerContent: WITHOUT_CAPTION,
  ...Object.fromEntries(['Image', 'Video', 'Audio', 'Sticker', 'Document', 'Picture'].map(kind => [`${kind}Source`, IN_FILE])),
  ReadMessagesRequest: {
    chatId: 'keys',
    messageId: 'keys',
    messageIds: 'keys',
    readMessages: 'keys',
    read_messages: 'keys',
    participant: 'keys'
  },
  PresenceRequest: { presence: 'type', chatId: 'toJid', number: 'toJid' },
  CreateSessionRequest: { config: 'proxy' },
  CreateWebhookRequest: { webhook: 'url', hmac: 'secret', customHeaders: 'headers', webhookByEvents: 'events' },
  UpdateWebhookRequest: { webhook: 'url', hmac: 'secret', customHeaders: 'headers', webhookByEvents: 'events' }
};

/** The names of the field in which the body of a request names its session. */
export const NAMES_OF_SESSION: readonly string[] = [
  'session',
  'sessionId',
  'session_id',
  'sessionName',
  'instance',
  'instanceName',
  'instanceId',
  'name'
];
