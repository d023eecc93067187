// @ts-check

/** A second signal within this time is the same Ctrl-C: the terminal sends it to this process, and npm forwards it once more. */
const ECHO_MS = 1_000;

/**
 * Maps the signals that request a stop to one call of `onStop`, and a later signal to `onForce`.
 * @param {{ onStop: () => void, onForce: () => void, now?: () => number }} actions
 * @returns {(signal: string) => void} the signal handler
 */
export function stopSignalHandler({ onStop, onForce, now = Date.now }) {
  let firstAt = 0;
  return () => {
    if (firstAt === 0) {
      firstAt = now();
      onStop();
    } else if (now() - firstAt >= ECHO_MS) {
      onForce();
    }
  };
}
