import type { AuthenticationCreds, SignedKeyPair } from '@whiskeysockets/baileys';

export const DAY_MS = 86_400_000;
/** As the official client does; senders that took a bundle earlier use the key before (whatsapp-rust PR 968 and 1237). */
export const ROTATION_MS = 27 * DAY_MS;
const KEPT_KEYS = 3;
/** Ids on the wire have three bytes. */
const MAX_KEY_ID = 0xffffff;

/** Fields beside Baileys' own, stored with the credentials. */
export interface RotatedCredentials {
  /** Former keys, newest first, and at the head one that WhatsApp may have taken already. */
  formerSignedPreKeys?: readonly SignedKeyPair[];
  /** When the current key was made, ms. */
  signedPreKeyAt?: number;
}

export type CredentialsWithKeys = Pick<AuthenticationCreds, 'signedPreKey'> & RotatedCredentials;

/** How long the current key has to serve. A device that was linked before this was counted gets a date of its own: `spread` from 0 to 1 keeps many from rotating at once. */
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

/** Before WhatsApp has the key: whatever becomes of the request, a message that uses it can be read. */
export function withOffered(credentials: CredentialsWithKeys, offered: SignedKeyPair): RotatedCredentials {
  return { formerSignedPreKeys: [offered, ...(credentials.formerSignedPreKeys ?? [])].slice(0, KEPT_KEYS + 1) };
}

/** WhatsApp has taken the key that was offered. */
export function withRotated(credentials: CredentialsWithKeys, taken: SignedKeyPair, now: number): CredentialsWithKeys {
  const former = (credentials.formerSignedPreKeys ?? []).filter(({ keyId }) => keyId !== taken.keyId);
  return { signedPreKey: taken, signedPreKeyAt: now, formerSignedPreKeys: [credentials.signedPreKey, ...former].slice(0, KEPT_KEYS) };
}

/** The key with an id, `null` when it is not kept any more. */
export function preKeyOf({ signedPreKey, formerSignedPreKeys = [] }: CredentialsWithKeys, id: number): SignedKeyPair | null {
  return [signedPreKey, ...formerSignedPreKeys].find(({ keyId }) => keyId === id) ?? null;
}
