import { WabusError } from '@wabus/contracts';

export function encodePageCursor(key: SortKey | null): string | null {
  return key && Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/** Decodes a page cursor. Throws `INVALID_REQUEST` unless it comes from a list that is sorted in the same way. */
export function decodePageCursor(
  cursor: string | null,
  { field, sortedBy }: { field: string; sortedBy: 'number' | 'string' }
): SortKey | null {
  if (cursor === null) return null;
  try {
    const key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    if (Array.isArray(key) && key.length === 2 && typeof key[0] === sortedBy && typeof key[1] === 'string')
      return key as unknown as SortKey;
  } catch {
    // The error follows below.
  }
  throw new WabusError('INVALID_REQUEST', {
    message: `${field} must be the value of \`next\` from an earlier page of this list.`,
    details: { field }
  });
}

/** The sort key of a list. The second part is an id, which breaks ties. */
export type SortKey = readonly [number | string, string];

export function compareSortKeys(a: SortKey, b: SortKey): number {
  return compare(a[0], b[0]) || compare(a[1], b[1]);
}

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);

/** An item that may belong to the page. */
export interface Candidate<Item> {
  /** Identifies the item. */
  readonly id: string;
  /** The position of the item in the list. */
  readonly order: SortKey;
  readonly item: Item;
}

/**
 * Finds one page among unordered items, storing no more than that page. An item that occurs again, because it changed during the
 * scan, counts in its last version.
 */
export class PageSieve<Item> {
  private readonly kept: Candidate<Item>[] = [];
  private readonly ids = new Set<string>();

  constructor(
    private readonly limit: number,
    private readonly after: SortKey | null
  ) {}

  offer(candidate: Candidate<Item>): void {
    const { id, order } = candidate;
    if (this.ids.delete(id)) {
      this.kept.splice(
        this.kept.findIndex(one => one.id === id),
        1
      );
    }
    if (this.after !== null && compareSortKeys(order, this.after) <= 0) return;
    let low = 0;
    for (let high = this.kept.length; low < high;) {
      const middle = (low + high) >> 1;
      if (compareSortKeys(this.kept[middle]!.order, order) <= 0) low = middle + 1;
      else high = middle;
    }
    // One more item than the page, which shows whether another page follows.
    if (low > this.limit) return;
    this.kept.splice(low, 0, candidate);
    this.ids.add(id);
    if (this.kept.length > this.limit + 1) this.ids.delete(this.kept.pop()!.id);
  }

  page(): { items: Item[]; next: SortKey | null } {
    const page = this.kept.slice(0, this.limit);
    return { items: page.map(({ item }) => item), next: this.kept.length > this.limit ? page.at(-1)!.order : null };
  }
}
