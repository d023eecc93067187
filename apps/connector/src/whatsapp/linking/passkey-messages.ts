import { randomBytes } from 'node:crypto';
import type { AuthenticationCreds } from '@whiskeysockets/baileys';
import { Curve, proto } from '../baileys.js';
import type { PasskeyHandshake } from './passkey.exchange.js';
import { commitment, requestKey, seal } from './passkey.codec.js';

const KEY_BYTES = 32;
const IV_BYTES = 12;

/** Our side of the handshake, and the encoded `ProloguePayload` that commits us to it. Encoded once: these very bytes are hashed and sent. */
export function newPrologue(deviceType: number, reference: string): { handshake: PasskeyHandshake; payload: Buffer } {
  const ephemeral = Curve.generateKeyPair();
  const nonce = randomBytes(KEY_BYTES);
  const identity = proto.CompanionEphemeralIdentity.encode({ publicKey: ephemeral.public, deviceType, ref: reference }).finish();
  const payload = proto.ProloguePayload.encode({
    companionEphemeralIdentity: identity,
    commitment: { hash: commitment(identity, nonce) }
  }).finish();
  return { handshake: { ephemeralPrivate: Buffer.from(ephemeral.private), nonce, deviceType, reference }, payload: Buffer.from(payload) };
}

/** What the phone continues with. */
export interface PhoneIdentity {
  readonly publicKey: Uint8Array;
  readonly nonce: Uint8Array;
}

/** The phone's key and nonce; `null` when the bytes are no such message or of other lengths. */
export function readPhoneIdentity(bytes: Uint8Array): PhoneIdentity | null {
  try {
    const { publicKey, nonce } = proto.PrimaryEphemeralIdentity.decode(bytes);
    return publicKey?.length === KEY_BYTES && nonce?.length === KEY_BYTES ? { publicKey, nonce } : null;
  } catch {
    return null;
  }
}

/** The encoded `EncryptedPairingRequest`: our keys and the ADV secret, for the phone alone. */
export function sealedRequest(
  { noiseKey, signedIdentityKey }: Pick<AuthenticationCreds, 'noiseKey' | 'signedIdentityKey'>,
  advSecret: Buffer,
  { handshake, phone }: { handshake: PasskeyHandshake; phone: PhoneIdentity }
): Buffer {
  const key = requestKey(Curve.sharedKey(handshake.ephemeralPrivate, phone.publicKey), handshake);
  const iv = randomBytes(IV_BYTES);
  const request = proto.PairingRequest.encode({
    companionPublicKey: noiseKey.public,
    companionIdentityKey: signedIdentityKey.public,
    advSecret
  }).finish();
  return Buffer.from(proto.EncryptedPairingRequest.encode({ encryptedPayload: seal(key, iv, request), iv }).finish());
}

/** The kind of this device as its registration names it: Baileys decides it in the same way. */
export function platformType(browser: string): number {
  const types = proto.DeviceProps.PlatformType as unknown as Record<string, number | undefined>;
  const name = browser.toUpperCase();
  return (name === 'ANDROID' ? types['ANDROID_PHONE'] : types[name]) || types['CHROME']!;
}
