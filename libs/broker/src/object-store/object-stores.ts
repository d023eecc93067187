import type { ObjectStore } from './object-store.js';

/** The object stores that were named in `BrokerOptions`. */
export abstract class ObjectStores {
  /** A store by name. Throws a plain error when it was not named in the options: that is a mistake in the program. */
  abstract store(name: string): ObjectStore;
}
