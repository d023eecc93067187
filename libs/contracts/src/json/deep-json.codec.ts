import { isList, leafToJson, namedItems, NOT_A_LEAF } from './json.codec.js';

/** Whether to omit the field `name` of an object that is itself the value of the field `parent`. */
export type Omits = (name: string, parent: string) => boolean;

interface Level {
  readonly items: Iterator<readonly [name: string | null, value: unknown]>;
  readonly end: ']' | '}';
  /** The field whose value is this object. Inside a list, it is the field of the list. */
  readonly name: string;
  empty: boolean;
}

/**
 * Returns the JSON text of a payload in the form of `toJsonValue`; `undefined` if the payload has no JSON. It accepts any depth, because its stack is on the
 * heap.
 * @param name the field whose value is the payload
 */
export function encodeDeepJson(payload: unknown, name: string, omits: Omits): string | undefined {
  const pieces: string[] = [];
  const levels: Level[] = [];
  const open = (value: unknown, field: string): void => {
    const list = isList(value);
    const items = list ? [...value].map(item => [null, item] as const) : namedItems(value as object).filter(([key]) => !omits(key, field));
    levels.push({ items: items[Symbol.iterator](), end: list ? ']' : '}', name: field, empty: true });
    pieces.push(list ? '[' : '{');
  };
  const write = (value: unknown, key: string | null, level: Level | null): void => {
    const leaf = leafToJson(value);
    const isLeaf = leaf !== NOT_A_LEAF;
    if (isLeaf && leaf === undefined && key !== null) return;
    if (level !== null) {
      if (!level.empty) pieces.push(',');
      level.empty = false;
    }
    if (key !== null) pieces.push(JSON.stringify(key), ':');
    if (isLeaf) pieces.push(JSON.stringify(leaf ?? null));
    else open(value, key ?? level?.name ?? name);
  };
  if (leafToJson(payload) === undefined) return undefined;
  write(payload, null, null);
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    const next = level.items.next();
    if (next.done) {
      pieces.push(level.end);
      levels.pop();
    } else write(next.value[1], next.value[0], level);
  }
  return pieces.join('');
}
