const MINUTE_MS = 60_000;
/** Of what has not been used for so long, the time is forgotten: tokens that are gone leave nothing behind. */
const KEPT_MS = 400 * 24 * 60 * MINUTE_MS;
const SHARD = /^[0-9a-f]/;

/** Ids with the minute of their last use, in minutes since 1970. */
export type Uses = ReadonlyMap<string, number>;

/** The record that a use is stored in: sixteen in all, so that an edge writes no more than these, however many tokens there are. `null` for what is no id of a token or login. */
export function shardOf(id: string): string | null {
  return SHARD.exec(id)?.[0] ?? null;
}

export function minuteOf(now: number): number {
  return Math.floor(now / MINUTE_MS);
}

export function minuteText(minute: number): string {
  return new Date(minute * MINUTE_MS).toISOString();
}

/** What a record holds after uses are added to it; `null` when it has them already. Times only grow: edges write in any order. */
export function mergeUses(stored: Uses, added: Uses, now: number): Map<string, number> | null {
  const news = [...added].filter(([id, minute]) => minute > (stored.get(id) ?? -1));
  if (news.length === 0) return null;
  const oldest = minuteOf(now - KEPT_MS);
  return new Map([...stored, ...news].filter(([, minute]) => minute >= oldest));
}

export function encodeUses(uses: Uses): Record<string, number> {
  return Object.fromEntries(uses);
}

/** What a stored record says; what cannot be understood says nothing. */
export function decodeUses(record: unknown): Map<string, number> {
  if (typeof record !== 'object' || record === null) return new Map();
  return new Map(Object.entries(record).filter((entry): entry is [string, number] => Number.isSafeInteger(entry[1])));
}
