/** How WhatsApp shows a file. */
export type ShownAs = 'audio' | 'document' | 'image' | 'sticker' | 'video' | 'voice';

export interface FileFields {
  readonly caption: string;
  readonly fileName: string;
  readonly mimetype: string;
}

/** The kinds of files that can have a caption. */
const CAPTIONED: readonly ShownAs[] = ['document', 'image', 'video'];

/** Returns the content of a message with a file. A voice note is converted to a format that phones play. */
export function fileContent(kind: ShownAs, source: object, { caption, fileName, mimetype }: FileFields): Record<string, unknown> {
  if (kind === 'voice') return { audio: source, ptt: true, convert: true };
  return {
    [kind]: source,
    ...(caption !== '' && CAPTIONED.includes(kind) ? { caption } : {}),
    // WhatsApp cannot open a document without a media type.
    ...(kind === 'document' ? { fileName: fileName || 'file', mimetype: mimetype || 'application/octet-stream' } : {})
  };
}

/** Returns the content for the contact card of one person. */
export function contactContent(name: string, number: string): Record<string, unknown> {
  const digits = number.replace(/\D/g, '');
  // A line break would begin another field of the card.
  const safe = name.replace(/[\r\n]+/g, ' ').replace(/([\\;,])/g, '\\$1');
  const lines = ['BEGIN:VCARD', 'VERSION:3.0', `FN:${safe}`, `N:;${safe};;;`, `TEL;type=CELL;waid=${digits}:+${digits}`, 'END:VCARD'];
  return { contacts: { displayName: name, contacts: [{ displayName: name, vcard: lines.join('\n') }] } };
}

/** Returns the key of a message in a chat. The edge and the connector add missing data. */
export function keyOfMessage(
  chat: string,
  id: string,
  { fromMe, participant }: { fromMe?: boolean; participant?: string }
): Record<string, unknown> {
  return {
    remoteJid: chat,
    id,
    ...(fromMe === undefined ? {} : { fromMe }),
    ...(participant ? { participant } : {})
  };
}
