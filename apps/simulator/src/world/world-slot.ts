import type { World } from './world.js';

/**
 * Returns the accessor of an object that exists once per world without the world
 * depending on it. The object is created on first use and lives as long as the world.
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
