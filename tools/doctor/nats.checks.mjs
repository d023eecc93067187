// @ts-check
import { probeServer, withoutCredentials } from '../nats/remote-server.probe.mjs';
import { askJetStream, connectInRole } from '../nats/role.connection.mjs';
import { failed, ok, skipped, warning } from './finding.policy.mjs';

/** @typedef {import('./finding.policy.mjs').Check} Check */
/** @typedef {import('./surroundings.reader.mjs').Surroundings} Surroundings */
/** @typedef {{ storage: number, reserved_storage?: number, limits?: { max_storage: number } }} Account */
/** @typedef {{ name: string, num_replicas: number, max_bytes?: number, max_age?: number, metadata?: Record<string, string> }} StreamConfig */
/** @typedef {{ messages: number, bytes: number, first_ts?: string }} StreamState */
/** @typedef {{ leader?: string, replicas?: { name: string, current: boolean }[] }} StreamCluster */
/** @typedef {{ config: StreamConfig, state: StreamState, cluster?: StreamCluster }} Stream */

const ROLES = /** @type {const} */ (['admin', 'connector', 'edge']);
const STREAMS = [
  ...['WABUS_EVENTS', 'KV_WABUS_REGISTRY', 'KV_WABUS_OWNERSHIP', 'KV_WABUS_TOKENS', 'KV_WABUS_WEBHOOKS', 'KV_WABUS_SUBSCRIPTIONS'],
  ...['KV_WABUS_MODELS', 'OBJ_WABUS_MEDIA', 'OBJ_WABUS_EVENT_PARTS']
];
/** The streams without which nothing works. */
const NEEDED = ['WABUS_EVENTS', 'KV_WABUS_REGISTRY', 'KV_WABUS_OWNERSHIP'];
const FULL = 0.85;

