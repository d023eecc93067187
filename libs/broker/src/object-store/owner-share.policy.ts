/** The fraction of the free space that one owner may use: a single owner may use a third of the store, and there is always room for another one. */
const PART_OF_FREE = 0.5;

export interface StoreFill {
  /** Size of the whole store in bytes. */
  readonly capacity: number;
  /** Bytes used by all owners together. */
  readonly used: number;
}

/** Returns whether no owner can exceed its share, so that the owner's files need not be listed. */
export function isAmple({ capacity, used }: StoreFill, wanted: number): boolean {
  return used + wanted <= PART_OF_FREE * (capacity - used - wanted);
}

/**
 * Returns how many of its files, oldest first, an owner must remove so that `wanted` more bytes fit into its share; `null` if removing all of them is not
 * enough.
 * Files of other owners are never removed, so what they use does not count as free.
 * @param files sizes of the owner's files, oldest first
 * @param unfinished bytes of the owner's files that are still being written
 */
export function filesToGiveUp(
  { capacity, used }: StoreFill,
  { files, unfinished, wanted }: { files: readonly number[]; unfinished: number; wanted: number }
): number | null {
  let held = files.reduce((sum, bytes) => sum + bytes, unfinished) + wanted;
  let free = capacity - used - wanted;
  for (let given = 0; ; given++) {
    if (held <= PART_OF_FREE * free) return given;
    if (given === files.length) return null;
    held -= files[given]!;
    free += files[given]!;
  }
}
