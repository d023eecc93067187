// Converts messages from one side to the form of the other. Without input and output.
import { createHash } from 'node:crypto';
import { isLargePart } from '@wabus/sdk';

/** Messages that wrap other messages. */
const WRAPPERS = [
  ...['ephemeralMessage', 'viewOnceMessage', 'viewOnceMessageV2', 'viewOnceMessageV2Extension', 'documentWithCaptionMessage'],
  ...['editedMessage', 'groupMentionedMessage', 'lottieStickerMessage', 'deviceSentMessage']
];
const FILES = {
  imageMessage: 'picture',
  videoMessage: 'video',
  ptvMessage: 'video',
  audioMessage: 'audio',
  documentMessage: 'file',
  stickerMessage: 'sticker'
};

/**
 * Returns what Chatwoot shows of a message: a text, and a file if there is one. `null` for a message that does not appear in a chat, such as a reaction or a
 * deletion.
 */
export function shownOf(wrapped) {
  const message = unwrap(wrapped);
  for (const [field, name] of Object.entries(FILES)) {
    const file = message[field];
    if (file)
      return { text: toMarkdown(plain(file.caption)), file: { name: nameOf(file, name), mimetype: file.mimetype }, ...repliesTo(file) };
  }
  const text = textOf(message);
  if (text === null) return null;
  return { text: toMarkdown(text), ...repliesTo(Object.values(message).find(value => value?.contextInfo)) };
}

function unwrap(message) {
  for (const wrapper of WRAPPERS) if (message?.[wrapper]?.message) return unwrap(message[wrapper].message);
  return message ?? {};
}

function textOf(message) {
  const poll = Object.entries(message).find(([field]) => field.startsWith('pollCreationMessage'))?.[1];
  const place = message.locationMessage ?? message.liveLocationMessage;
  const cards = message.contactsArrayMessage?.contacts ?? (message.contactMessage ? [message.contactMessage] : null);
  if (poll) return [`📊 ${plain(poll.name)}`, ...(poll.options ?? []).map(option => `- ${plain(option.optionName)}`)].join('\n');
  if (place) {
    const { degreesLatitude: latitude, degreesLongitude: longitude, name, address } = place;
    return ['📍', plain(name), plain(address), `https://maps.google.com/?q=${latitude},${longitude}`].filter(Boolean).join(' ');
  }
  if (cards) return cards.map(({ displayName, vcard }) => `👤 ${plain(displayName)} ${numbersOf(plain(vcard))}`.trim()).join('\n');
  const text =
    message.conversation ??
    message.extendedTextMessage?.text ??
    message.buttonsResponseMessage?.selectedDisplayText ??
    message.templateButtonReplyMessage?.selectedDisplayText ??
    message.listResponseMessage?.title ??
    message.interactiveResponseMessage?.body?.text ??
    message.groupInviteMessage?.caption;
  return text === undefined || text === null ? null : plain(text);
}

/** Of a text that is too large for the log, only the beginning is shown. */
const plain = value => (isLargePart(value) ? `${value.$large.preview ?? ''}…` : (value ?? ''));
const numbersOf = vcard => [...vcard.matchAll(/^TEL[^:]*:(.+)$/gm)].map(([, number]) => number.trim()).join(', ');
const repliesTo = part => (part?.contextInfo?.stanzaId ? { repliesTo: part.contextInfo.stanzaId } : {});

function nameOf({ fileName, mimetype }, name) {
  const subtype = mimetype?.split(';')[0].split('/')[1]?.replace(/^x-/, '') ?? 'bin';
  return fileName ? plain(fileName) : `${name}.${{ jpeg: 'jpg', mpeg: 'mp3', plain: 'txt' }[subtype] ?? subtype}`;
}

const CODE = /(```[\s\S]*?```|`[^`\n]*`)/;
const outsideCode = (text, change) =>
  text
    .split(CODE)
    .map((part, n) => (n % 2 === 0 ? change(part) : part))
    .join('');

/** Converts WhatsApp's `*bold*` and `~struck~` to Markdown, where one star means italics. */
export function toMarkdown(text) {
  return outsideCode(text, part =>
    part
      .replace(/(?<![\w*])\*(?![\s*])([^*\n]+?)(?<!\s)\*(?![\w*])/g, '**$1**')
      .replace(/(?<![\w~])~(?![\s~])([^~\n]+?)~(?![\w~])/g, '~~$1~~')
  );
}

/** Converts Markdown from Chatwoot's editor to the form of WhatsApp. */
export function toWhatsApp(markdown) {
  return outsideCode(markdown, part =>
    part
      .replace(/(?<![\\*])\*(?![*\s])([^*\n]+?)(?<![\\\s])\*(?!\*)/g, '_$1_')
      .replace(/(?<!\\)\*\*(.+?)(?<!\\)\*\*/g, '*$1*')
      .replace(/(?<!\\)~~(.+?)~~/g, '~$1~')
      .replace(/\[([^\]\n]+)\]\((https?:[^)\s]+)\)/g, (_, label, url) => (label === url ? url : `${label}: ${url}`))
      .replace(/\\(?=\n)/g, '')
      .replace(/\\([\\`*_{}[\]()#+.!~>|-])/g, '$1')
  );
}

/** Returns the contents of `sendMessage` for a file, best form first: one that phones play, then one that always works. */
export function fileContents(media, { mimetype, fileName, caption }) {
  const type = mimetype.split(';')[0];
  const file = { media };
  const said = caption ? { caption } : {};
  const document = { document: file, mimetype: type, fileName, ...said };
  if (/^image\/(jpeg|png|webp)$/.test(type)) return [{ image: file, ...said }, document];
  if (type === 'video/mp4') return [{ video: file, ...said }, document];
  if (type.startsWith('video/') || type === 'image/gif') return [{ video: file, convert: true, ...said }, document];
  if (type.startsWith('audio/')) return [{ audio: file, ptt: true, convert: true }, { audio: file, mimetype: type }, document];
  return [document];
}

/** Returns the id on WhatsApp of a part of a Chatwoot message, which is the same after a crash. */
export function whatsAppId(account, message, part) {
  const digest = createHash('sha256').update(`chatwoot ${account} ${message} ${part}`).digest('hex');
  return `3EB0${digest.slice(0, 18).toUpperCase()}`;
}

export const digestOf = text => createHash('sha256').update(text).digest('base64url').slice(0, 12);
