/** A value with more parts than this is folded initially. */
const MOST_OPEN_PARTS = 150;
const OPEN_DEPTH = 3;
/** The maximum number of shown parts of one list or object, and of characters in a text. Copying includes everything. */
export const MOST_PARTS = 200;
export const MOST_CHARACTERS = 4_000;

export function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Returns the parts of a list or object with their names; the parts of a list have no names. */
export function namedParts(value: object): [name: string | null, part: unknown][] {
  return Array.isArray(value) ? value.map((part: unknown) => [null, part]) : Object.entries(value);
}

/** Returns how many levels of a value are unfolded initially. */
export function openDepth(value: unknown): number {
  return countParts(value, MOST_OPEN_PARTS) < MOST_OPEN_PARTS ? Infinity : OPEN_DEPTH;
}

/** Counts up to `most` parts. */
function countParts(value: unknown, most: number): number {
  const pending = [value];
  let count = 0;
  while (pending.length > 0 && count < most) {
    const next = pending.pop();
    if (!isContainer(next)) continue;
    const parts: unknown[] = Object.values(next);
    count += parts.length;
    pending.push(...parts.slice(0, most));
  }
  return count;
}

/** Splits a text into pieces and marks those that match the search. */
export function markedPieces(text: string, find: string): { text: string; isMarked: boolean }[] {
  if (find === '') return [{ text, isMarked: false }];
  const [lower, wanted] = [text.toLowerCase(), find.toLowerCase()];
  const pieces: { text: string; isMarked: boolean }[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    if (at > from) pieces.push({ text: text.slice(from, at), isMarked: false });
    from = at + wanted.length;
    pieces.push({ text: text.slice(at, from), isMarked: true });
  }
  if (from < text.length) pieces.push({ text: text.slice(from), isMarked: false });
  return pieces;
}
