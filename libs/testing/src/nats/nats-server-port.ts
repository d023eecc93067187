/** The driver of a test's nats-server. */
export type NatsDriver = 'testcontainers' | 'binary';

/** A nats-server for one test, on 127.0.0.1 and a free port, with JetStream on disk. */
export abstract class NatsServer implements AsyncDisposable {
  abstract readonly driver: NatsDriver;

  /** The port for clients; it stays the same after a restart. */
  abstract readonly port: number;

  /** For `connect({servers})` and for `WABUS_NATS_URL`. */
  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** Stops the server in order and removes its store, unless the caller specified the store's folder. */
  abstract stop(): Promise<void>;

  /** Kills the server like a crash; the store is kept, and `restart` starts the server again. */
  abstract kill(): Promise<void>;

  /**
   * Stops the server in order if it is running, and starts it with the same port and store; `changed` replaces the given options.
   * Resolves when the server accepts connections.
   */
  abstract restart(changed?: Pick<NatsServerOptions, 'configuration'>): Promise<void>;

  /** Freezes the server: connections stay open and nothing answers. */
  abstract pause(): Promise<void>;

  abstract resume(): Promise<void>;

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}

export interface NatsServerOptions {
  /** Appended to the generated configuration, in nats-server's own format; its keys take precedence. */
  configuration?: string;
  /** The folder of JetStream's files; default: a temporary folder. */
  storeDir?: string;
  /** Folder with the files that the configuration names, for a driver that must mount them. */
  folder?: string;
}

/** Returns the part of a test server's configuration that both drivers share. */
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
