import asyncHooks, { AsyncLocalStorage as NodeAsyncLocalStorage, executionAsyncResource } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';

type Stores = ReadonlyMap<object, unknown>;

const root = new NodeAsyncLocalStorage<Stores>();

/** An `AsyncLocalStorage` whose cost does not depend on the number of instances: all instances keep their stores in one real storage. */
export class SharedAsyncLocalStorage<T> {
  static bind = NodeAsyncLocalStorage.bind.bind(NodeAsyncLocalStorage);
  static snapshot = NodeAsyncLocalStorage.snapshot.bind(NodeAsyncLocalStorage);

  getStore(): T | undefined {
    return root.getStore()?.get(this) as T | undefined;
  }

  run<R, Args extends unknown[]>(store: T, callback: (...args: Args) => R, ...args: Args): R {
    return root.run(this.withStore(store), callback, ...args);
  }

  exit<R, Args extends unknown[]>(callback: (...args: Args) => R, ...args: Args): R {
    return root.run(this.withoutStore(), callback, ...args);
  }

  enterWith(store: T): void {
    root.enterWith(this.withStore(store));
  }

  disable(): void {
    root.enterWith(this.withoutStore());
  }

  private withStore(store: T): Stores {
    return new Map(root.getStore()).set(this, store);
  }

  private withoutStore(): Stores {
    const stores = new Map(root.getStore());
    stores.delete(this);
    return stores;
  }
}

/**
 * The outcome of the installation. `unneeded`: contexts have no cost per instance in this Node.js. `impossible`: they have, but Node.js cannot be changed;
 * everything works, at a higher cost per socket.
 */
export type SharedAsyncContext = { outcome: 'installed' | 'unneeded' } | { outcome: 'impossible'; reason: string };

/**
 * Makes all instances of `AsyncLocalStorage` that are created from now on share one. If Node.js keeps async contexts in hooks, every live `AsyncLocalStorage`
 * slows down every promise of the process, and Baileys creates one for each socket (`addTransactionCapability`) and never disables it. Modules that were loaded
 * earlier keep the original. Checks the behavior of Node.js, not its version: in 22 and in 24, a flag selects between both ways. Never throws.
 */
export function installSharedAsyncContext(): SharedAsyncContext {
  if (asyncHooks.AsyncLocalStorage === SharedAsyncLocalStorage) return { outcome: 'installed' };
  if (!keepsStoresInHooks()) return { outcome: 'unneeded' };
  try {
    // Not assigned, since the property is a getter without a setter since Node.js 22.
    Object.defineProperty(asyncHooks, 'AsyncLocalStorage', {
      value: SharedAsyncLocalStorage,
      configurable: true,
      enumerable: true,
      writable: true
    });
    syncBuiltinESMExports();
    return { outcome: 'installed' };
  } catch (error) {
    return { outcome: 'impossible', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether Node.js keeps stores in hooks: the store is then a property of the executing resource, copied to each new one. With context frames, it is not. */
function keepsStoresInHooks(): boolean {
  const storage = new NodeAsyncLocalStorage<object>();
  const store = {};
  const found = storage.run(store, () => {
    const resource = executionAsyncResource() as Record<PropertyKey, unknown>;
    return Reflect.ownKeys(resource).some(key => resource[key] === store);
  });
  storage.disable();
  return found;
}
