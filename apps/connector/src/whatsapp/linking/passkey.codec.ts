import { createCipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import type { PasskeyOptions } from '@wabus/contracts';

/** Labels of the protocol. Sources for the keys: whatsmeow b572e5bc, oxidezap/whatsapp-rust PR 997; no recording of a real link was available. */
const HANDOFF_INFO = 'shortcake-passkey-handoff-v1';
const REQUEST_INFO = 'Pairing Information Encryption Key';
const KEY_BYTES = 32;
const CODE_BYTES = 5;
const CODE_CHARACTERS = 8;
/** WhatsApp's variant of Crockford's alphabet; each character encodes five bits. */
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTVWXYZ';

const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

const hkdf = (input: Uint8Array, salt: string, info: string): Buffer => Buffer.from(hkdfSync('sha256', input, salt, info, KEY_BYTES));

/** Derives the key that proves to the phone that this device has the secret of the scanned QR code. */
export function deriveHandoffKey(advSecret: Uint8Array): Buffer {
  return hkdf(advSecret, '', HANDOFF_INFO);
}

/** Returns the proof over the encoded `ProloguePayload`. */
export function proveHandoff(key: Uint8Array, prologue: Uint8Array): Buffer {
  return createHmac('sha256', key).update(prologue).digest();
}

/** Returns the commitment to our nonce before the phone sends its key, over the encoded `CompanionEphemeralIdentity`. */
export function commitment(identity: Uint8Array, companionNonce: Uint8Array): Buffer {
  return sha256(identity, companionNonce);
}

/** Returns the code that both sides show, such as `ZDET-SM4S`: 40 bits as eight characters, the highest bits first. */
export function comparisonCode(companionNonce: Uint8Array, phone: { readonly publicKey: Uint8Array; readonly nonce: Uint8Array }): string {
  const digest = sha256(companionNonce, phone.publicKey);
  let bits = 0n;
  for (let i = 0; i < CODE_BYTES; i++) bits = (bits << 8n) | BigInt(phone.nonce[i]! ^ digest[i]!);
  const characters = Array.from({ length: CODE_CHARACTERS }, (_, i) => ALPHABET[Number((bits >> BigInt(5 * (7 - i))) & 31n)]!);
  return `${characters.slice(0, 4).join('')}-${characters.slice(4).join('')}`;
}

/** Derives the key of the last request. `shared` is the X25519 secret of our ephemeral key and the phone's. */
export function requestKey(shared: Uint8Array, { deviceType, reference }: { deviceType: number; reference: string }): Buffer {
  return hkdf(shared, `Companion Pairing ${deviceType} with ref ${reference}`, REQUEST_INFO);
}

/** Encrypts with AES-256-GCM without additional data; the tag is at the end. */
export function seal(key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

const MAX_OPTIONS_BYTES = 4_096;

/** Parses the options in a `<passkey_request_options>`: UTF-8 JSON of 1 to 4,096 bytes. Returns `null` if nothing can be signed with them. */
export function parsePasskeyOptions(content: Uint8Array): PasskeyOptions | null {
  if (content.length === 0 || content.length > MAX_OPTIONS_BYTES) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { challenge, rpId, allowCredentials = [] } = parsed as Record<string, unknown>;
  if (!isText(challenge) || !isText(rpId) || !Array.isArray(allowCredentials)) return null;
  const named = allowCredentials.every(credential => isText((credential as { id?: unknown } | null)?.id));
  return named ? (parsed as PasskeyOptions) : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}
