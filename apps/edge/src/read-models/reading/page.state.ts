import { WabusError } from '@wabus/contracts';

export function encodePageCursor(key: SortKey | null): string | null {
  return key && Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/** Throws `INVALID_REQUEST` on what is no cursor of a list that is sorted this way. */
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
    // Said below.
  }
  throw new WabusError('INVALID_REQUEST', {
    message: `${field} must be the value of \`next\` from an earlier page of this list.`,
    details: { field }
  });
}

/** What a list is sorted by; the second part is an id, which settles ties. */
export type SortKey = readonly [number | string, string];

export function compareSortKeys(a: SortKey, b: SortKey): number {
  return compare(a[0], b[0]) || compare(a[1], b[1]);
}

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One of the items among which a page is found. */
export interface Candidate<Item> {
  /** Distinguishes it from the others. */
  readonly id: string;
  /** Its place in the list. */
  readonly order: SortKey;
  readonly item: Item;
}

/** Finds one page among items that come in no order, holding no more than that page. One that comes again, since it changed meanwhile, counts as it came last. */
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
    // One more than the page, which shows whether another one follows.
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