/** Checks of NATS: version, logins, permissions, space, streams. @type {readonly Check[]} */
export const NATS_CHECKS = [
  {
    id: 'nats',
    title: 'NATS',
    run: async ({ natsUrl, ownNats }) => {
      if (natsUrl === null) return skipped('WABUS_NATS_URL is not set, and npm start has not run with this data folder');
      const shown = withoutCredentials(natsUrl);
      try {
        return ok(`nats-server ${await probeServer(natsUrl)} at ${shown}`);
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        const remedy = /older than/.test(text)
          ? "Install a newer nats-server: Wabus needs JetStream's atomic publishing."
          : /JetStream/.test(text)
            ? 'Start nats-server with JetStream: `jetstream { store_dir: … }` in its configuration, as in deploy/nats.'
            : ownNats
              ? 'Start Wabus with npm start: it runs this server.'
              : 'Check WABUS_NATS_URL, and whether a firewall blocks this machine.';
        return failed(text, remedy);
      }
    }
  },
  {
    id: 'nats-login',
    title: 'logins at NATS',
    needs: ['nats'],
    run: async surroundings => {
      const { natsUrl, access } = surroundings;
      const known = ROLES.flatMap(role => {
        const login = access(role);
        return login === null ? [] : [{ role, login }];
      });
      if (known.length === 0) return skipped('no NATS user or password is available here');
      const refused = [];
      for (const { role, login } of known) {
        try {
          await probeServer(String(natsUrl), login);
        } catch (error) {
          refused.push(`${role}: ${error instanceof Error ? error.message : error}`);
        }
      }
      if (refused.length > 0)
        return failed(
          refused.join('\n'),
          'Configure NATS with the users of deploy/nats/users.conf and the passwords of the processes, then reload it.'
        );
      return ok(`accepted: ${known.map(({ role }) => role).join(', ')}`);
    }
  },
  {
    id: 'nats-permissions',
    title: 'permissions at NATS',
    needs: ['nats', 'nats-login'],
    run: async surroundings => {
      const denied = [];
      for (const role of /** @type {const} */ (['connector', 'edge'])) {
        if (surroundings.access(role) === null) continue;
        const error = await asRole(surroundings, role, ask =>
          ask('STREAM.INFO.WABUS_EVENTS').then(
            () => null,
            reason => reason
          )
        );
        if (error !== null && !/not found/.test(error.message)) denied.push(`${role}: ${error.message}`);
      }
      return denied.length === 0
        ? ok('connector and edge may read the event log')
        : failed(denied.join('\n'), 'Install the current deploy/nats/users.conf, reload NATS, and run the provisioning as admin.');
    }
  },
  {
    id: 'nats-space',
    title: 'JetStream storage',
    needs: ['nats', 'nats-login'],
    run: async surroundings => {
      const {
        storage,
        reserved_storage: reserved = 0,
        limits
      } = /** @type {Account} */ (await asAnyRole(surroundings, ask => ask('INFO')));
      const limit = limits?.max_storage ?? -1;
      const used = Math.max(storage, reserved);
      if (limit <= 0) return ok(`${gib(storage)} used, no account limit`);
      const text = `${gib(storage)} used and ${gib(reserved)} reserved of ${gib(limit)}`;
      if (storage > limit * FULL) return failed(text, 'Enlarge the disk or the limit of JetStream, or lower WABUS_EVENTS_MAX_BYTES.');
      return used > limit ? warning(text, 'The reservations do not fit: lower WABUS_EVENTS_MAX_BYTES or WABUS_MEDIA_MAX_BYTES.') : ok(text);
    }
  },
  {
    id: 'streams',
    title: 'streams',
    needs: ['nats', 'nats-login'],
    run: async surroundings => {
      const streams = await readStreams(surroundings);
      const missing = NEEDED.filter(name => !streams.some(({ config }) => config.name === name));
      if (missing.length > 0)
        return failed(
          `missing: ${missing.join(', ')}`,
          'Start a connector, or run the provisioning as admin (docs/operations/deployment.md).'
        );
      const behind = streams.filter(({ cluster }) => cluster?.replicas?.some(({ current }) => !current)).map(({ config }) => config.name);
      if (behind.length > 0)
        return warning(`replicas are behind: ${behind.join(', ')}`, 'Check that all NATS servers are running and can reach each other.');
      const events = streams.find(({ config }) => config.name === 'WABUS_EVENTS');
      return ok(`${streams.length}, events: ${events?.state.messages ?? 0} of ${gib(events?.state.bytes ?? 0)}`);
    }
  }
];

/**
 * Returns the existing Wabus streams.
 * @param {Surroundings} surroundings
 * @returns {Promise<Stream[]>}
 */
export async function readStreams(surroundings) {
  return asAnyRole(surroundings, async ask => {
    const answers = await Promise.all(STREAMS.map(name => ask(`STREAM.INFO.${name}`).catch(() => null)));
    return answers.filter(answer => answer !== null);
  });
}

/**
 * @template T
 * @param {Surroundings} surroundings
 * @param {(ask: (subject: string) => Promise<any>) => Promise<T>} use
 */
async function asAnyRole(surroundings, use) {
  const role = ROLES.find(one => surroundings.access(one) !== null) ?? 'admin';
  return asRole(surroundings, role, use);
}

/**
 * @template T
 * @param {Surroundings} surroundings
 * @param {typeof ROLES[number]} role
 * @param {(ask: (subject: string) => Promise<any>) => Promise<T>} use `ask` calls JetStream's API and rejects if the response contains an error
 * @returns {Promise<T>}
 */
async function asRole({ natsUrl, access }, role, use) {
  const connection = await connectInRole(String(natsUrl), access(role));
  try {
    return await use(subject => askJetStream(connection, subject));
  } finally {
    await connection.close();
  }
}

/** @param {number} bytes */
function gib(bytes) {
  return bytes < 2 ** 30 ? `${(bytes / 2 ** 20).toFixed(1)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
