import type { ObjectStoreSettings } from '../broker.options.js';
import type { NatsConnection } from '../connection/nats-connection.js';
import { objectStream } from '../streams/stream-definition.js';
import { provisionStream } from '../streams/stream-provisioner.js';
import { ObjectStore } from './object-store.js';

/** The object stores named in `BrokerOptions`. */
export class ObjectStores {
  private constructor(private readonly stores: ReadonlyMap<string, ObjectStore>) {}

  /** Creates or updates the streams of the stores and resolves when all are usable. */
  static async open(connection: NatsConnection, settings: readonly ObjectStoreSettings[], signal?: AbortSignal): Promise<ObjectStores> {
    for (const one of settings) await provisionStream(connection, objectStream(one), signal);
    return new ObjectStores(new Map(settings.map(one => [one.name, new ObjectStore(connection, one)])));
  }

  /** Returns a store by name. Throws a plain error if the options did not name it, which is a programming error. */
  store(name: string): ObjectStore {
    const store = this.stores.get(name);
    if (!store) throw new Error(`the broker was opened without the object store ${name}`);
    return store;
  }
}
