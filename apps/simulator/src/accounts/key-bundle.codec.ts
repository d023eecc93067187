import { encodeBigEndian } from '@whiskeysockets/baileys';
import { child, element, integerOf, requiredBytes, secondsNow, type Stanza } from '../stanza/stanza.js';

/** A public pre-key as a device uploaded it; `signature` is there on signed ones. */
export interface PublicPreKey {
  id: number;
  publicKey: Buffer;
  signature?: Buffer;
}

/** What another device needs to open a Signal session with this one. */
export interface KeyBundle {
  registrationId: number;
  identityKey: Buffer;
  signedPreKey: PublicPreKey & { signature: Buffer };
  /** Missing when the one-time keys have run out. */
  preKey?: PublicPreKey;
}

/** The type byte of Curve25519 keys; on the wire it stands beside the key, not before it. */
const KEY_TYPE = Buffer.from([5]);

/** Reads `<skey>` as it stands in uploads, bundles and retry receipts. */
export function readSignedPreKey(stanza: Stanza): PublicPreKey & { signature: Buffer } {
  return { ...readPreKey(stanza), signature: requiredBytes(child(stanza, 'signature')) };
}

/** Reads `<key>`: the id and the public key. */
export function readPreKey(stanza: Stanza): PublicPreKey {
  return { id: integerOf(requiredBytes(child(stanza, 'id'))), publicKey: requiredBytes(child(stanza, 'value')) };
}

/** The keys of `jid`, for whoever asks for them. */
export function encodeKeyBundle(jid: string | undefined, keys: KeyBundle): Stanza {
  const content = [
    element('registration', {}, encodeBigEndian(keys.registrationId)),
    element('type', {}, KEY_TYPE),
    element('identity', {}, keys.identityKey),
    signedPreKey(keys.signedPreKey)
  ];
  if (keys.preKey) content.push(element('key', {}, preKeyParts(keys.preKey)));
  return element('user', { jid, t: secondsNow() }, content);
}

/** The keys of a device without its one-time keys: it compares them with its own. */
export function encodeKeyDigest(device: Omit<KeyBundle, 'preKey'>): Stanza {
  return element('digest', {}, [
    element('registration', {}, encodeBigEndian(device.registrationId)),
    element('type', {}, KEY_TYPE),
    element('identity', {}, device.identityKey),
    signedPreKey(device.signedPreKey)
  ]);
}

function signedPreKey(key: PublicPreKey & { signature: Buffer }): Stanza {
  return element('skey', {}, [...preKeyParts(key), element('signature', {}, key.signature)]);
}

function preKeyParts(key: PublicPreKey): Stanza[] {
  return [element('id', {}, encodeBigEndian(key.id, 3)), element('value', {}, key.publicKey)];
}
