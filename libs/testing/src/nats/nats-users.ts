import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTempFolder } from '../temp-folder.js';

export type NatsRole = 'admin' | 'connector' | 'edge' | 'service';

/** A service with its own user, in the format of tools/nats/services.codec.mjs. */
export interface NatsService {
  readonly consumers?: readonly string[];
  readonly read?: '*' | readonly string[];
  readonly command?: '*' | readonly string[];
}

const FILE = fileURLToPath(new URL('../../../../deploy/nats/users.conf', import.meta.url));
const GENERATOR = fileURLToPath(new URL('../../../../tools/nats/role.permissions.mjs', import.meta.url));

/**
 * Returns the users of a deployed nats-server with their permissions, for `launchNatsServer({configuration})`; with `services`, as an operator generates them.
 * The password of each user is its name followed by `-password`.
 */
export function natsUsers(services?: Readonly<Record<string, NatsService>>): string {
  return (services === undefined ? readFileSync(FILE, 'utf8') : generated(services)).replace(
    /\$WABUS_NATS_(\w+)_PASSWORD/g,
    (_variable, role: string) => JSON.stringify(natsPassword(role.toLowerCase()))
  );
}

function generated(services: Readonly<Record<string, NatsService>>): string {
  const folder = createTempFolder('services');
  const file = join(folder.path, 'services.json');
  try {
    writeFileSync(file, JSON.stringify(services));
    return execFileSync(process.execPath, [GENERATOR, '--print', '--services', file], { encoding: 'utf8' });
  } finally {
    folder.remove();
  }
}

export function natsPassword(role: string): string {
  return `${role}-password`;
}

/** Returns the environment that makes a Wabus process connect as the user of a role. */
export function natsUserEnvironment(role: NatsRole): { WABUS_NATS_USER: string; WABUS_NATS_PASSWORD: string } {
  return { WABUS_NATS_USER: role, WABUS_NATS_PASSWORD: natsPassword(role) };
}
