const MINUTE_MS = 60_000;
/** Times of last use older than this are dropped, so that deleted tokens leave no data behind. */
const KEPT_MS = 400 * 24 * 60 * MINUTE_MS;
const SHARD = /^[0-9a-f]/;

/** Ids with the minute of their last use, in minutes since 1970. */
export type Uses = ReadonlyMap<string, number>;

/**
 * Returns the record in which a use is stored, or `null` for anything but the id of a token or login. There are 16 records, so that an edge
 * writes at most 16, however many tokens there are.
 */
export function shardOf(id: string): string | null {
  return SHARD.exec(id)?.[0] ?? null;
}

export function minuteOf(now: number): number {
  return Math.floor(now / MINUTE_MS);
}

export function minuteText(minute: number): string {
  return new Date(minute * MINUTE_MS).toISOString();
}

/** Returns the content of a record after uses are added, or `null` if it already contains them. Times only increase, because edges write in any order. */
export function mergeUses(stored: Uses, added: Uses, now: number): Map<string, number> | null {
  const news = [...added].filter(([id, minute]) => minute > (stored.get(id) ?? -1));
  if (news.length === 0) return null;
  const oldest = minuteOf(now - KEPT_MS);
  return new Map([...stored, ...news].filter(([, minute]) => minute >= oldest));
}

export function encodeUses(uses: Uses): Record<string, number> {
  return Object.fromEntries(uses);
}

/** Decodes a stored record. Invalid values are ignored. */
export function decodeUses(record: unknown): Map<string, number> {
  if (typeof record !== 'object' || record === null) return new Map();
  return new Map(Object.entries(record).filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1])));
}
