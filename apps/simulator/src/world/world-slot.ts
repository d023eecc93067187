import type { World } from './world.js';

/**
 * A place for something that exists once per world and that the world itself need not know: made on first use, gone with the world.
 * Answers the accessor.
 */
export function worldSlot<T extends object>(make: (world: World) => T): (world: World) => T {
  const made = new WeakMap<World, T>();
  return world => {
    const known = made.get(world);
    if (known) return known;
    const fresh = make(world);
    made.set(world, fresh);
    return fresh;
  };
}
