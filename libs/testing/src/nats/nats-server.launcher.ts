import { BinaryNatsServer } from './binary-nats.server.js';
import { ContainerNatsServer } from './container-nats.server.js';
import { chooseNatsDriver } from './nats-driver-choice.js';
import type { NatsServer, NatsServerOptions } from './nats-server-port.js';

let announced = false;

/**
 * Starts a nats-server with JetStream and resolves when it accepts connections. Each call starts a separate server.
 * Prints on standard error, once per process, whether it runs through testcontainers or from the binary.
 */
export async function launchNatsServer(options: NatsServerOptions = {}): Promise<NatsServer> {
  const choice = await chooseNatsDriver();
  const what = choice.driver === 'binary' ? choice.path : choice.image;
  if (!announced) process.stderr.write(`nats-server: ${choice.driver} (${what}); ${choice.reason}\n`);
  announced = true;
  return choice.driver === 'binary' ? BinaryNatsServer.launch(choice.path, options) : ContainerNatsServer.launch(choice.image, options);
}
