import { isLargePart } from '../events/large-part.js';
import { MESSAGE_KINDS, type MessageKind } from './message-kinds.table.js';

/** A received content comes from anybody and was parsed from JSON: no field is certain to exist or to have its type. */
type Json = Readonly<Record<string, unknown>>;

/** The number of wrappers that are opened. Messages from real clients do not have more. */
const MAX_WRAPPERS = 8;

const kindOf = (name: string): MessageKind | undefined =>
  Object.hasOwn(MESSAGE_KINDS, name) ? MESSAGE_KINDS[name as keyof typeof MESSAGE_KINDS] : undefined;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

const WRAPPERS = Object.keys(MESSAGE_KINDS).filter(name => kindOf(name)?.role === 'wrapper');

/** Returns the name of the outermost wrapper of a content; `null` if there is none. `content` is the field `message` of Baileys' message. */
export function wrapperOf(content: unknown): string | null {
  if (!isObject(content)) return null;
  return WRAPPERS.find(name => Object.hasOwn(content, name) && isObject(content[name]) && isObject(content[name]['message'])) ?? null;
}

/** Returns the content inside all of its wrappers. */
export function unwrappedContent(content: unknown): unknown {
  let inner = content;
  for (let depth = 0; depth < MAX_WRAPPERS; depth++) {
    const wrapper = wrapperOf(inner);
    if (wrapper === null) break;
    inner = ((inner as Json)[wrapper] as Json)['message'];
  }
  return inner;
}

/** Returns `content` with `replace` applied to the content inside its wrappers. */
export function withinWrappers(content: unknown, replace: (inner: unknown) => unknown, depth = 0): unknown {
  const wrapper = depth < MAX_WRAPPERS ? wrapperOf(content) : null;
  if (wrapper === null) return replace(content);
  const around = content as Json;
  const held = around[wrapper] as Json;
  return { ...around, [wrapper]: { ...held, message: withinWrappers(held['message'], replace, depth + 1) } };
}

/** Returns the fields of a content that are visible in a chat, with their names. Unknown fields count as visible. */
function seen(content: unknown): [name: string, value: unknown][] {
  const inner = unwrappedContent(content);
  if (!isObject(inner)) return [];
  return Object.entries(inner).filter(
    ([name, value]) => value !== null && value !== undefined && (kindOf(name)?.role ?? 'content') === 'content'
  );
}

/** Returns the kind of a content: the name of its field, such as `pollCreationMessage`. `null` if it is empty or only changes something. */
export const contentKind = (content: unknown): string | null => seen(content)[0]?.[0] ?? null;

/** Whether a content is invisible in a chat. A missing content does not count as invisible: it may arrive later, once the message is decrypted. */
export const isChange = (content: unknown): boolean => isObject(content) && seen(content).length === 0;

/** Returns the readable text of a content: its text, its caption or the title of its object; `null` if there is none. */
export function contentText(content: unknown): string | null {
  for (const [name, value] of seen(content)) {
    for (const path of kindOf(name)?.texts ?? []) {
      const [text] = textsAt(value, path);
      if (text !== undefined) return text;
    }
  }
  return null;
}

/** Returns all texts of a content that a search covers, with the visible text first. */
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
