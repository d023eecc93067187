import { WabusError } from '@wabus/contracts';

export type Query = Readonly<Record<string, unknown>>;

/** Throws `INVALID_REQUEST` that names the first parameter which is not among these. */
export function refuseOtherParameters(query: Query, known: readonly string[]): void {
  const unknown = Object.keys(query).find(name => !known.includes(name));
  if (unknown === undefined) return;
  const field = unknown.slice(0, 100);
  throw invalidParameter(field, `is no parameter of this address: ${known.join(', ')}`);
}

/** The value of a parameter that may be there once. Throws `INVALID_REQUEST`. */
export function oneText(query: Query, field: string, maxLength = 256): string | undefined {
  const value = query[field];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '' || value.length > maxLength)
    throw invalidParameter(field, `is to be given once, with 1 to ${maxLength} characters`);
  return value;
}

/** The values of a parameter that may be repeated, or hold several between commas; each once. `undefined` when it is not there. Throws `INVALID_REQUEST`. */
export function textList(query: Query, field: string, most = 256): string[] | undefined {
  const value = query[field];
  if (value === undefined) return undefined;
  const texts = (Array.isArray(value) ? value : [value]).flatMap(text => (typeof text === 'string' ? text.split(',') : [text as unknown]));
  if (texts.length > most || !texts.every(text => typeof text === 'string' && text !== '' && text.length <= 256))
    throw invalidParameter(field, `holds 1 to ${most} texts, repeated or between commas`);
  return [...new Set(texts as string[])];
}

export interface NumberRange {
  readonly least: number;
  readonly most: number;
  /** When the parameter is not there. */
  readonly otherwise: number;
}

/** A whole number. Throws `INVALID_REQUEST`. */
export function wholeNumber(query: Query, field: string, { least, most, otherwise }: NumberRange): number {
  const value = query[field];
  if (value === undefined) return otherwise;
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : NaN;
  if (!(number >= least && number <= most)) throw invalidParameter(field, `is a whole number from ${least} to ${most}`);
  return number;
}

export function invalidParameter(field: string, what: string): WabusError {
  return new WabusError('INVALID_REQUEST', { message: `${field} ${what}.`, details: { field } });
}
