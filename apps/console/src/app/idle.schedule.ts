import { useEffect, useState } from 'react';

/** The delay in browsers without `requestIdleCallback`. */
const LATER_MS = 500;
/** The longest wait. A slow machine is busy with the page itself, which has priority. */
const LONGEST_MS = 3_000;

/** Calls `act` once the browser is idle, after 3 s at the latest. Returns a function that cancels the call. */
export function whenIdle(act: () => void): () => void {
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(act, LATER_MS);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(act, { timeout: LONGEST_MS });
  return () => cancelIdleCallback(request);
}

/** Becomes true once the browser is idle after `isReady`. */
export function useIdle(isReady: boolean): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => (isReady ? whenIdle(() => setIdle(true)) : undefined), [isReady]);
  return isIdle;
}
