import { resolve, type Schema, type Schemas } from './command-catalog.codec.js';

/** A fault in a value, with the path of the field. */
export interface Fault {
  readonly path: string;
  readonly kind: 'required' | 'unknown' | 'type' | 'choice' | 'short' | 'long' | 'small' | 'large' | 'few' | 'many' | 'twice' | 'form';
  /** The permitted types, values or limit. */
  readonly limit?: string;
}

/** Returns the faults of a value; none if it is valid. Supports the JSON schema keywords that the schemas of commands use. */
export function faultsOf(value: unknown, schema: Schema, schemas: Schemas, path = ''): Fault[] {
  const known = schema.$ref === undefined ? schema : resolve(schema, schemas);
  if (known.anyOf !== undefined) return fewestFaults(value, known.anyOf, schemas, path);
  if (known.enum !== undefined && !known.enum.includes(value)) {
    return [{ path, kind: 'choice', limit: known.enum.map(one => JSON.stringify(one)).join(', ') }];
  }
  const types = known.type === undefined ? [] : [known.type].flat();
  if (types.length > 0 && !types.some(type => isOfType(value, type))) return [{ path, kind: 'type', limit: types.join(' | ') }];
  if (typeof value === 'string') return textFaults(value, known, path);
  if (typeof value === 'number') return numberFaults(value, known, path);
  if (Array.isArray(value)) return listFaults(value, known, schemas, path);
  if (typeof value === 'object' && value !== null) return objectFaults(value as Record<string, unknown>, known, schemas, path);
  return [];
}

/** Returns the faults for the closest of several alternatives. */
function fewestFaults(value: unknown, forms: readonly Schema[], schemas: Schemas, path: string): Fault[] {
  const all = forms.map(form => faultsOf(value, form, schemas, path));
  return all.reduce((best, next) => (next.length < best.length ? next : best));
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function textFaults(text: string, { minLength = 0, maxLength = Infinity, pattern }: Schema, path: string): Fault[] {
  if (text.length < minLength) return [{ path, kind: 'short', limit: String(minLength) }];
  if (text.length > maxLength) return [{ path, kind: 'long', limit: String(maxLength) }];
  return pattern !== undefined && !new RegExp(pattern).test(text) ? [{ path, kind: 'form', limit: pattern }] : [];
}

function numberFaults(number: number, { minimum = -Infinity, maximum = Infinity }: Schema, path: string): Fault[] {
  if (number < minimum) return [{ path, kind: 'small', limit: String(minimum) }];
  return number > maximum ? [{ path, kind: 'large', limit: String(maximum) }] : [];
}

function listFaults(list: readonly unknown[], schema: Schema, schemas: Schemas, path: string): Fault[] {
  const { items, minItems = 0, maxItems = Infinity, uniqueItems = false } = schema;
  if (list.length < minItems) return [{ path, kind: 'few', limit: String(minItems) }];
  if (list.length > maxItems) return [{ path, kind: 'many', limit: String(maxItems) }];
  if (uniqueItems && new Set(list).size < list.length) return [{ path, kind: 'twice' }];
  return items === undefined ? [] : list.flatMap((item, index) => faultsOf(item, items, schemas, `${path}[${index}]`));
}

function objectFaults(object: Readonly<Record<string, unknown>>, schema: Schema, schemas: Schemas, path: string): Fault[] {
  const { properties = {}, required = [], additionalProperties = true, minProperties = 0 } = schema;
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const names = Object.keys(object).filter(name => object[name] !== undefined);
  if (names.length < minProperties) return [{ path, kind: 'few', limit: String(minProperties) }];
  return [
    ...required.filter(name => !names.includes(name)).map(name => ({ path: at(name), kind: 'required' as const })),
    ...names.flatMap(name => {
      const field = properties[name];
      if (field !== undefined) return faultsOf(object[name], field, schemas, at(name));
      if (additionalProperties === false) return [{ path: at(name), kind: 'unknown' as const, limit: Object.keys(properties).join(', ') }];
      return typeof additionalProperties === 'object' ? faultsOf(object[name], additionalProperties, schemas, at(name)) : [];
    })
  ];
}
