import { isBytes, MAX_ARGUMENT_DEPTH } from './argument-shape.policy.js';
import { invalidArguments } from './invalid-arguments.policy.js';

/** Validation of arguments costs time per value, more than linearly for unknown fields: this many take about 0.1 s. */
export const MAX_ARGUMENT_VALUES = 5_000;

/** Refuses arguments of too many values before anything looks at them closely. What is too deep is left to `refuseHostileShape`. Throws `INVALID_ARGUMENTS`. */
export function checkArgumentSize(args: unknown): void {
  if (isBytes(args)) throw invalidArguments({ args: ['args must be plain JSON'] });
  const pending: [value: unknown, depth: number][] = [[args, 0]];
  let seen = 0;
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [value, depth] = next;
    // Bytes, and what lies deeper, the check of the shape refuses by its name: here they are one value.
    if (typeof value !== 'object' || value === null || isBytes(value) || depth > MAX_ARGUMENT_DEPTH) continue;
    for (const item of Object.values(value)) {
      if (++seen > MAX_ARGUMENT_VALUES) throw invalidArguments({ args: [`args must not have more than ${MAX_ARGUMENT_VALUES} values`] });
      pending.push([item, depth + 1]);
    }
  }
}
