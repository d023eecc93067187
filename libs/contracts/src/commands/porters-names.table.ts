/** Names of WAHA (`chatId`, `reply_to`), the Evolution API (`number`, `textMessage`) and their like, each with ours. Where there are several, the first that the request has. */
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

const FILE = 'content.image, content.video, content.audio, content.document or content.sticker';

/** The same by request, where a name means a certain field of it. */
export const NAMES_BY_REQUEST: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  SendMessageRequest: {
    text: 'content.text',
    body: 'content.text',
    message: 'content.text',
    textMessage: 'content.text',
    file: FILE,
    media: FILE,
    mediatype: FILE,
    mediaMessage: FILE,
    url: FILE,
    base64: FILE,
    image: 'content.image',
    video: 'content.video',
    audio: 'content.audio',
    voice: 'content.audio',
    document: 'content.document',
    sticker: 'content.sticker',
    caption: 'content.caption',
    mimetype: 'content.mimetype',
    fileName: 'content.fileName',
    filename: 'content.fileName',
    reply_to: 'options.quoted',
    quoted: 'options.quoted',
    quotedMessageId: 'options.quoted',
    mentions: 'content.mentions',
    mentioned: 'content.mentions',
    mentionsEveryOne: 'content.mentionAll',
    linkPreview: 'content.linkPreview',
    poll: 'content.poll',
    reaction: 'content.react',
    location: 'content.location',
    latitude: 'content.location',
    longitude: 'content.location',
    contacts: 'content.contacts',
    messageId: 'options.messageId'
  },
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

/** By these a request names its session in its body. */
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
