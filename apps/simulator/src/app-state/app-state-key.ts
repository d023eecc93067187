import { phoneSenderOf } from '../messages/phone-sender.js';
import { randomBytes } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';
import type { Account, AppStateKey, Device } from '../accounts/account.js';
import type { World } from '../world/world.js';
import { appStateTermsOf } from './app-state-terms.js';

/** Returns the key with which the account's phone and companions encrypt app-state patches; creates it on first use. */
export function appStateKeyOf(account: Account): AppStateKey {
  account.appStateKey ??= freshKey();
  return account.appStateKey;
}

function freshKey(): AppStateKey {
  return {
    keyId: randomBytes(6),
    keyData: {
      keyData: randomBytes(32),
      fingerprint: { rawId: 1, currentIndex: 0, deviceIndexes: [0] },
      timestamp: Date.now()
    }
  };
}

/** Switches the phone to a new key, which it does not share. */
export function renewAppStateKey(account: Account): void {
  if (account.appStateKey) account.formerAppStateKeys.push(account.appStateKey);
  account.appStateKey = freshKey();
}

function keyWithId(account: Account, keyId: string): AppStateKey | undefined {
  return [...account.formerAppStateKeys, appStateKeyOf(account)].find(key => key.keyId.toString('base64') === keyId);
}

/**
 * Gives a device the keys that it requests (`appStateSyncKeyRequest`), and
 * lists those that the phone lacks without their data (whatsapp-rust PR 1052).
 * Resolves once the message is queued.
 */
export async function answerKeyRequest(world: World, device: Device, { keyIds }: proto.Message.IAppStateSyncKeyRequest): Promise<void> {
  const { keys: answer } = appStateTermsOf(world).of(device.account);
  if (answer === 'silent') return;
  const asked = (keyIds ?? []).map(({ keyId }) => Buffer.from(keyId ?? []));
  const keys = asked.map(keyId => (answer === 'given' && keyWithId(device.account, keyId.toString('base64'))) || { keyId });
  await sendKeys(world, device.account, keys, device);
}

/** Returns the key look-up for Baileys' patch functions, which identify keys by base64 key id. */
export function appStateKeyLookup(account: Account): (keyId: string) => Promise<proto.Message.IAppStateSyncKeyData | undefined> {
  return keyId => {
    return Promise.resolve(keyWithId(account, keyId)?.keyData);
  };
}

/** Devices that have been given the key since this process started. */
const sharedWith = new WeakSet<Device>();

/** Gives the app-state key to the account's companions, or only to `only`. Resolves once the message is queued. */
export async function shareAppStateKey(world: World, account: Account, only?: Device): Promise<void> {
  for (const device of only ? [only] : account.companions()) sharedWith.add(device);
  await sendKeys(world, account, [appStateKeyOf(account)], only);
}

async function sendKeys(
  world: World,
  account: Account,
  keys: (Pick<AppStateKey, 'keyId'> & Partial<AppStateKey>)[],
  only?: Device
): Promise<void> {
  await phoneSenderOf(world).sendPeer(
    account,
    {
      protocolMessage: {
        type: proto.Message.ProtocolMessage.Type.APP_STATE_SYNC_KEY_SHARE,
        appStateSyncKeyShare: { keys: keys.map(({ keyId, keyData }) => ({ keyId: { keyId }, keyData })) }
      }
    },
    only
  );
}

/** Shares the key with the devices of the account that do not have it yet. */
export async function ensureAppStateKey(world: World, account: Account): Promise<void> {
  for (const device of account.companions()) if (!sharedWith.has(device)) await shareAppStateKey(world, account, device);
}
