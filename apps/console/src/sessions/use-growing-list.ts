import { useCallback, useState, type RefCallback } from 'react';

/** So many rows fill every window twice. */
const STEP = 50;
/** Before the end of the list comes into view. */
const AHEAD = '800px';

interface GrowingList<Row> {
  readonly rows: readonly Row[];
  /** Belongs on something below the rows, with this key, as long as it is not `null`. */
  readonly end: { readonly ref: RefCallback<HTMLElement>; readonly key: number } | null;
}

/** The beginning of a long list; more of it as somebody comes near the end. Drawing two hundred rows takes a moment that nobody wants to wait at each letter. */
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
