import { createHash } from 'node:crypto';

export interface Candidate {
  readonly connector: string;
  readonly weight: number;
}

/**
 * The connector that should have a session: weighted rendezvous hashing. Every process that knows the same candidates comes to the same answer;
 * a candidate that joins or leaves moves only its own share. `null` without candidates.
 */
export function choosePlace(session: string, candidates: Iterable<Candidate>): string | null {
  let best: string | null = null;
  let bestScore = -Infinity;
  for (const { connector, weight } of candidates) {
    const score = weight / -Math.log(uniform(`${session}\n${connector}`));
    if (score > bestScore || (score === bestScore && best !== null && connector < best)) {
      best = connector;
      bestScore = score;
    }
  }
  return best;
}

const MAX_REMEMBERED = 100_000;
const remembered = new Map<string, number>();

/** A number above 0 and below 1 that depends on the text alone. Remembered, since the same few are asked for several times a second. */
function uniform(text: string): number {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const bits = createHash('sha256').update(text).digest().readUIntBE(0, 6);
  const number = (bits + 0.5) / 2 ** 48;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(text, number);
  return number;
}
