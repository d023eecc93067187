import type { Random } from '../seeded-random.js';

/** Bytes with a meaning for parsers. */
const TELLING = [
  '\r\n',
  '\r\n\r\n',
  '--',
  '--b',
  '--b\r\n',
  '--b--',
  '\0',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '%',
  '%00',
  '=',
  ';',
  '\u{1f4a9}',
  '-1',
  '1e999',
  '__proto__'
];

export const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
export const below = (random: Random, limit: number): number => Math.floor(random() * limit);

/** Returns the bytes with a few faults: bytes flipped, cut, repeated or moved, or a token that a parser searches for in an unexpected place. */
export function mutated(random: Random, bytes: Buffer): Buffer {
  let result = bytes;
  for (let faults = 1 + below(random, 4); faults > 0; faults--) result = withFault(random, result);
  return result.subarray(0, 256 * 1024);
}

function withFault(random: Random, bytes: Buffer): Buffer {
  const at = below(random, bytes.length + 1);
  const to = Math.min(bytes.length, at + 1 + below(random, 40));
  const [before, part, after] = [bytes.subarray(0, at), bytes.subarray(at, to), bytes.subarray(to)];
  switch (below(random, 7)) {
    case 0:
      return before;
    case 1:
      return Buffer.concat([before, after]);
    case 2:
      return Buffer.concat([before, ...Array.from({ length: 1 + below(random, 60) }, () => part), after]);
    case 3:
      return Buffer.concat([before, Buffer.from(pick(random, TELLING)), part, after]);
    case 4:
      return Buffer.concat([before, Buffer.from(part.map(byte => byte ^ (1 << below(random, 8)))), after]);
    case 5:
      return Buffer.concat([after, part, before]);
    default:
      return Buffer.concat([before, Buffer.from(pick(random, TELLING).repeat(1 + below(random, 300))), part, after]);
  }
}

const LEAVES: readonly unknown[] = [null, true, 0, -1, 1e308, '', 'x', '\ud800', '__proto__', '9'.repeat(400), [], {}, 'x'.repeat(70_000)];

/** Returns an unexpected JSON value. */
export function oddValue(random: Random, depth = 0): unknown {
  if (depth > 4 || random() < 0.4) return pick(random, LEAVES);
  const size = below(random, 4);
  if (random() < 0.5) return Array.from({ length: size }, () => oddValue(random, depth + 1));
  const names = ['key', 'id', 'message', 'text', 'constructor', 'toJSON', '__proto__', 'length', ''];
  return Object.fromEntries(Array.from({ length: size }, () => [pick(random, names), oddValue(random, depth + 1)]));
}
