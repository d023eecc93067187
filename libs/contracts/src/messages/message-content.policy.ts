import { isLargePart } from '../events/large-part.js';
import { MESSAGE_KINDS, type MessageKind } from './message-kinds.table.js';

/** What arrives comes from anybody by way of JSON: nothing in it is certain to be there or of its type. */
type Json = Readonly<Record<string, unknown>>;

/** Wrappers that phones nest; more are nobody's message. */
const MAX_WRAPPERS = 8;

const kindOf = (name: string): MessageKind | undefined =>
  Object.hasOwn(MESSAGE_KINDS, name) ? MESSAGE_KINDS[name as keyof typeof MESSAGE_KINDS] : undefined;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const WRAPPERS = Object.keys(MESSAGE_KINDS).filter(name => kindOf(name)?.role === 'wrapper');

/** The name of the wrapper around a content, `null` when there is none. `content` is the field `message` of Baileys' message. */
export function wrapperOf(content: unknown): string | null {
  if (!isObject(content)) return null;
  return WRAPPERS.find(name => Object.hasOwn(content, name) && isObject(content[name]) && isObject(content[name]['message'])) ?? null;
}

/** The content inside of all that wraps it. */
export function unwrappedContent(content: unknown): unknown {
  let inner = content;
  for (let depth = 0; depth < MAX_WRAPPERS; depth++) {
    const wrapper = wrapperOf(inner);
    if (wrapper === null) break;
    inner = ((inner as Json)[wrapper] as Json)['message'];
  }
  return inner;
}

/** `content` with `replace` applied to what its wrappers hold. */
export function withinWrappers(content: unknown, replace: (inner: unknown) => unknown, depth = 0): unknown {
  const wrapper = depth < MAX_WRAPPERS ? wrapperOf(content) : null;
  if (wrapper === null) return replace(content);
  const around = content as Json;
  const held = around[wrapper] as Json;
  return { ...around, [wrapper]: { ...held, message: withinWrappers(held['message'], replace, depth + 1) } };
}

/** The fields of a content that are seen in a chat, with their names. Those of which nothing is known here count too. */
function seen(content: unknown): [name: string, value: unknown][] {
  const inner = unwrappedContent(content);
  if (!isObject(inner)) return [];
  return Object.entries(inner).filter(
    ([name, value]) => value !== null && value !== undefined && (kindOf(name)?.role ?? 'content') === 'content'
  );
}

/** What a content is: the name of its field, such as `pollCreationMessage`; `null` for one that only changes something, or is empty. */
export const contentKind = (content: unknown): string | null => seen(content)[0]?.[0] ?? null;

/** Whether a content is none that people see in a chat. One that is missing may still come: a message that is not decrypted yet. */
export const isChange = (content: unknown): boolean => isObject(content) && seen(content).length === 0;

/** What people read of a content: its text, its caption, or the title of what it holds; `null` when there is none. */
export function contentText(content: unknown): string | null {
  for (const [name, value] of seen(content)) {
    for (const path of kindOf(name)?.texts ?? []) {
      const [text] = textsAt(value, path);
      if (text !== undefined) return text;
    }
  }
  return null;
}

/** All that a search looks through: the text of a content first. */
export function contentWords(content: unknown): string[] {
  return seen(content).flatMap(([name, value]) => {
    const { texts = [], words = [] } = kindOf(name) ?? {};
    return [...texts, ...words].flatMap(path => textsAt(value, path));
  });
}

function textsAt(value: unknown, path: string): string[] {
  const names = path === '' ? [] : path.split('.');
  const values = names.reduce<unknown[]>(
    (found, name) => found.flatMap(listed).flatMap(one => (isObject(one) && Object.hasOwn(one, name) ? [one[name]] : [])),
    [value]
  );
  return values
    .flatMap(listed)
    .map(one => (isLargePart(one) ? one.$large.preview : one))
    .filter((one): one is string => typeof one === 'string' && one !== '');
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);
