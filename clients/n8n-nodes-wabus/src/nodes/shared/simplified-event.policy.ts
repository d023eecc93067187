type Json = Readonly<Record<string, unknown>>;

/** An event as edges deliver it. */
export interface Envelope {
  readonly id: string;
  readonly session: string;
  readonly event: string;
  readonly cursor: string;
  readonly at: string;
  readonly data: unknown;
}

/** Contents that wrap another content, such as disappearing messages. */
const WRAPPERS = ['ephemeralMessage', 'viewOnceMessage', 'viewOnceMessageV2', 'documentWithCaptionMessage', 'editedMessage'];
const FILES = ['imageMessage', 'videoMessage', 'audioMessage', 'documentMessage', 'stickerMessage', 'ptvMessage'];
/** Fields of a content that do not determine its kind. */
const BESIDE = ['messageContextInfo', 'senderKeyDistributionMessage'];

/**
 * Returns an event in a form for people who build workflows. For `messages.upsert`, it has short names for the data that most steps need, and the message
 * itself; for other events, it is the envelope.
 */
export function simplified(envelope: Envelope): Record<string, unknown> {
  const { id, session, event, cursor, at, data } = envelope;
  const message = messageOf(envelope);
  if (message === null) return { id, session, event, cursor, at, data };
  const key = objectOf(message['key']);
  const content = contentOf(message);
  const kind = Object.keys(content).find(name => !BESIDE.includes(name) && content[name] !== null) ?? null;
  const body = kind === null ? {} : objectOf(content[kind]);
  const quoted = objectOf(body['contextInfo'])['stanzaId'];
  return {
    id,
    session,
    event,
    cursor,
    at,
    chat: key['remoteJid'] ?? null,
    sender: key['participant'] ?? (key['fromMe'] === true ? null : (key['remoteJid'] ?? null)),
    senderName: message['pushName'] ?? null,
    fromMe: key['fromMe'] === true,
    isGroup: String(key['remoteJid']).endsWith('@g.us'),
    messageId: key['id'] ?? null,
    sentAt: Number(message['messageTimestamp'] ?? 0),
    kind: kind?.replace(/Message$/, '') ?? null,
    text: textOf(content, body),
    hasMedia: FILES.some(name => content[name] != null),
    mimetype: body['mimetype'] ?? null,
    fileName: body['fileName'] ?? null,
    quotedMessageId: quoted ?? null,
    message
  };
}

/** Whether an event is a readable message from somebody else, which a bot would answer. */
export function isFromOthers(envelope: Envelope): boolean {
  const message = messageOf(envelope);
  return message !== null && message['message'] != null && objectOf(message['key'])['fromMe'] !== true;
}

function messageOf({ event, data }: Envelope): Json | null {
  const messages = event === 'messages.upsert' ? objectOf(data)['messages'] : null;
  return Array.isArray(messages) && messages.length > 0 ? objectOf(messages[0]) : null;
}

function contentOf(message: Json): Json {
  const content = objectOf(message['message']);
  const wrapper = WRAPPERS.find(name => content[name] != null);
  return wrapper === undefined ? content : contentOf(objectOf(content[wrapper]));
}

function textOf(content: Json, body: Json): unknown {
  return [content['conversation'], body['text'], body['caption']].find(text => typeof text === 'string') ?? null;
}

const objectOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
