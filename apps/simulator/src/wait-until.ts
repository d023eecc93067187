import type { World, WorldEvents } from './world/world.js';

/**
 * Waits until `condition` is true, and checks it after each of the named events. Resolves with whether it became true; false after `waitMs`.
 * Rejects only if `condition` throws.
 */
export function waitUntil(
  world: World,
  events: (keyof WorldEvents)[],
  wait: { condition: () => boolean; waitMs: number }
): Promise<boolean> {
  if (wait.condition()) return Promise.resolve(true);
  if (wait.waitMs === 0) return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      clearTimeout(timer);
      for (const event of events) world.events.off(event, check);
      end();
    };
    const check = () => {
      try {
        if (wait.condition()) settle(() => resolve(true));
      } catch (err) {
        settle(() => reject(err instanceof Error ? err : new Error(String(err))));
      }
    };
    const timer = setTimeout(() => settle(() => resolve(false)), wait.waitMs);
    for (const event of events) world.events.on(event, check);
  });
}
