import { decodeCursor, WabusError } from '@wabus/contracts';

/** With a zone, so that it means the same everywhere. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** A cursor or an ISO time, told apart by their form. Throws `INVALID_ARGUMENTS` that names the field. */
export function parseSince(text: string): { cursor: string } | { time: Date } {
  if (TIME.test(text) && !Number.isNaN(Date.parse(text))) return { time: new Date(text) };
  if (decodeCursor(text) !== null) return { cursor: text };
  const what = 'since must be a cursor or an ISO time with its zone';
  throw new WabusError('INVALID_ARGUMENTS', { message: `Argument since: ${what}.`, details: { fields: { since: [what] } } });
}
