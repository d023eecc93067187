import { proto, type WAPatchCreate, type WAPatchName } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import { element, SERVER_JID, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';
import { ensureAppStateKey } from './app-state-key.js';
import { appStateTermsOf } from './app-state-terms.js';
import { PatchStore } from './patch.store.js';

/** A change that the account's owner makes on the phone: archive a chat, save a contact, rename a label … */
export interface PhoneMutation {
  collection: WAPatchName;
  /** For example `['pin_v1', '<chat jid>']`. */
  index: string[];
  action: proto.ISyncActionValue;
  /** The version of the action's format; WhatsApp uses a different one per action, and Baileys does not read it. */
  apiVersion?: number;
  remove?: boolean;
}

/** Makes a change on the phone and notifies all companions to pull it. Resolves with the collection's new version once they are notified. */
export async function mutateFromPhone(world: World, account: Account, mutation: PhoneMutation): Promise<number> {
  await ensureAppStateKey(world, account);
  const { SET, REMOVE } = proto.SyncdMutation.SyncdOperation;
  const change: WAPatchCreate = {
    type: mutation.collection,
    index: mutation.index,
    syncAction: { timestamp: Date.now(), ...mutation.action },
    apiVersion: mutation.apiVersion ?? 2,
    operation: mutation.remove ? REMOVE : SET
  };
  const terms = appStateTermsOf(world);
  const forgery = terms.take(account, 'forged') ? terms.of(account).forgery : null;
  const version = await new PatchStore(account).append(change, { diverged: terms.take(account, 'diverged'), forgery });
  world.deliverToAll(account, serverSyncNotification(mutation.collection, version));
  world.events.emit('changed');
  return version;
}

/** Returns the notification that a collection has a new version. */
export function serverSyncNotification(name: WAPatchName, version: number): Stanza {
  return element('notification', { from: SERVER_JID, type: 'server_sync' }, [element('collection', { name, version })]);
}
