import { WabusError } from '@wabus/contracts';

/** The maximum delay of a Node.js timer. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Returns the result of `work`, which receives a signal that is aborted at the deadline.
 * @throws {WabusError} `TIMEOUT` if `work` has not settled after `limitMs`
 */
export async function withDeadline<T>(limitMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const deadline = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => {
        deadline.abort();
        reject(new WabusError('TIMEOUT'));
      },
      Math.min(limitMs, MAX_TIMER_MS)
    );
  });
  try {
    return await Promise.race([work(deadline.signal), expired]);
  } finally {
    clearTimeout(timer);
  }
}
