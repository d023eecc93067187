import type { AuthenticationCreds, SignedKeyPair } from '@whiskeysockets/baileys';

export const DAY_MS = 86_400_000;
/** The interval of the official client. Senders that fetched a bundle earlier use the former key (whatsapp-rust PR 968 and 1237). */
export const ROTATION_MS = 27 * DAY_MS;
const KEPT_KEYS = 3;
/** Key ids have three bytes in the protocol. */
const MAX_KEY_ID = 0xffffff;

/** The fields that Wabus stores in Baileys' credentials. */
export interface RotatedCredentials {
  /** The former keys, newest first. An offered key, which WhatsApp may already have accepted, is at the head. */
  formerSignedPreKeys?: readonly SignedKeyPair[];
  /** When the current key came into use, in milliseconds since 1970. */
  signedPreKeyAt?: number;
}

export type CredentialsWithKeys = Pick<AuthenticationCreds, 'signedPreKey'> & RotatedCredentials;

/**
 * Returns when the current key must be replaced, in milliseconds since 1970. For a device that was linked before the age was stored, `spread` (0 to 1) selects
 * a date, so that many devices do not rotate at the same time.
 */
export function dueAt(
  { signedPreKeyAt }: RotatedCredentials,
  now: number,
  { spread, maxAgeMs }: { spread: number; maxAgeMs: number }
): number {
  return signedPreKeyAt === undefined ? now + spread * maxAgeMs : signedPreKeyAt + maxAgeMs;
}

export function nextKeyId({ signedPreKey, formerSignedPreKeys = [] }: CredentialsWithKeys): number {
  const used = [signedPreKey, ...formerSignedPreKeys].map(({ keyId }) => keyId);
  let id = signedPreKey.keyId;
  do id = id >= MAX_KEY_ID ? 1 : id + 1;
  while (used.includes(id));
  return id;
}

/** Returns the credentials to store before WhatsApp gets the key: whatever the outcome of the request, a message that uses the key can be read. */
export function withOffered(credentials: CredentialsWithKeys, offered: SignedKeyPair): RotatedCredentials {
  return { formerSignedPreKeys: [offered, ...(credentials.formerSignedPreKeys ?? [])].slice(0, KEPT_KEYS + 1) };
}

/** Returns the credentials to store after WhatsApp has accepted the offered key. */
export function withRotated(credentials: CredentialsWithKeys, taken: SignedKeyPair, now: number): CredentialsWithKeys {
  const former = (credentials.formerSignedPreKeys ?? []).filter(({ keyId }) => keyId !== taken.keyId);
  return { signedPreKey: taken, signedPreKeyAt: now, formerSignedPreKeys: [credentials.signedPreKey, ...former].slice(0, KEPT_KEYS) };
}

/** Returns the key with an id; `null` if it is no longer stored. */
export function preKeyOf({ signedPreKey, formerSignedPreKeys = [] }: CredentialsWithKeys, id: number): SignedKeyPair | null {
  return [signedPreKey, ...formerSignedPreKeys].find(({ keyId }) => keyId === id) ?? null;
}
