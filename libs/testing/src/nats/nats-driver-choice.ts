import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { getContainerRuntimeClient, getReaper, ImageName } from 'testcontainers';
import type { NatsDriver } from './nats-server-port.js';

/** The driver that starts the nats-servers of this process. `reason` explains the choice in a log line. */
export type NatsDriverChoice = { driver: NatsDriver; reason: string } & (
  | { driver: 'testcontainers'; image: string }
  | { driver: 'binary'; path: string }
);

const TOOL = fileURLToPath(new URL('../../../../tools/nats-server.mjs', import.meta.url));
const RELEASE_TABLE = new URL('../../../../tools/nats/release.table.mjs', import.meta.url).href;

let choice: Promise<NatsDriverChoice> | undefined;

/**
 * Chooses the driver once per process: testcontainers if a Docker engine answers and the pinned image is present or can be pulled, otherwise the binary.
 * `WABUS_TEST_NATS` (`testcontainers` or `binary`) overrides the choice; `WABUS_NATS_SERVER_BIN` names the binary, `WABUS_TEST_NATS_IMAGE` the image.
 * @throws Error if neither is available, with a list of what was tried
 */
export function chooseNatsDriver(): Promise<NatsDriverChoice> {
  choice ??= decide();
  return choice;
}

/** Returns the pinned image, from the only file that pins it. */
export async function pinnedImage(): Promise<string> {
  const table = (await import(RELEASE_TABLE)) as { RELEASE_IMAGE: string };
  return table.RELEASE_IMAGE;
}

async function decide(): Promise<NatsDriverChoice> {
  const wanted = process.env['WABUS_TEST_NATS'];
  const image = process.env['WABUS_TEST_NATS_IMAGE'] ?? (await pinnedImage());
  if (wanted === 'binary') return { driver: 'binary', path: await findNatsBinary(), reason: 'asked for' };
  try {
    await requireEngine(image);
    return { driver: 'testcontainers', image, reason: 'a Docker engine answers' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (wanted === 'testcontainers') throw new Error(`testcontainers was asked for: ${reason}`, { cause: error });
    return { driver: 'binary', path: await findNatsBinary(), reason };
  }
}

async function requireEngine(image: string): Promise<void> {
  const client = await getContainerRuntimeClient();
  const name = ImageName.fromString(image);
  if (!(await client.image.exists(name))) await client.image.pull(name);
  try {
    await getReaper(client);
  } catch {
    // The reaper's image cannot be pulled here; each server is instead removed by its own stop().
    process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  }
}

/** Returns the path of the nats-server binary: `WABUS_NATS_SERVER_BIN`, or the one that the tool finds or downloads. */
export async function findNatsBinary(): Promise<string> {
  const given = process.env['WABUS_NATS_SERVER_BIN'];
  if (given !== undefined && given !== '') return given;
  const { stdout } = await promisify(execFile)(process.execPath, [TOOL, '--print'], { env: { ...process.env, NODE_OPTIONS: undefined } });
  return stdout.trim();
}
