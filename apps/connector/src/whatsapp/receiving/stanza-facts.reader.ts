import type { StanzaFacts } from '@wabus/contracts';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { jidNormalizedUser } from '../baileys.js';

const REDACTED = '<redacted>';

/** Elements whose content is a secret or a key: tokens that permit writing, key bundles, ciphertexts, linking codes. */
const SECRET_ELEMENTS = new Set([
  ...['token', 'tctoken', 'cstoken', 'privacy', 'enc', 'enc_p', 'enc_iv', 'encrypt', 'keys', 'key', 'skey', 'registration', 'signature'],
  ...['device-identity', 'key-index-list', 'routing_info', 'nonce', 'pin', 'secret', 'password', 'otp', 'verification_code']
]);

/** The names of attributes and JSON fields that contain secrets. */
const SECRET_NAMES = new Set([
  ...['token', 'pin', 'secret', 'nonce', 'password', 'otp', 'access_token', 'auth', 'auth_token', 'key_data', 'verification_code'],
  ...['recovery_nonce', 'appeal_token', 'username_pin', 'media_key', 'mediaKey', 'encryption_key', 'session_token']
]);

/** Deeper than any known stanza. */
const MAX_DEPTH = 16;
/** The limit for one text; of longer content, only the size is reported. */
const MAX_TEXT_BYTES = 64 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Converts an element to plain data, without secrets and without binary content. */
export function stanzaFacts({ tag, attrs, content }: BinaryNode, depth = 0): StanzaFacts {
  const facts: StanzaFacts = { tag, attributes: attributeFacts(attrs) };
  // Privacy settings have the same tag as some tokens.
  if (SECRET_ELEMENTS.has(tag) && !(tag === 'privacy' && Array.isArray(content))) return facts;
  if (Array.isArray(content)) return depth < MAX_DEPTH ? { ...facts, content: content.map(each => stanzaFacts(each, depth + 1)) } : facts;
  if (content === undefined) return facts;
  const text = contentTextOf(content);
  return text === null ? { ...facts, bytes: content.length } : { ...facts, text };
}

/** Returns attributes with their secrets redacted. */
export function attributeFacts(attrs: BinaryNode['attrs']): Record<string, string> {
  return Object.fromEntries(Object.entries(attrs).map(([name, value]) => [name, SECRET_NAMES.has(name) ? REDACTED : value]));
}

/** Returns JSON data with its secrets redacted. */
export function jsonFacts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(jsonFacts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, SECRET_NAMES.has(name) && item !== null ? REDACTED : jsonFacts(item)])
  );
}

/** Returns content as text; `null` if it is not text or exceeds the limit. */
export function contentTextOf(content: BinaryNode['content']): string | null {
  if (content === undefined || Array.isArray(content)) return null;
  if (content.length > MAX_TEXT_BYTES) return null;
  if (typeof content === 'string') return content;
  try {
    const text = utf8.decode(content);
    return hasControlCharacters(text) ? null : text;
  } catch {
    return null;
  }
}

/** Returns a jid without its device part; `''` if there is none, and for the server itself. */
export function factJid(jid: string | undefined): string {
  const plain = jidNormalizedUser(jid);
  return plain.startsWith('@') ? '' : plain;
}

function hasControlCharacters(text: string): boolean {
  return [...text].some(character => character < ' ' && !'\t\n\r'.includes(character));
}
