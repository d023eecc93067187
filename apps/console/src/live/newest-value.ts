import { useEffect, useRef, type RefObject } from 'react';

/** Holds what a component was given last: for work that continues while it is rendered again. */
export function useNewest<T>(value: T): RefObject<T> {
  const newest = useRef(value);
  useEffect(() => {
    newest.current = value;
  });
  return newest;
}
