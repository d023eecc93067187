import { isLargePart } from '@wabus/contracts';
import type { Json } from './model.types.js';

/** Payloads come from WhatsApp by way of JSON: nothing in them is certain to be there or of its type. */
export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

export function field(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Of a text that is stored beside the log, its beginning. */
export function textOf(value: unknown, name: string): string | null {
  const own = field(value, name);
  const found = isLargePart(own) ? own.$large.preview : own;
  return typeof found === 'string' && found !== '' ? found : null;
}

/** Numbers beyond what JSON holds exactly come as decimal texts. */
export function numberOf(value: unknown, name: string): number | null {
  const found = field(value, name);
  const number = typeof found === 'string' && /^\d{1,20}$/.test(found) ? Number(found) : found;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

export function objectsIn(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string' && item !== '') : [];
}

/** Without some fields. */
export function withoutFields(value: Json, ...names: string[]): Json {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}
