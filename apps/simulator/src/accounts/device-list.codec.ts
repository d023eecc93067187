import { createHash } from 'node:crypto';
import type { Addressing } from '@wabus/testing';
import type { Account } from './account.js';
import { serverOf } from './jid.js';

/** A device of an account by its number; 0 is the phone. */
export interface ListedDevice {
  readonly account: Account;
  readonly device: number;
}

/** Returns all devices of an account to which others write. */
export function listedDevices(account: Account): ListedDevice[] {
  const companions = account.companions().map(({ id }) => ({ account, device: id }));
  return account.advertisePhone ? [{ account, device: 0 }, ...companions] : companions;
}

/**
 * Returns the hash of a list of devices (`phash`, `dhash`): of their sorted jids with agent
 * and device number. The form is that of whatsmeow (`participantListHashV2`, `ADString`).
 * The order in which the service counts own devices is not known to matter.
 */
export function announcedHash(devices: readonly ListedDevice[], addressing: Addressing): string {
  const jids = devices.map(({ account, device }) => `${account.user(addressing)}.0:${device}@${serverOf(addressing, device)}`);
  const digest = createHash('sha256').update(jids.sort().join('')).digest();
  return `2:${digest.subarray(0, 6).toString('base64').replace(/=+$/, '')}`;
}
