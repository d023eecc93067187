import type { ObjectStoreSettings } from '../broker.options.js';
import type { NatsConnection } from '../connection/nats.connection.js';
import { objectStream } from '../streams/stream.definition.js';
import { provisionStream } from '../streams/stream.provisioner.js';
import { NatsObjectStore } from './nats.object-store.js';
import type { ObjectStore } from './object-store.js';
import { ObjectStores } from './object-stores.js';

export class NatsObjectStores extends ObjectStores {
  private constructor(private readonly stores: ReadonlyMap<string, ObjectStore>) {
    super();
  }

  /** Creates or updates the streams of the stores and settles when all can be used. */
  static async open(connection: NatsConnection, settings: readonly ObjectStoreSettings[], signal?: AbortSignal): Promise<NatsObjectStores> {
    for (const one of settings) await provisionStream(connection, objectStream(one), signal);
    return new NatsObjectStores(new Map(settings.map(one => [one.name, new NatsObjectStore(connection, one)])));
  }

  store(name: string): ObjectStore {
    const store = this.stores.get(name);
    if (!store) throw new Error(`object store ${name} is not among the stores that the broker was opened with`);
    return store;
  }
}
