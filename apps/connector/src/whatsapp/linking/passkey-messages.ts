import { randomBytes } from 'node:crypto';
import type { AuthenticationCreds } from '@whiskeysockets/baileys';
import { Curve, proto } from '../baileys.js';
import type { PasskeyHandshake } from './passkey.exchange.js';
import { commitment, requestKey, seal } from './passkey.codec.js';

const KEY_BYTES = 32;
const IV_BYTES = 12;

/** Creates this side of the handshake and the encoded `ProloguePayload` that commits to it. It is encoded once, since the same bytes are hashed and sent. */
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

/** The key and nonce with which the phone continues. */
export interface PhoneIdentity {
  readonly publicKey: Uint8Array;
  readonly nonce: Uint8Array;
}

/** Reads the phone's key and nonce; returns `null` if the bytes are not such a message or the lengths are wrong. */
export function readPhoneIdentity(bytes: Uint8Array): PhoneIdentity | null {
  try {
    const { publicKey, nonce } = proto.PrimaryEphemeralIdentity.decode(bytes);
    return publicKey?.length === KEY_BYTES && nonce?.length === KEY_BYTES ? { publicKey, nonce } : null;
  } catch {
    return null;
  }
}

/** Returns the encoded `EncryptedPairingRequest`: our keys and the ADV secret, which only the phone can decrypt. */
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

/** Returns the `DeviceProps.PlatformType` of this device's registration, determined in the same way as in Baileys. */
export function platformType(browser: string): number {
  const types = proto.DeviceProps.PlatformType as unknown as Record<string, number | undefined>;
  const name = browser.toUpperCase();
  return (name === 'ANDROID' ? types['ANDROID_PHONE'] : types[name]) || types['CHROME']!;
}
