import { createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import { bytesToCrockford, proto } from '@whiskeysockets/baileys';
import { MalformedStanzaError } from '../stanza/stanza.js';

/**
 * The formulas of linking by passkey, which WhatsApp Web calls "Shortcake" or CRSC internally. Sources: whatsmeow PR 1186 (merged 2026-06-30), zapo
 * since 1.4.0, Baileys PR 2689 (closed), whatsapp-rust PR 997; they agree with each other.
 */
const HANDOFF_INFO = 'shortcake-passkey-handoff-v1';
const REQUEST_INFO = 'Pairing Information Encryption Key';
const KEY_BYTES = 32;
const TAG_BYTES = 16;
const CODE_BYTES = 5;

/** Returns the proof to the phone that the companion has the secret of the scanned QR code. */
export function servicePasskeyProof(advSecret: Buffer, prologue: Buffer): Buffer {
  return createHmac('sha256', servicePasskeyKey(advSecret)).update(prologue).digest();
}

export function servicePasskeyKey(advSecret: Buffer): Buffer {
  return derive(advSecret, '', HANDOFF_INFO);
}

/** Returns the hash in the prologue, which keeps the companion from choosing its nonce after it has seen the phone's key. */
export function commitmentOf(identity: Buffer, companionNonce: Buffer): Buffer {
  return createHash('sha256').update(identity).update(companionNonce).digest();
}

/** Returns the code that phone and companion show, `XXXX-XXXX`. */
export function codeOf(keys: { companionNonce: Buffer; primaryPublic: Buffer; primaryNonce: Buffer }): string {
  const digest = createHash('sha256').update(keys.companionNonce).update(keys.primaryPublic).digest();
  const bits = Buffer.from(keys.primaryNonce.subarray(0, CODE_BYTES).map((byte, index) => byte ^ (digest[index] ?? 0)));
  const code = bytesToCrockford(bits);
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** Returns the key with which the companion encrypts its registration. `shared` is the X25519 result of both ephemeral keys. */
export function serviceRequestKey(shared: Buffer, deviceType: number, reference: string): Buffer {
  return derive(shared, `Companion Pairing ${deviceType} with ref ${reference}`, REQUEST_INFO);
}

/** The companion's data about itself in the prologue. `encoded` are the bytes that the commitment covers. */
export interface PasskeyCompanion {
  encoded: Buffer;
  publicKey: Buffer;
  deviceType: number;
  reference: string;
}

/** Decodes a prologue. @throws MalformedStanzaError naming the defect */
export function readPrologue(payload: Buffer): { identity: PasskeyCompanion; commitment: Buffer } {
  const prologue = decoded('ProloguePayload', () => proto.ProloguePayload.decode(payload));
  const encoded = Buffer.from(prologue.companionEphemeralIdentity ?? []);
  const identity = decoded('CompanionEphemeralIdentity', () => proto.CompanionEphemeralIdentity.decode(encoded));
  if (!identity.deviceType) throw new MalformedStanzaError('no device type');
  return {
    identity: {
      encoded,
      publicKey: exactly(KEY_BYTES, identity.publicKey, 'companion public key'),
      deviceType: identity.deviceType,
      reference: identity.ref ?? ''
    },
    commitment: exactly(KEY_BYTES, prologue.commitment?.hash, 'commitment')
  };
}

/** The registration that the companion requests. */
export interface PairingRequest {
  noiseKey: Buffer;
  identityKey: Buffer;
  advSecret: Buffer;
}

/** Decrypts a companion's `<encrypted_pairing_request>`. @throws MalformedStanzaError naming the defect */
export function openRequest(sealed: Buffer, key: Buffer): PairingRequest {
  const { encryptedPayload, iv } = decoded('EncryptedPairingRequest', () => proto.EncryptedPairingRequest.decode(sealed));
  const box = Buffer.from(encryptedPayload ?? []);
  const plain = decoded('sealed payload', () => {
    const cipher = createDecipheriv('aes-256-gcm', key, exactly(12, iv, 'IV'));
    cipher.setAuthTag(box.subarray(-TAG_BYTES));
    return Buffer.concat([cipher.update(box.subarray(0, -TAG_BYTES)), cipher.final()]);
  });
  const request = decoded('PairingRequest', () => proto.PairingRequest.decode(plain));
  return {
    noiseKey: exactly(KEY_BYTES, request.companionPublicKey, 'Noise key'),
    identityKey: exactly(KEY_BYTES, request.companionIdentityKey, 'identity key'),
    advSecret: exactly(KEY_BYTES, request.advSecret, 'ADV secret')
  };
}

function derive(input: Buffer, salt: string, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', input, salt, info, KEY_BYTES));
}

function exactly(length: number, bytes: Uint8Array | null | undefined, name: string): Buffer {
  if (bytes?.length !== length) throw new MalformedStanzaError(`${name}: ${bytes?.length ?? 0} bytes instead of ${length}`);
  return Buffer.from(bytes);
}

function decoded<T>(name: string, decode: () => T): T {
  try {
    return decode();
  } catch (err) {
    if (err instanceof MalformedStanzaError) throw err;
    throw new MalformedStanzaError(`${name} cannot be read`);
  }
}
