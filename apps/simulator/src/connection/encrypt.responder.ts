import { encodeBigEndian } from '@whiskeysockets/baileys';
import type { Device, KeyBundle, PublicPreKey } from '../accounts/account.js';
import { emptyResult, type IqAnswer, type IqRequest } from '../world/iq-request.js';
import {
  child,
  children,
  element,
  integerOf,
  MalformedStanzaError,
  requiredBytes,
  requiredChild,
  secondsNow,
  type Stanza
} from '../stanza/stanza.js';
import type { World } from '../world/world.js';

/** The type byte of Curve25519 keys; on the wire it stands beside the key, not before it. */
const KEY_TYPE = Buffer.from([5]);

/** Answers the iqs of `encrypt`: how many one-time keys are left, a check of the keys, uploads, rotation, and the bundles of others. */
export async function answerEncrypt({ world, device, stanza, type, tag }: IqRequest): Promise<IqAnswer> {
  if (!device) return { error: { code: 401, text: 'not-authorized' } };
  if (type === 'get') {
    switch (tag) {
      case 'count':
        return { result: [element('count', { value: device.preKeys.size })] };
      case 'digest':
        return { result: [digestOf(device)] };
      default: {
        const users = await Promise.all(children(requiredChild(stanza, 'key'), 'user').map(user => bundleOf(world, user)));
        return { result: [element('list', {}, users)] };
      }
    }
  }
  if (tag === 'rotate') device.signedPreKey = readSignedPreKey(requiredChild(child(stanza, 'rotate'), 'skey'));
  else upload(device, stanza);
  world.events.emit('changed');
  return emptyResult;
}

/** Reads `<skey>` as it stands in uploads, bundles and retry receipts. */
export function readSignedPreKey(stanza: Stanza): PublicPreKey & { signature: Buffer } {
  return { ...readPreKey(stanza), signature: requiredBytes(child(stanza, 'signature')) };
}

/** Reads `<key>`: the id and the public key. */
export function readPreKey(stanza: Stanza): PublicPreKey {
  return { id: integerOf(requiredBytes(child(stanza, 'id'))), publicKey: requiredBytes(child(stanza, 'value')) };
}

function upload(device: Device, stanza: Stanza): void {
  const identityKey = requiredBytes(child(stanza, 'identity'));
  const signedPreKey = readSignedPreKey(requiredChild(stanza, 'skey'));
  const registrationId = integerOf(requiredBytes(child(stanza, 'registration')));
  const preKeys = children(child(stanza, 'list'), 'key').map(readPreKey);
  if (identityKey.length !== 32) throw new MalformedStanzaError('an identity key of a wrong length');
  Object.assign(device, { identityKey, signedPreKey, registrationId });
  for (const { id, publicKey } of preKeys) device.preKeys.set(id, publicKey);
}

async function bundleOf(world: World, user: Stanza): Promise<Stanza> {
  const jid = user.attrs['jid'];
  const found = world.accounts.resolve(jid);
  if (found?.device === 0) return bundle(jid, await found.account.phone.bundle());
  if (found?.companion) return bundle(jid, world.takeBundle(found.companion));
  return element('user', { jid }, [element('error', { code: 404, text: 'item-not-found' })]);
}

function bundle(jid: string | undefined, keys: KeyBundle): Stanza {
  const content = [
    element('registration', {}, encodeBigEndian(keys.registrationId)),
    element('type', {}, KEY_TYPE),
    element('identity', {}, keys.identityKey),
    signedPreKey(keys.signedPreKey)
  ];
  if (keys.preKey) content.push(element('key', {}, preKeyParts(keys.preKey)));
  return element('user', { jid, t: secondsNow() }, content);
}

function digestOf(device: Device): Stanza {
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
