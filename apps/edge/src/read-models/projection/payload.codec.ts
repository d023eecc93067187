import { isLargePart } from '@wabus/contracts';
import type { Json } from './model.types.js';

/** Payloads originate from WhatsApp and are stored as JSON. No field is certain to exist or to have its type. */
export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

export function field(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Returns a text field. If the text is stored outside the log, returns its beginning. */
export function textOf(value: unknown, name: string): string | null {
  const own = field(value, name);
  const found = isLargePart(own) ? own.$large.preview : own;
  return typeof found === 'string' && found !== '' ? found : null;
}

/** Returns a numeric field. Numbers that JSON cannot represent exactly are decimal texts. */
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

/** Returns the value without some fields. */
export function withoutFields(value: Json, ...names: string[]): Json {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}
