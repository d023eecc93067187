import { createHmac } from 'node:crypto';
import { hkdf } from '../baileys.js';

/** The positions of these keys among the five keys that are derived from one shared key (Baileys `expandAppStateKeys`, whatsmeow `keys.go`). */
const INDEX_KEY = 0;
const SNAPSHOT_KEY = 3;

/** The state of a collection after a change, as in its author's copy. */
export interface CollectionState {
  readonly name: string;
  readonly version: number;
  /** 128 bytes. */
  readonly hash: Uint8Array;
}

/** Returns the MAC over a whole collection: the MAC of a snapshot, which each patch also contains for its author's copy. */
export function collectionMac({ name, version, hash }: CollectionState, keyData: Uint8Array): Buffer {
  const order = Buffer.alloc(8);
  order.writeBigUInt64BE(BigInt(version));
  return createHmac('sha256', derived(keyData, SNAPSHOT_KEY)).update(hash).update(order).update(name).digest();
}

/** Returns the MAC of an index such as `["mute","<jid>"]`, which hides the index from WhatsApp. */
export function indexMac(index: Uint8Array, keyData: Uint8Array): Buffer {
  return createHmac('sha256', derived(keyData, INDEX_KEY)).update(index).digest();
}

function derived(keyData: Uint8Array, position: number): Buffer {
  return Buffer.from(hkdf(Buffer.from(keyData), 160, { info: 'WhatsApp Mutation Keys' })).subarray(position * 32, position * 32 + 32);
}
