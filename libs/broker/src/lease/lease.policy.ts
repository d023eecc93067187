import { createHash } from 'node:crypto';

/** One of those among whom work is divided. */
export interface Member {
  readonly name: string;
  /** Share relative to the others. Default 1. */
  readonly weight?: number;
}

/**
 * The member that a key belongs to: weighted rendezvous hashing. Every process that knows the same members comes to the same answer; a member that joins or leaves moves only
 * its own share. `null` without members.
 * @param separator between key and member in what is hashed. Processes of several releases have to agree: a use never changes it.
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

/** Who counts silence, by its own monotonic clock. */
export interface Observer {
  readonly now: number;
  /** Since when it renews and receives without interruption. A process that is cut off from the broker must not take the others for dead. */
  readonly steadySince: number;
}

/** How long somebody has been silent, as far as this observer knows. Negative while it does not. */
export const silenceMs = (seenAt: number, { now, steadySince }: Observer): number => now - Math.max(seenAt, steadySince);

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
