import { createHash } from 'node:crypto';

/** A process among which work is divided. */
export interface Member {
  readonly name: string;
  /** Share relative to the other members. Default 1. */
  readonly weight?: number;
}

/**
 * Returns the member to which a key belongs, by weighted rendezvous hashing; `null` without members.
 * Every process that has the same members gets the same result; a member that joins or leaves moves only its own share.
 * @param separator between key and member in the hash input. Processes of different releases must agree, so a use must never change it.
 */
export function rendezvous(key: string, members: Iterable<Member>, separator = '\n'): string | null {
  let best: string | null = null;
  let bestScore = -Infinity;
  for (const { name, weight = 1 } of members) {
    const score = weight / -Math.log(uniform(`${key}${separator}${name}`));
    if (score > bestScore || (score === bestScore && best !== null && name < best)) {
      best = name;
      bestScore = score;
    }
  }
  return best;
}

/** A process that measures silence with its own monotonic clock. */
export interface Observer {
  readonly now: number;
  /** The time since which it has renewed and received without interruption. A process that is cut off from the broker must not take the others for dead. */
  readonly steadySince: number;
}

/** Returns how long, in ms, a process has been silent as far as this observer can tell. Negative while the observer cannot tell. */
export const silenceMs = (seenAt: number, { now, steadySince }: Observer): number => now - Math.max(seenAt, steadySince);

const MAX_REMEMBERED = 100_000;
const remembered = new Map<string, number>();

/** Returns a number above 0 and below 1 that depends only on the text. Cached, because a few texts are looked up several times a second. */
function uniform(text: string): number {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const bits = createHash('sha256').update(text).digest().readUIntBE(0, 6);
  const number = (bits + 0.5) / 2 ** 48;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(text, number);
  return number;
}
