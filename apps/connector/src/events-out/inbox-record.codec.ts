import { decodeCursor, type Cursor } from '@wabus/contracts';
import type { KeptStanza } from '../whatsapp/inbox.js';
import type { InboxContentStore } from './inbox-content.store.js';

const BYTES_OF_A_NODE = 200;

/** One entry as it is stored. */
export interface InboxRecord {
  readonly n: number;
  readonly group: number;
  readonly hash: string;
  readonly plaintext: Uint8Array;
  readonly stanza: KeptStanza;
  /** Number of separate records with its large bytes. */
  readonly pieces?: number;
  /** No event of the entry is at or before this position in the log. */
  readonly after: Cursor | null;
  /** Entries up to this number were finished when this one was written. */
  readonly done: number;
}

export type InboxValue = Pick<InboxRecord, 'plaintext' | 'stanza'>;

/** Returns the content of an entry; `null` if a part of it is gone. */
export async function keptContentOf(
  { n, plaintext, stanza, pieces = 0 }: InboxRecord,
  contents: InboxContentStore
): Promise<InboxValue | null> {
  const value = { plaintext, stanza };
  return pieces === 0 ? value : ((await contents.get(n, { value, pieces })) as InboxValue | null);
}

/** Returns the approximate size of a stanza in bytes. */
export function bytesOfKept(value: unknown): number {
  if (value instanceof Uint8Array) return value.length;
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, item) => sum + bytesOfKept(item), BYTES_OF_A_NODE);
}

/** Returns the earlier of two positions; an unknown one does not count. */
export function earlier(a: Cursor | null, b: Cursor | null): Cursor | null {
  const [left, right] = [a === null ? null : decodeCursor(a), b === null ? null : decodeCursor(b)];
  if (!left || !right) return left ? a : b;
  return left.sequence <= right.sequence ? a : b;
}
