import { GenericContainer, getContainerRuntimeClient, Wait, type StartedTestContainer } from 'testcontainers';
import { awaitCondition } from '../condition.js';
import { findFreePort } from '../network/free-port-finder.js';
import { readGreeting } from './greeting.reader.js';
import { NatsServer, natsConfiguration, type NatsServerOptions } from './nats-server-port.js';

const CONFIGURATION_FILE = '/etc/nats/test.conf';
const CLIENT_PORT = 4222;
const STORE = '/data';

/** A nats-server in a container, through testcontainers. */
export class ContainerNatsServer extends NatsServer {
  readonly driver = 'testcontainers';

  private constructor(
    private readonly container: StartedTestContainer,
    readonly port: number
  ) {
    super();
  }

  static async launch(image: string, { configuration, storeDir, folder }: NatsServerOptions): Promise<ContainerNatsServer> {
    // A fixed host port, because Docker would publish a different one after each restart.
    const port = await findFreePort();
    const content = contentOf(configuration);
    const container = new GenericContainer(image)
      .withCopyContentToContainer([{ content, target: CONFIGURATION_FILE }])
      .withCommand(['--config', CONFIGURATION_FILE])
      .withExposedPorts({ container: CLIENT_PORT, host: port })
      .withWaitStrategy(Wait.forLogMessage(/Server is ready/))
      .withStartupTimeout(60_000);
    container.withBindMounts([
      ...(storeDir === undefined ? [] : [{ source: storeDir, target: STORE }]),
      ...(folder === undefined ? [] : [{ source: folder, target: folder }])
    ]);
    return new ContainerNatsServer(await container.start(), port);
  }

  async stop(): Promise<void> {
    await this.container.stop({ timeout: 5_000, remove: true, removeVolumes: true });
  }

  async kill(): Promise<void> {
    await (await this.handle()).kill();
  }

  async restart({ configuration }: Pick<NatsServerOptions, 'configuration'> = {}): Promise<void> {
    if (configuration !== undefined)
      await this.container.copyContentToContainer([{ content: contentOf(configuration), target: CONFIGURATION_FILE }]);
    await (await this.handle()).restart({ t: 5 });
    await awaitCondition(
      () => readGreeting(this.port),
      info => info.startsWith('INFO '),
      { what: 'the restarted nats-server' }
    );
  }

  async pause(): Promise<void> {
    await (await this.handle()).pause();
  }

  async resume(): Promise<void> {
    await (await this.handle()).unpause();
  }

  private async handle() {
    return (await getContainerRuntimeClient()).container.getById(this.container.getId());
  }
}

function contentOf(configuration: string | undefined): string {
  return natsConfiguration({ listen: `0.0.0.0:${CLIENT_PORT}`, storeDir: STORE, configuration });
}
