/** One owner may hold this part of what is free: alone a third of the store, and there is always room for a later one. */
const PART_OF_FREE = 0.5;

export interface StoreFill {
  /** Of the whole store. */
  readonly capacity: number;
  /** By all owners together. */
  readonly used: number;
}

/** Whether nobody can hold more than a share, so that whose files there are need not be asked. */
export function isAmple({ capacity, used }: StoreFill, wanted: number): boolean {
  return used + wanted <= PART_OF_FREE * (capacity - used - wanted);
}

/**
 * How many of its files, oldest first, an owner gives up so that `wanted` more bytes are within its share; `null` when even all of them are too few. What others hold does
 * not count as room: nobody's file goes for somebody else's.
 * @param files their sizes, oldest first
 * @param unfinished bytes of its files that are still coming
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
