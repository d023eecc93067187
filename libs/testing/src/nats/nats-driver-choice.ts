import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { getContainerRuntimeClient, getReaper, ImageName } from 'testcontainers';
import type { NatsDriver } from './nats-server-port.js';

/** What starts the nats-servers of this process. `reason` says why, for people. */
export type NatsDriverChoice = { driver: NatsDriver; reason: string } & (
  | { driver: 'testcontainers'; image: string }
  | { driver: 'binary'; path: string }
);

const TOOL = fileURLToPath(new URL('../../../../tools/nats-server.mjs', import.meta.url));
const RELEASE_TABLE = new URL('../../../../tools/nats/release.table.mjs', import.meta.url).href;

let choice: Promise<NatsDriverChoice> | undefined;

/**
 * Decides once per process: testcontainers where a Docker engine answers and the pinned image is there or can be pulled, else the binary.
 * `WABUS_TEST_NATS` (`testcontainers` or `binary`) decides instead; `WABUS_NATS_SERVER_BIN` names the binary, `WABUS_TEST_NATS_IMAGE` the image.
 * @throws Error when there is neither, listing what was tried
 */
export function chooseNatsDriver(): Promise<NatsDriverChoice> {
  choice ??= decide();
  return choice;
}

/** The pinned image, from the one place that pins it. */
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
    // The reaper's image cannot be pulled here: each server is then removed by its own stop().
    process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  }
}

/** The path of the nats-server binary: `WABUS_NATS_SERVER_BIN`, or what the tool finds or obtains. */
export async function findNatsBinary(): Promise<string> {
  const given = process.env['WABUS_NATS_SERVER_BIN'];
  if (given !== undefined && given !== '') return given;
  const { stdout } = await promisify(execFile)(process.execPath, [TOOL, '--print'], { env: { ...process.env, NODE_OPTIONS: undefined } });
  return stdout.trim();
}
