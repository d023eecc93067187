import asyncHooks, { AsyncLocalStorage as NodeAsyncLocalStorage, executionAsyncResource } from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';

type Stores = ReadonlyMap<object, unknown>;

const root = new NodeAsyncLocalStorage<Stores>();

/** An `AsyncLocalStorage` of which any number costs as much as one: all instances keep their stores in one real storage. */
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

/** `unneeded`: contexts cost nothing per instance here. `impossible`: they do, and Node did not let itself be changed; everything works, with more cost per socket. */
export type SharedAsyncContext = { outcome: 'installed' | 'unneeded' } | { outcome: 'impossible'; reason: string };

/**
 * Where Node keeps async contexts in hooks, every live `AsyncLocalStorage` makes every promise of the process slower, and Baileys creates one per socket it ever opened
 * (`addTransactionCapability`) and never disables it. Makes all that are created from now on share one. Modules loaded before keep the original.
 * Looks at what Node does, not at its version: 22 has both ways behind a flag, as 24 has. Never throws.
 */
export function installSharedAsyncContext(): SharedAsyncContext {
  if (asyncHooks.AsyncLocalStorage === SharedAsyncLocalStorage) return { outcome: 'installed' };
  if (!keepsStoresInHooks()) return { outcome: 'unneeded' };
  try {
    // Not assigned: since Node 22 the property is a getter without a setter.
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

/** With hooks the store hangs on the resource that is executing, and is copied to each new one; with context frames it does not. */
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
