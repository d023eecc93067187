import { useCallback, useState, type RefCallback } from 'react';

/** Enough rows to fill a large window twice. */
const STEP = 50;
/** At what distance from the end of the list more rows are added. */
const AHEAD = '800px';

interface GrowingList<Row> {
  readonly rows: readonly Row[];
  /** The ref and key of an element below the rows, which the caller renders unless this is `null`. */
  readonly end: { readonly ref: RefCallback<HTMLElement>; readonly key: number } | null;
}

/**
 * Returns the beginning of a long list, which grows when the reader scrolls near its end: rendering two hundred rows at each keystroke would
 * make typing slow.
 */
export function useGrowingList<Row>(all: readonly Row[]): GrowingList<Row> {
  const [count, setCount] = useState(STEP);
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const observer = new IntersectionObserver(
      entries => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setCount(before => before + STEP);
      },
      { rootMargin: AHEAD }
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { rows: all.slice(0, count), end: count < all.length ? { ref, key: count } : null };
}
