/** The longest wait, and the wait in browsers without `requestIdleCallback`. */
const LATER_MS = 500;

/** Calls `act` once the browser is idle, after 500 ms at the latest. Returns a function that cancels the call. */
export function whenIdle(act: () => void): () => void {
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(act, LATER_MS);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(act, { timeout: LATER_MS });
  return () => cancelIdleCallback(request);
}
