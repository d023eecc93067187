import { randomBytes } from 'node:crypto';
import { calculateSignature, generateIdentityKeyPair } from 'whatsapp-rust-bridge';
import { bytesJson } from '../bytes/byte-forms.codec.js';

/** A key pair as Baileys has it, in bytes. */
export interface TestPair {
  readonly public: Uint8Array;
  readonly private: Uint8Array;
}

export function newPair(): TestPair {
  const { pubKey, privKey } = generateIdentityKeyPair();
  return { public: pubKey.slice(-32), private: privKey };
}

const joined = (...parts: (Uint8Array | number[])[]): Uint8Array => Uint8Array.from(parts.flatMap(part => [...part]));

/**
 * Returns the credentials of a linked device, with signatures made by whatsapp-rust-bridge.
 * @param options with `hosted`, the account is hosted by Meta
 */
export function linkedCredentials({ hosted = false } = {}): Record<string, unknown> {
  const [noise, identity, preKey, account] = [newPair(), newPair(), newPair(), newPair()];
  const details = hosted ? Uint8Array.from([8, 1, 24, 5, 40, 1]) : Uint8Array.from([8, 1, 24, 5]);
  const accountSignature = calculateSignature(account.private, joined([6, hosted ? 5 : 0], details, identity.public));
  const deviceSignature = calculateSignature(identity.private, joined([6, 1], details, identity.public, account.public));
  return {
    noiseKey: jsonPair(noise),
    signedIdentityKey: jsonPair(identity),
    signedPreKey: {
      keyPair: jsonPair(preKey),
      signature: bytesJson(calculateSignature(identity.private, joined([5], preKey.public))),
      keyId: 1
    },
    registrationId: 107,
    advSecretKey: randomBytes(32).toString('base64'),
    me: { id: '15550000001:12@s.whatsapp.net', lid: '900015550000001:12@lid', name: 'Alice' },
    account: {
      details: Buffer.from(details).toString('base64'),
      accountSignatureKey: Buffer.from(account.public).toString('base64'),
      accountSignature: Buffer.from(accountSignature).toString('base64'),
      deviceSignature: Buffer.from(deviceSignature).toString('base64')
    },
    signalIdentities: [
      { identifier: { name: '900015550000001:12@lid', deviceId: 0 }, identifierKey: bytesJson(joined([5], account.public)) }
    ],
    nextPreKeyId: 31,
    firstUnuploadedPreKeyId: 31
  };
}

export const jsonPair = (pair: TestPair) => ({ public: bytesJson(pair.public), private: bytesJson(pair.private) });
