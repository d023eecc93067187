/** What a list is sorted by; the second part is an id, which settles ties. */
export type SortKey = readonly [number | string, string];

export function compareSortKeys(a: SortKey, b: SortKey): number {
  return compare(a[0], b[0]) || compare(a[1], b[1]);
}

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Finds one page among items that come in no order, holding no more than that page. */
export class PageSieve<Item> {
  private readonly kept: { key: SortKey; item: Item }[] = [];

  constructor(
    private readonly limit: number,
    private readonly after: SortKey | null
  ) {}

  offer(key: SortKey, item: Item): void {
    if (this.after !== null && compareSortKeys(key, this.after) <= 0) return;
    let low = 0;
    for (let high = this.kept.length; low < high;) {
      const middle = (low + high) >> 1;
      if (compareSortKeys(this.kept[middle]!.key, key) <= 0) low = middle + 1;
      else high = middle;
    }
    // One more than the page, which tells whether another one follows.
    if (low > this.limit) return;
    this.kept.splice(low, 0, { key, item });
    if (this.kept.length > this.limit + 1) this.kept.pop();
  }

  page(): { items: Item[]; next: SortKey | null } {
    const page = this.kept.slice(0, this.limit);
    return { items: page.map(({ item }) => item), next: this.kept.length > this.limit ? page.at(-1)!.key : null };
  }
}
