import { createHash } from 'node:crypto';
import { encodeBigEndian } from '@whiskeysockets/baileys';
import { child, element, integerOf, requiredBytes, secondsNow, type Stanza } from '../stanza/stanza.js';

/** A public pre-key as a device uploaded it; signed pre-keys have a `signature`. */
export interface PublicPreKey {
  id: number;
  publicKey: Buffer;
  signature?: Buffer;
}

/** The keys that another device needs to open a Signal session with this one. */
export interface KeyBundle {
  registrationId: number;
  identityKey: Buffer;
  signedPreKey: PublicPreKey & { signature: Buffer };
  /** Missing if the one-time keys have run out. */
  preKey?: PublicPreKey;
}

/** The type byte of Curve25519 keys; on the wire it is a separate element, not a prefix of the key. */
const KEY_TYPE = Buffer.from([5]);

/** Reads `<skey>` from uploads, bundles and retry receipts. */
export function readSignedPreKey(stanza: Stanza): PublicPreKey & { signature: Buffer } {
  return { ...readPreKey(stanza), signature: requiredBytes(child(stanza, 'signature')) };
}

/** Reads `<key>`: the id and the public key. */
export function readPreKey(stanza: Stanza): PublicPreKey {
  return { id: integerOf(requiredBytes(child(stanza, 'id'))), publicKey: requiredBytes(child(stanza, 'value')) };
}

/** Encodes the keys of `jid` as the response to a client that requests them. */
export function encodeKeyBundle(jid: string | undefined, keys: KeyBundle): Stanza {
  return element('user', { jid, t: secondsNow() }, keyBundleParts(keys));
}

/** Encodes a bundle as `<user>` and `<device>` contain it. */
export function keyBundleParts(keys: KeyBundle): Stanza[] {
  return [...commonParts(keys), ...oneTimeKey(keys)];
}

/**
 * Encodes `<keys>` of a retry receipt, which it has from the second retry on
 * (whatsmeow retry.go `sendRetryReceipt`). A phone has no `<device-identity>`.
 */
export function encodeRetryKeys(keys: KeyBundle): Stanza {
  const identity = element('identity', {}, keys.identityKey);
  return element('keys', {}, [element('type', {}, KEY_TYPE), identity, ...oneTimeKey(keys), signedPreKey(keys.signedPreKey)]);
}

/**
 * Encodes the keys of a device for the comparison with its own keys: the one-time keys by id, and a SHA-1 over the public identity key, the signed
 * key with its signature, and the one-time keys in the order of the list (zapo SignalDigestSyncApi).
 */
export function encodeKeyDigest(device: Omit<KeyBundle, 'preKey'> & { preKeys: ReadonlyMap<number, Buffer> }): Stanza {
  const { identityKey, signedPreKey: signed, preKeys } = device;
  const ids = [...preKeys.keys()].map(id => element('id', {}, encodeBigEndian(id, 3)));
  const hash = createHash('sha1').update(Buffer.concat([identityKey, signed.publicKey, signed.signature, ...preKeys.values()]));
  return element('digest', {}, [...commonParts(device), element('list', {}, ids), element('hash', {}, hash.digest())]);
}

function commonParts(keys: Omit<KeyBundle, 'preKey'>): Stanza[] {
  return [
    element('registration', {}, encodeBigEndian(keys.registrationId)),
    element('type', {}, KEY_TYPE),
    element('identity', {}, keys.identityKey),
    signedPreKey(keys.signedPreKey)
  ];
}

const oneTimeKey = ({ preKey }: KeyBundle): Stanza[] => (preKey ? [element('key', {}, preKeyParts(preKey))] : []);

function signedPreKey(key: PublicPreKey & { signature: Buffer }): Stanza {
  return element('skey', {}, [...preKeyParts(key), element('signature', {}, key.signature)]);
}

function preKeyParts(key: PublicPreKey): Stanza[] {
  return [element('id', {}, encodeBigEndian(key.id, 3)), element('value', {}, key.publicKey)];
}
