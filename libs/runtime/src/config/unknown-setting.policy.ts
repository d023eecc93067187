const OURS = /^WABUS_[A-Z0-9_]+$/i;
/** Names that cannot be enumerated: those of tests, and of the users on NATS. */
const OPEN_ENDED = /^WABUS_(TEST_\w+|NATS_\w+_PASSWORD)$/;

/** A variable that is set but that no process reads. */
export interface UnknownSetting {
  readonly name: string;
  /** The most similar known name; `null` if none is similar. */
  readonly nearest: string | null;
}

/**
 * Returns the unknown `WABUS_*` variables: a misspelled setting has no effect, and nothing else reports it.
 * @param known the names that any process, tool or test reads
 */
export function unknownSettings(env: Readonly<Record<string, string | undefined>>, known: readonly string[]): UnknownSetting[] {
  return Object.keys(env)
    .filter(name => OURS.test(name) && !known.includes(name) && !OPEN_ENDED.test(name))
    .sort()
    .map(name => ({ name, nearest: nearestTo(name, known) }));
}

function nearestTo(name: string, known: readonly string[]): string | null {
  let [nearest, least] = [null as string | null, Math.max(2, Math.floor(name.length / 4)) + 1];
  for (const candidate of known) {
    const edits = editDistance(name.toUpperCase(), candidate);
    if (edits < least) [nearest, least] = [candidate, edits];
  }
  return nearest;
}

/** Returns the number of insertions, deletions and substitutions (Levenshtein distance). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
