/** How a file is shown. */
export type ShownAs = 'audio' | 'document' | 'image' | 'sticker' | 'video' | 'voice';

export interface FileFields {
  readonly caption: string;
  readonly fileName: string;
  readonly mimetype: string;
}

/** Those that may have a text. */
const CAPTIONED: readonly ShownAs[] = ['document', 'image', 'video'];

/** The content of a message with a file. A voice note is converted to what phones play. */
export function fileContent(kind: ShownAs, source: object, { caption, fileName, mimetype }: FileFields): Record<string, unknown> {
  if (kind === 'voice') return { audio: source, ptt: true, convert: true };
  return {
    [kind]: source,
    ...(caption !== '' && CAPTIONED.includes(kind) ? { caption } : {}),
    // A document without a type cannot be opened.
    ...(kind === 'document' ? { fileName: fileName || 'file', mimetype: mimetype || 'application/octet-stream' } : {})
  };
}

/** The card of one person, in the form that phones read. */
export function contactContent(name: string, number: string): Record<string, unknown> {
  const digits = number.replace(/\D/g, '');
  // Line breaks would begin further fields of the card.
  const safe = name.replace(/[\r\n]+/g, ' ').replace(/([\\;,])/g, '\\$1');
  const lines = ['BEGIN:VCARD', 'VERSION:3.0', `FN:${safe}`, `N:;${safe};;;`, `TEL;type=CELL;waid=${digits}:+${digits}`, 'END:VCARD'];
  return { contacts: { displayName: name, contacts: [{ displayName: name, vcard: lines.join('\n') }] } };
}

/** The key of a message in a chat. What is not known, the edge and the connector look up. */
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
