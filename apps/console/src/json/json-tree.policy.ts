/** A value with more parts than this is folded at first. */
const MOST_OPEN_PARTS = 150;
const OPEN_DEPTH = 3;
/** Of one list or object so many parts are shown, and so many characters of a text. Copying takes all. */
export const MOST_PARTS = 200;
export const MOST_CHARACTERS = 4_000;

export function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The parts of a list or object with their names; a list has none. */
export function namedParts(value: object): [name: string | null, part: unknown][] {
  return Array.isArray(value) ? value.map((part: unknown) => [null, part]) : Object.entries(value);
}

/** How deep a value is unfolded when it is shown first. */
export function openDepth(value: unknown): number {
  return countParts(value, MOST_OPEN_PARTS) < MOST_OPEN_PARTS ? Infinity : OPEN_DEPTH;
}

/** Counts no further than `most`. */
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

/** A text in pieces, those that were searched for marked. */
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
