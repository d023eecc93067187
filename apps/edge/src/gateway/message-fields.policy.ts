import { WabusError } from '@wabus/contracts';

const NAMED_IN_ERRORS = 20;

/** The fields of a message that must be a plain object with no fields but these. Throws `INVALID_REQUEST` and names the others. */
export function fieldsOf(message: unknown, known: readonly string[]): Record<string, unknown> {
  if (typeof message !== 'object' || message === null || Array.isArray(message) || ArrayBuffer.isView(message)) {
    throw new WabusError('INVALID_REQUEST', { message: `The message must be an object with the fields ${known.join(', ')}.` });
  }
  const unknown = Object.keys(message).filter(name => !known.includes(name));
  if (unknown.length > 0) {
    const named = unknown.slice(0, NAMED_IN_ERRORS).map(name => name.slice(0, 100));
    throw new WabusError('INVALID_REQUEST', {
      message: `The message may only have the fields ${known.join(', ')}.`,
      details: { unknown: named }
    });
  }
  // Only its own fields: nothing comes from a prototype.
  return Object.assign(Object.create(null) as Record<string, unknown>, message);
}
