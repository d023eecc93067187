import { optionalText, wrongField } from './peer-fields.policy.js';

const MIMETYPE = /^[a-z]+\/[a-z0-9.+-]+(; ?[a-z]+=[A-Za-z0-9.,_"-]+)*$/i;

/** Returns the media type that a program names, if it is well-formed. */
export function mediaTypeOf(value: unknown): string | undefined {
  return typeof value === 'string' && MIMETYPE.test(value) ? value : undefined;
}

/** Returns the source of a file: a URL, or bytes in base64, with or without the prefix of a data URL. */
export function sourceOf(text: string): { url: string } | { base64: string } {
  if (/^(https?:\/\/|data:)/i.test(text)) return { url: text };
  return { base64: text.replace(/\s+/g, '') };
}

/** Returns the source of the file in an object with `url` or `data`. */
export function fileSource(file: Readonly<Record<string, unknown>>, field: string): { url: string } | { base64: string } {
  const text = [file['url'], file['data']].find((one): one is string => typeof one === 'string' && one !== '');
  if (text === undefined) throw wrongField(field, 'must have url, or data in base64');
  return sourceOf(text);
}

/** The facts on a contact card. */
export interface CardFacts {
  readonly name: string;
  readonly phone: string;
  readonly waid?: string;
  readonly organization?: string;
  readonly email?: string;
  readonly url?: string;
}

/** Line breaks would start another line of the card. */
const line = (text: string): string => text.replace(/[\r\n]+/g, ' ').trim();
const escaped = (text: string): string => line(text).replace(/([\\;,])/g, '\\$1');

/** Returns a vCard 3.0 from which WhatsApp can determine the account. */
export function cardOf({ name, phone, waid = phone.replace(/\D/g, ''), organization, email, url }: CardFacts): string {
  return [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${escaped(name)};;;;`,
    `FN:${escaped(name)}`,
    ...(organization ? [`ORG:${escaped(organization)};`] : []),
    ...(email ? [`EMAIL:${line(email)}`] : []),
    ...(url ? [`URL:${line(url)}`] : []),
    `TEL;type=CELL;type=VOICE;waid=${waid.replace(/\D/g, '')}:${line(phone)}`,
    'END:VCARD'
  ].join('\n');
}

/** Returns the first non-empty text among the named fields. Throws `INVALID_ARGUMENTS` if there is none. */
export function requiredText(fields: Readonly<Record<string, unknown>>, ...names: string[]): string {
  for (const name of names) {
    const text = optionalText(fields, name);
    if (text !== undefined && text !== '') return text;
  }
  throw wrongField(names[0]!, 'must be a non-empty string');
}
