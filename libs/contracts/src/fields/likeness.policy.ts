/** Shorter names resemble each other too easily. */
const SHORTEST = 5;
const LONGEST = 40;
/** From this length on, two letters may be wrong; below it, only one. */
const LONG = 9;

/** Returns the known name that a name probably misspells, with a letter too many, missing, wrong or transposed; `null` if there is none. */
export function likeliestOf(known: readonly string[], name: string): string | null {
  if (name.length < SHORTEST || name.length > LONGEST) return null;
  const most = name.length < LONG ? 1 : 2;
  const near = known
    .map(candidate => ({ candidate, errors: distance(candidate.toLowerCase(), name.toLowerCase()) }))
    .filter(({ errors }) => errors <= most)
    .sort((a, b) => a.errors - b.errors);
  return near[0]?.candidate ?? null;
}

/** The Levenshtein distance, in which two transposed letters are one error. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2]![j - 2]! + 1 : Infinity;
      row.push(Math.min(row[j - 1]! + 1, rows[i - 1]![j]! + 1, rows[i - 1]![j - 1]! + (isSame ? 0 : 1), swapped));
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
