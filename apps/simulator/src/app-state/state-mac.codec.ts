import { createHmac } from 'node:crypto';
import { hkdf } from '@whiskeysockets/baileys';
import type { AppStateKey } from '../accounts/account.js';

interface AuthenticatedState {
  readonly name: string;
  readonly version: number;
}

/** Returns the code over a whole collection: it verifies a snapshot, and each patch repeats it for its sender's copy. */
export function snapshotMac(hash: Uint8Array, { name, version }: AuthenticatedState, key: AppStateKey): Buffer {
  return createHmac('sha256', keyAt(key, 3)).update(hash).update(networkOrder(version)).update(name).digest();
}

/** Returns the code over one patch, which authenticates the author. */
export function patchMac(
  { snapshotMac: code, valueMacs }: { snapshotMac: Uint8Array; valueMacs: readonly Uint8Array[] },
  { name, version }: AuthenticatedState,
  key: AppStateKey
): Buffer {
  const mac = createHmac('sha256', keyAt(key, 4)).update(code);
  for (const each of valueMacs) mac.update(each);
  return mac.update(networkOrder(version)).update(name).digest();
}

/** Returns one of the five keys that are derived from the key that devices share: `expandAppStateKeys` of Baileys. */
function keyAt({ keyData }: AppStateKey, index: number): Buffer {
  return Buffer.from(hkdf(Buffer.from(keyData.keyData!), 160, { info: 'WhatsApp Mutation Keys' })).subarray(index * 32, index * 32 + 32);
}

function networkOrder(version: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(version));
  return bytes;
}
