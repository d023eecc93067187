// @ts-check

const HEAD =
  '# Created by npm run compose. You can add settings of docs/configuration.md, one VARIABLE=value per line; they are passed to the processes.';
const NODES = 'nats://nats-1:4222,nats://nats-2:4222,nats://nats-3:4222';
/** The address of Caddy in docker-compose.yml. */
const CADDY = '172.30.93.2';

/**
 * Returns the `.env` for docker-compose.yml. Values that a user has added stay and take precedence.
 * @param {string} before the existing file; empty if there is none
 * @param {{ domain: string | null, cluster: boolean, user: string, version: string }} facts
 * @returns {string}
 */
export function composeEnvironment(before, { domain, cluster, user, version }) {
  const lines = before === '' ? [HEAD] : before.replace(/\n+$/, '').split('\n');
  const known = /^COMPOSE_PROFILES=(.*)$/m.exec(before)?.[1]?.split(',').filter(Boolean) ?? [];
  // A cluster stays a cluster, because its streams have three replicas.
  const profiles = [...new Set([...known, ...(domain === null ? [] : ['tls']), ...(cluster ? ['cluster'] : [])])];
  /** @type {[string, string][]} */
  const wanted = [
    ['WABUS_USER', user],
    ['WABUS_VERSION', version],
    ...(profiles.length > 0 ? /** @type {[string, string][]} */ ([['COMPOSE_PROFILES', profiles.join(',')]]) : []),
    ...(domain === null
      ? []
      : /** @type {[string, string][]} */ ([
          ['WABUS_DOMAIN', domain],
          ['WABUS_EDGE_TRUSTED_PROXIES', CADDY]
        ])),
    ...(cluster
      ? /** @type {[string, string][]} */ ([
          ['WABUS_NATS_URL', NODES],
          ['WABUS_REPLICAS', '3'],
          ['WABUS_OWNERSHIP_TIMING', 'cluster']
        ])
      : [])
  ];
  // These variables follow the command line and the release. The user may have changed the others.
  const renewed = new Set(['WABUS_USER', 'WABUS_VERSION', 'COMPOSE_PROFILES', ...(domain === null ? [] : ['WABUS_DOMAIN'])]);
  for (const [name, value] of wanted) {
    const at = lines.findIndex(line => line.startsWith(`${name}=`));
    if (at < 0) lines.push(`${name}=${value}`);
    else if (renewed.has(name)) lines[at] = `${name}=${value}`;
  }
  return `${lines.join('\n')}\n`;
}
