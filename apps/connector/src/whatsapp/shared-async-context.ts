import asyncHooks, { AsyncLocalStorage as NodeAsyncLocalStorage } from 'node:async_hooks';
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

/**
 * Before Node 24 every live `AsyncLocalStorage` makes every promise of the process slower, and Baileys creates one per socket it ever opened
 * (`addTransactionCapability`) and never disables it. Makes all that are created from now on share one. Modules loaded before keep the original.
 * Does nothing on Node 24 and later. Returns whether it was installed.
 */
export function installSharedAsyncContext(nodeVersion = process.versions.node): boolean {
  if (Number.parseInt(nodeVersion, 10) >= 24) return false;
  asyncHooks.AsyncLocalStorage = SharedAsyncLocalStorage;
  syncBuiltinESMExports();
  return true;
}
