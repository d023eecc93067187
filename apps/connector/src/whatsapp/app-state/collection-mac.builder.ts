import { createHmac } from 'node:crypto';
import { hkdf } from '../baileys.js';

/** Where each key is among the five that are made of a key which devices share (Baileys `expandAppStateKeys`, whatsmeow `keys.go`). */
const INDEX_KEY = 0;
const SNAPSHOT_KEY = 3;

/** A collection as its author sees it after a change. */
export interface CollectionState {
  readonly name: string;
  readonly version: number;
  /** 128 bytes. */
  readonly hash: Uint8Array;
}

/** The code over the whole of a collection: that of a snapshot, and the one which each patch repeats of its author's copy. */
export function collectionMac({ name, version, hash }: CollectionState, keyData: Uint8Array): Buffer {
  const order = Buffer.alloc(8);
  order.writeBigUInt64BE(BigInt(version));
  return createHmac('sha256', derived(keyData, SNAPSHOT_KEY)).update(hash).update(order).update(name).digest();
}

/** The code of an index, such as `["mute","<jid>"]`, which nobody else may read. */
export function indexMac(index: Uint8Array, keyData: Uint8Array): Buffer {
  return createHmac('sha256', derived(keyData, INDEX_KEY)).update(index).digest();
}

function derived(keyData: Uint8Array, position: number): Buffer {
  return Buffer.from(hkdf(Buffer.from(keyData), 160, { info: 'WhatsApp Mutation Keys' })).subarray(position * 32, position * 32 + 32);
}
