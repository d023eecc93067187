import type { Device } from '../accounts/account.js';
import { encodeKeyBundle, encodeKeyDigest, keyBundleParts, readPreKey, readSignedPreKey } from '../accounts/key-bundle.codec.js';
import { emptyResult, type IqAnswer, type IqRequest } from '../world/iq-request.js';
import { child, children, element, MalformedStanzaError, integerOf, requiredBytes, requiredChild, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';

/** Answers the iqs of `encrypt`: the number of one-time keys left, a check of the keys, uploads, rotation, and the bundles of others. */
export async function answerEncrypt({ world, device, stanza, type, tag }: IqRequest): Promise<IqAnswer> {
  if (!device) return { error: { code: 401, text: 'not-authorized' } };
  if (type === 'get') {
    switch (tag) {
      case 'count':
        return { result: [element('count', { value: device.preKeys.size })] };
      case 'key_fetch': {
        const users = await Promise.all(children(requiredChild(stanza, 'key_fetch'), 'user').map(user => missingKeysOf(world, user)));
        return { result: [element('list', {}, users)] };
      }
      case 'digest':
        return { result: [encodeKeyDigest(device)] };
      default: {
        const users = await Promise.all(children(requiredChild(stanza, 'key'), 'user').map(user => bundleOf(world, user)));
        return { result: [element('list', {}, users)] };
      }
    }
  }
  if (tag === 'rotate') device.rotate(readSignedPreKey(requiredChild(child(stanza, 'rotate'), 'skey')));
  else upload(device, stanza);
  world.events.emit('changed');
  return emptyResult;
}

function upload(device: Device, stanza: Stanza): void {
  const identityKey = requiredBytes(child(stanza, 'identity'));
  const signedPreKey = readSignedPreKey(requiredChild(stanza, 'skey'));
  const registrationId = integerOf(requiredBytes(child(stanza, 'registration')));
  const preKeys = children(child(stanza, 'list'), 'key').map(readPreKey);
  if (identityKey.length !== 32) throw new MalformedStanzaError('an identity key of the wrong length');
  Object.assign(device, { identityKey, signedPreKey, registrationId });
  for (const { id, publicKey } of preKeys) device.preKeys.set(id, publicKey);
}

/** Returns the bundles of single devices of a user, for a client whose messages those devices could not read (zapo SignalMissingPreKeysSyncApi). */
async function missingKeysOf(world: World, user: Stanza): Promise<Stanza> {
  const { jid } = user.attrs;
  const account = world.accounts.resolve(jid)?.account;
  if (!account) return element('user', { jid }, [element('error', { code: 404, text: 'item-not-found' })]);
  const devices = await Promise.all(
    children(user, 'device').map(async ({ attrs: { id } }) => {
      const companion = account.devices.get(Number(id));
      const bundle = id === '0' ? await account.phone.bundle() : companion && !companion.keyless && world.takeBundle(companion);
      return bundle ? [element('device', { id }, keyBundleParts(bundle))] : [];
    })
  );
  return element('user', { jid }, devices.flat());
}

async function bundleOf(world: World, user: Stanza): Promise<Stanza> {
  const jid = user.attrs['jid'];
  const found = world.accounts.resolve(jid);
  if (found?.device === 0) return encodeKeyBundle(jid, await found.account.phone.bundle());
  if (found?.companion && !found.companion.keyless) return encodeKeyBundle(jid, world.takeBundle(found.companion));
  return element('user', { jid }, [element('error', { code: 404, text: 'item-not-found' })]);
}
