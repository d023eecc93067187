// @ts-check

/**
 * A second signal sooner than this is the same Ctrl-C twice: the terminal sends it to this process and npm passes it on once more.
 */
const ECHO_MS = 1_000;

/**
 * Turns the signals that ask a program to stop into one call, and a further one after a moment into a second.
 * @param {{ onStop: () => void, onForce: () => void, now?: () => number }} actions
 * @returns {(signal: string) => void} what to do on a signal
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
