import type { BinaryNode } from '@whiskeysockets/baileys';

/** One element of WhatsApp's binary XML: `{tag, attrs, content}`. Content is a list of elements, bytes, text, or nothing. */
export type Stanza = BinaryNode;

type Attributes = Record<string, string | number | undefined>;

/** The jid of WhatsApp's server itself in `from` and `to`: one without a user. */
export const SERVER_JID = '@s.whatsapp.net';

/** Thrown if a required part of a stanza is missing or malformed. */
export class MalformedStanzaError extends Error {
  override readonly name = 'MalformedStanzaError';
}

/** Builds an element; omits attributes that are `undefined`, converts numbers to text, and leaves an absent content absent. */
export function element(tag: string, attrs: Attributes = {}, content?: Stanza['content']): Stanza {
  const known: Record<string, string> = {};
  for (const [name, value] of Object.entries(attrs)) {
    if (value !== undefined) known[name] = String(value);
  }
  return content === undefined ? { tag, attrs: known } : { tag, attrs: known, content };
}

/** Returns the child elements, only those named `tag` if it is given; none for byte or text content. */
export function children(stanza: Stanza | undefined, tag?: string): Stanza[] {
  const content = stanza?.content;
  if (!Array.isArray(content)) return [];
  return tag === undefined ? content : content.filter(each => each.tag === tag);
}

/** Returns the first child element named `tag`, or without `tag` the first of all. */
export function child(stanza: Stanza | undefined, tag?: string): Stanza | undefined {
  return children(stanza, tag)[0];
}

/** Like {@link child}; throws {@link MalformedStanzaError} if it is missing. */
export function requiredChild(stanza: Stanza | undefined, tag: string): Stanza {
  const found = child(stanza, tag);
  if (!found) throw new MalformedStanzaError(`<${stanza?.tag ?? '?'}> lacks <${tag}>`);
  return found;
}

/** Returns the content as bytes (text as UTF-8); `undefined` if the element has child elements or no content. */
export function stanzaBytes(stanza: Stanza | undefined): Buffer | undefined {
  const content = stanza?.content;
  if (content === undefined || Array.isArray(content)) return undefined;
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content);
}

/** Like {@link stanzaBytes}; throws {@link MalformedStanzaError} if there are none. */
export function requiredBytes(stanza: Stanza | undefined): Buffer {
  const bytes = stanzaBytes(stanza);
  if (!bytes) throw new MalformedStanzaError(`<${stanza?.tag ?? '?'}> lacks bytes`);
  return bytes;
}

/** Returns the content as UTF-8 text. */
export function stanzaText(stanza: Stanza | undefined): string | undefined {
  return stanzaBytes(stanza)?.toString('utf8');
}

/** Reads a big-endian unsigned integer of one to six bytes. */
export function integerOf(bytes: Buffer): number {
  if (bytes.length < 1 || bytes.length > 6) throw new MalformedStanzaError(`an integer of ${bytes.length} bytes`);
  return bytes.readUIntBE(0, bytes.length);
}

/** Returns a copy that shares no element and no attribute map with the original; byte contents are shared, because nobody writes to them. */
export function cloneStanza(stanza: Stanza): Stanza {
  const content = Array.isArray(stanza.content) ? stanza.content.map(cloneStanza) : stanza.content;
  return content === undefined ? { tag: stanza.tag, attrs: { ...stanza.attrs } } : { tag: stanza.tag, attrs: { ...stanza.attrs }, content };
}

/** Returns the seconds since 1970 as WhatsApp writes times in attributes. */
export function secondsNow(): string {
  return String(Math.floor(Date.now() / 1000));
}
