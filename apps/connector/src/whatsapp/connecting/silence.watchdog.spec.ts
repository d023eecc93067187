import { setTimeout as delay } from 'node:timers/promises';
import { SilenceWatchdog } from './silence.watchdog.js';

const LIMIT_MS = 60;

/** Returns a watchdog and the times at which it reported silence, in milliseconds from now. */
function watch(): { watchdog: SilenceWatchdog; silentAfterMs: Promise<number> } {
  const begin = performance.now();
  let settle = (_ms: number): void => undefined;
  const silentAfterMs = new Promise<number>(resolve => (settle = resolve));
  return { watchdog: new SilenceWatchdog(LIMIT_MS, () => settle(performance.now() - begin)), silentAfterMs };
}

// The timers of a watchdog are unreferenced, so something else must keep the process alive.
let alive: NodeJS.Timeout;
beforeAll(() => (alive = setInterval(() => undefined, 1_000)));
afterAll(() => clearInterval(alive));

test('silence is reported once the limit has passed', async () => {
  const { watchdog, silentAfterMs } = watch();
  watchdog.start();
  expect(await silentAfterMs).toBeGreaterThanOrEqual(LIMIT_MS - 1);
});

test('every frame restarts the timer', async () => {
  const { watchdog, silentAfterMs } = watch();
  watchdog.start();
  for (let i = 0; i < 5; i++) {
    await delay(LIMIT_MS / 2);
    watchdog.received();
  }
  expect(await silentAfterMs).toBeGreaterThanOrEqual(3.5 * LIMIT_MS - 5);
});

test('a stopped watchdog reports nothing', async () => {
  const { watchdog, silentAfterMs } = watch();
  watchdog.start();
  watchdog.stop();
  watchdog.received();
  expect(await Promise.race([silentAfterMs, delay(3 * LIMIT_MS, 'nothing')])).toBe('nothing');
});

test('a pause of this process does not count as silence', async () => {
  const { watchdog, silentAfterMs } = watch();
  watchdog.start();
  const until = performance.now() + 2 * LIMIT_MS;
  while (performance.now() < until);
  // Data that arrived during the pause is read after the timers run.
  setImmediate(() => watchdog.received());
  expect(await silentAfterMs).toBeGreaterThanOrEqual(3 * LIMIT_MS - 5);
});
