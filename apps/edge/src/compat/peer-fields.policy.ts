import { WabusError } from '@wabus/contracts';

type Fields = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns the object, or an empty one if the value is not an object. */
export const objectOf = (value: unknown): Record<string, unknown> => (isJsonObject(value) ? value : {});

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** Returns the error for one field, which states that nothing was done. */
export function wrongField(field: string, what: string): WabusError {
  const message = `${field} ${what}`;
  return new WabusError('INVALID_ARGUMENTS', { message: `${message}. Nothing was done.`, details: { fields: { [field]: [message] } } });
}

const MOST = 1_048_576;

/** Returns a required text. Programs in JavaScript and PHP also send numbers. */
export function textIn(fields: Fields, field: string): string {
  const text = optionalText(fields, field);
  if (text === undefined || text === '') throw wrongField(field, 'must be a non-empty string');
  return text;
}

/** Returns a text that may be missing or `null`. */
export function optionalText(fields: Fields, field: string): string | undefined {
  const value = fields[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value.length > MOST) throw wrongField(field, 'must be a string');
  return value;
}

/** Returns a flag that may be missing or `null`. Text from query strings is accepted. */
export function optionalFlag(fields: Fields, field: string): boolean | undefined {
  const value = fields[field];
  if (value === undefined || value === null || value === '') return undefined;
  if (value === true || /^(true|1)$/i.test(typeof value === 'string' ? value : '')) return true;
  if (value === false || /^(false|0)$/i.test(typeof value === 'string' ? value : '')) return false;
  throw wrongField(field, 'must be true or false');
}

/** Returns a number that may be missing or `null`. Text from query strings is accepted. */
export function optionalNumber(fields: Fields, field: string): number | undefined {
  const value = fields[field];
  if (value === undefined || value === null || value === '') return undefined;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw wrongField(field, 'must be a number');
  return number;
}

export function numberIn(fields: Fields, field: string): number {
  const number = optionalNumber(fields, field);
  if (number === undefined) throw wrongField(field, 'must be a number');
  return number;
}

/** Returns an integer that may be missing or `null`. */
export function optionalCount(fields: Fields, field: string, least = 0): number | undefined {
  const number = optionalNumber(fields, field);
  if (number === undefined || (Number.isSafeInteger(number) && number >= least)) return number;
  throw wrongField(field, `must be a whole number from ${least}`);
}

/** Returns a list of texts that may be missing or `null`. */
export function optionalTexts(fields: Fields, field: string): string[] | undefined {
  const value = fields[field];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || !value.every((one): one is string => typeof one === 'string' && one !== ''))
    throw wrongField(field, 'must be a list of strings');
  return value;
}

/** Returns the fields that have a value. */
export function given<Given extends object>(fields: Given): { [Name in keyof Given]?: Exclude<Given[Name], undefined | null> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)) as {
    [Name in keyof Given]: Exclude<Given[Name], undefined | null>;
  };
}

/** Returns the part of a list that a program requests by `limit` and `offset`, with the number of items that must be read for it. */
export function windowIn(fields: Fields, most: number): { offset: number; limit: number; reach: number } {
  const limit = optionalCount(fields, 'limit') ?? most;
  const offset = optionalCount(fields, 'offset') ?? 0;
  const kept = Math.min(limit, most);
  return { offset, limit: kept, reach: Math.max(1, Math.min(offset + kept, MOST_READ)) };
}

/** Items beyond this number can only be found by a search. */
const MOST_READ = 10_000;

/** Returns a detail of an error as text, empty if it is not text. */
export const detailOf = (details: Fields | undefined, name: string): string => {
  const value = details?.[name];
  return typeof value === 'string' ? value : '';
};
