import { useEffect, useRef, type RefObject } from 'react';

/** Returns a ref to the newest value of a component, for work that continues across renders. */
export function useNewest<T>(value: T): RefObject<T> {
  const newest = useRef(value);
  useEffect(() => {
    newest.current = value;
  });
  return newest;
}
