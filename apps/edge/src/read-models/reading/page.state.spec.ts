import { PageSieve, type SortKey } from './page.state.js';

const ALL = Array.from({ length: 50 }, (_, i) => ({ id: `i${i}`, order: [(i * 7) % 10, `n${(i * 13) % 50}`] as SortKey, item: i }));
const SORTED = [...ALL]
  .sort((a, b) => Number(a.order[0]) - Number(b.order[0]) || (a.order[1] < b.order[1] ? -1 : 1))
  .map(({ item }) => item);

function pagesOf(limit: number, candidates = ALL): number[][] {
  const pages: number[][] = [];
  for (let after: SortKey | null = null; ;) {
    const sieve: PageSieve<number> = new PageSieve(limit, after);
    for (const candidate of candidates) sieve.offer(candidate);
    const { items, next } = sieve.page();
    pages.push(items);
    if (next === null) return pages;
    after = next;
  }
}

it.each([1, 3, 49, 50, 51])('pages of %d contain everything once, sorted', limit => {
  for (const candidates of [ALL, [...ALL].reverse()]) {
    const pages = pagesOf(limit, candidates);
    expect(pages.flat()).toEqual(SORTED);
    expect(pages.slice(0, -1).every(page => page.length === limit)).toBe(true);
  }
});

it('an empty list has one empty page', () => {
  expect(pagesOf(3, [])).toEqual([[]]);
});

it('an item that occurs again counts in its last version', () => {
  const sieve = new PageSieve<string>(2, null);
  sieve.offer({ id: 'a', order: [1, 'a'], item: 'old' });
  sieve.offer({ id: 'b', order: [2, 'b'], item: 'b' });
  sieve.offer({ id: 'a', order: [3, 'a'], item: 'new' });
  expect(sieve.page()).toEqual({ items: ['b', 'new'], next: null });
});

it('an item that moves to an earlier page is not included', () => {
  const sieve = new PageSieve<string>(2, [1, 'x']);
  sieve.offer({ id: 'a', order: [2, 'a'], item: 'old' });
  sieve.offer({ id: 'a', order: [0, 'a'], item: 'new' });
  expect(sieve.page()).toEqual({ items: [], next: null });
});
