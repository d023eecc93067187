/** For browsers that do not say when they are idle, and for those that never are. */
const LATER_MS = 500;

/** Does something once the browser has drawn what it has. Returns how to call it off. */
export function whenIdle(act: () => void): () => void {
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(act, LATER_MS);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(act, { timeout: LATER_MS });
  return () => cancelIdleCallback(request);
}
