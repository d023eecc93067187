import type { JsonSchema } from '@wabus/contracts/docs';
import { FILE_MESSAGE, made, mutations, WORST, type Present } from './worst-arguments.fixture.js';

/** A request to a route, with a fault in its path, its query or its body. */
export interface WorstRequest {
  readonly verb: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** The parts of an OpenAPI document that are read here. */
export interface RouteDocument {
  readonly paths: Record<string, Record<string, RouteOperation>>;
  readonly components: { readonly schemas: Record<string, JsonSchema> };
}

interface BodyContent {
  readonly schema: { readonly $ref?: string; readonly properties?: object };
  readonly example?: unknown;
}

interface RouteOperation {
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly name?: string; readonly in?: string }[];
  readonly requestBody?: { readonly content: Record<string, BodyContent> };
}

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete']);
/** Encoded values: half a character, an invalid character, names from the prototype of an object, and a text that is too long. */
const WORST_PARTS = ['%ED%A0%80', '%FF', '%00', '__proto__', 'constructor', '-1', '1e308', '%7B%7D', '%5B%5D', 'x'.repeat(3_000)];
/** Requests with these tags may end a session. */
const ENDING = new Set(['sessions', 'connection']);

/**
 * Returns requests for each route of the document that is not a named command: each part
 * of its path, each query parameter and each field of its body with some values, in turn.
 */
export function worstRequests({ paths, components }: RouteDocument, present: Present): WorstRequest[] {
  let turn = 0;
  const some = <T>(values: readonly T[]): T[] => [0, 1, 2].map(() => values[turn++ % values.length]!);
  const requests = Object.entries(paths).flatMap(([path, operations]) => {
    // Wrong tokens in an address count as attempts to guess one.
    if (path.includes('/commands/') || path.startsWith('/passkey/')) return [];
    const jid = path.includes('/groups/') ? present.group : present.person;
    return Object.entries(operations).flatMap(([verb, operation]) => {
      if (!VERBS.has(verb)) return [];
      const sample: Record<string, string> = { jid, session: (operation.tags ?? []).some(tag => ENDING.has(tag)) ? 'spare' : 'main' };
      const address = (parts: Record<string, string>): string =>
        path.replaceAll(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? sample[name] ?? 'x');
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
      const queries = (operation.parameters ?? []).flatMap(({ name, in: where }) => (where === 'query' && name ? [name] : []));
      const addresses = [
        ...names.flatMap(name => some(WORST_PARTS).map(part => address({ [name]: part }))),
        ...queries.flatMap(name => some(WORST_PARTS).map(value => `${address({})}?${name}=${value}`)),
        ...queries.map(name => `${address({})}?${name}[a]=1&${name}=2`)
      ];
      const [[type, content] = []] = Object.entries(operation.requestBody?.content ?? {});
      const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
      if (path === '/api/mcp') headers['accept'] = 'application/json, text/event-stream';
      const { right, fields } = bodyOf(content, components.schemas);
      const bodies = content ? [...some(WORST), ...fields.flatMap(name => some(WORST).map(value => ({ ...right, [name]: value })))] : [];
      const texts = ['{"a":', ...bodies.map(body => JSON.stringify(made(body, present)))];
      return [
        ...addresses.map(at => ({ verb, path: at, headers, ...(type !== undefined ? { body: '{}' } : {}) })),
        ...(type === undefined ? [] : texts.map(body => ({ verb, path: address({}), headers, body })))
      ];
    });
  });
  const headers = { 'content-type': 'application/json' };
  const downloads = [...mutations(FILE_MESSAGE)].map(message => ({
    verb: 'post',
    path: '/api/sessions/main/media/download',
    headers,
    body: JSON.stringify({ message })
  }));
  return [...requests, ...downloads];
}

/** Returns a valid body, as far as the document has an example, and the names of its possible fields. */
function bodyOf(content: BodyContent | undefined, schemas: RouteDocument['components']['schemas']): { right: object; fields: string[] } {
  const { schema = {}, example } = content ?? {};
  const named = schema.$ref === undefined ? schema : (schemas[schema.$ref.split('/').at(-1)!] ?? {});
  const right = typeof example === 'object' && example !== null ? example : {};
  const { properties = {} } = named as { properties?: object };
  return { right, fields: [...new Set([...Object.keys(properties), ...Object.keys(right)])] };
}
