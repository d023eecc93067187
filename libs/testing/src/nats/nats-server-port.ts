/** How a test's nats-server runs. */
export type NatsDriver = 'testcontainers' | 'binary';

/** A nats-server of a test's own, on 127.0.0.1 and a free port, with JetStream on disk. */
export abstract class NatsServer implements AsyncDisposable {
  abstract readonly driver: NatsDriver;

  /** The port clients connect to; the same after a restart. */
  abstract readonly port: number;

  /** For `connect({servers})` and for `WABUS_NATS_URL`. */
  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** Stops it in order and removes its store, unless the store's folder was given. */
  abstract stop(): Promise<void>;

  /** Ends it as a crash does; the store stays, `restart` starts it again. */
  abstract kill(): Promise<void>;

  /**
   * Stops it in order if it runs, and starts it with the same port and store, and with what is given of `changed` instead of what it had.
   * Settles when it accepts connections.
   */
  abstract restart(changed?: Pick<NatsServerOptions, 'configuration'>): Promise<void>;

  /** Freezes it: connections stay open and nothing answers. */
  abstract pause(): Promise<void>;

  abstract resume(): Promise<void>;

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}

export interface NatsServerOptions {
  /** Appended to the generated configuration, in nats-server's own format; a key given here wins. */
  configuration?: string;
  /** Where JetStream keeps its files; a temporary folder if missing. */
  storeDir?: string;
  /** Holds files that the configuration names, for a driver that shows the server no others. */
  folder?: string;
}

/** The configuration of a test's server: what both drivers have in common. */
export function natsConfiguration({
  listen,
  storeDir,
  configuration = ''
}: {
  listen: string;
  storeDir: string;
  configuration?: string;
}): string {
  return `listen: "${listen}"\njetstream { store_dir: "${storeDir}" }\n${configuration}\n`;
}
