import type { ObjectStoreSettings } from '../broker.options.js';
import type { NatsConnection } from '../connection/nats-connection.js';
import { objectStream } from '../streams/stream-definition.js';
import { provisionStream } from '../streams/stream-provisioner.js';
import { ObjectStore } from './object-store.js';

/** The object stores that were named in `BrokerOptions`. */
export class ObjectStores {
  private constructor(private readonly stores: ReadonlyMap<string, ObjectStore>) {}

  /** Creates or updates the streams of the stores and settles when all can be used. */
  static async open(connection: NatsConnection, settings: readonly ObjectStoreSettings[], signal?: AbortSignal): Promise<ObjectStores> {
    for (const one of settings) await provisionStream(connection, objectStream(one), signal);
    return new ObjectStores(new Map(settings.map(one => [one.name, new ObjectStore(connection, one)])));
  }

  /** A store by name. Throws a plain error when it was not named in the options: that is a mistake in the program. */
  store(name: string): ObjectStore {
    const store = this.stores.get(name);
    if (!store) throw new Error(`the broker was opened without the object store ${name}`);
    return store;
  }
}
