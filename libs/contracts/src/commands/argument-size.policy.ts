import { WabusError } from '../errors/wabus-error.js';

/** Validation of arguments costs time per value, more than linearly for unknown fields: this many take about 0.1 s. */
export const MAX_ARGUMENT_VALUES = 5_000;

/** Refuses arguments of too many values, and bytes, before anything looks at them closely. Throws `INVALID_ARGUMENTS`. */
export function checkArgumentSize(args: unknown): void {
  // A stack instead of recursion: JSON may be nested deeper than the call stack.
  const pending: unknown[] = [args];
  let seen = 0;
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) throw invalid('args must be plain JSON: send bytes as base64');
    for (const item of Object.values(value)) {
      if (++seen > MAX_ARGUMENT_VALUES) throw invalid(`args must not have more than ${MAX_ARGUMENT_VALUES} values`);
      pending.push(item);
    }
  }
}

function invalid(what: string): WabusError {
  return new WabusError('INVALID_ARGUMENTS', { message: `Argument args: ${what}.`, details: { fields: { args: [what] } } });
}
