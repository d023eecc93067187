import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export type NatsRole = 'admin' | 'connector' | 'edge' | 'service';

const FILE = fileURLToPath(new URL('../../../../deploy/nats/users.conf', import.meta.url));

/** The users of a deployed nats-server with their permissions, for `launchNatsServer({configuration})`. The password of each is its name with `-password`. */
export function natsUsers(): string {
  return readFileSync(FILE, 'utf8').replace(/\$WABUS_NATS_(\w+)_PASSWORD/g, (_variable, role: string) =>
    JSON.stringify(natsPassword(role.toLowerCase()))
  );
}

export function natsPassword(role: string): string {
  return `${role}-password`;
}

/** What makes a process of ours that role's user. */
export function natsUserEnvironment(role: NatsRole): { WABUS_NATS_USER: string; WABUS_NATS_PASSWORD: string } {
  return { WABUS_NATS_USER: role, WABUS_NATS_PASSWORD: natsPassword(role) };
}
