// @ts-check
import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import { connect as encrypt } from 'node:tls';
import { failed, ok, skipped, warning } from './finding.policy.mjs';

/** @typedef {import('./finding.policy.mjs').Check} Check */

const LIMIT_MS = 8_000;
/** Deadlines and signatures need clocks that are accurate to a few seconds. */
const SKEW_LIMIT_MS = 5_000;

/** Checks of the outside world: WhatsApp's hosts and the time. @type {readonly Check[]} */
export const REACH_CHECKS = [
  {
    id: 'whatsapp',
    title: "WhatsApp's hosts",
    run: async ({ hosts, offline, env }) => {
      if (offline) return skipped('--offline');
      if (env['WABUS_SIMULATOR_URL']) return skipped('connectors use a simulator');
      const proxy = proxyOf(env);
      if (proxy instanceof Error)
        return failed('WABUS_PROXY_URL is not a valid URL', 'Write it as http://host:port, https://host:port or socks5://host:port.');
      if (proxy !== null) {
        const reason = await reachable(proxy, false);
        return reason === null
          ? ok('the proxy in WABUS_PROXY_URL accepts connections; the route behind it is not tested')
          : failed(
              `the proxy in WABUS_PROXY_URL ${reason}`,
              'Start the proxy or correct WABUS_PROXY_URL: without it, no connector can reach WhatsApp.'
            );
      }
      const reasons = [];
      for (const host of hosts) {
        const reason = await reachable(host, true);
        if (reason !== null) reasons.push(`${host} ${reason}`);
      }
      return reasons.length === 0
        ? ok(hosts.join(', '))
        : failed(
            reasons.join('\n'),
            'Allow this machine to connect to these hosts, or set WABUS_PROXY_URL. If a name does not resolve, check DNS first.'
          );
    }
  },
  {
    id: 'clock',
    title: 'clock',
    run: async ({ url, hosts, offline }) => {
      const sources = [url, ...(offline ? [] : hosts.filter(host => host.endsWith(':443')).map(host => `https://${host}`))];
      for (const source of [...sources].reverse()) {
        const began = Date.now();
        const date = await fetch(source, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(LIMIT_MS) }).then(
          response => response.headers.get('date'),
          () => null
        );
        if (date === null) continue;
        // The date header has a resolution of 1 s, and the server sent it at some time during the request.
        const skew = Date.parse(date) - (began + Date.now()) / 2;
        const text = `${Math.abs(Math.round(skew / 1000))} s ${skew < 0 ? 'ahead of' : 'behind'} ${new URL(source).host}`;
        return Math.abs(skew) > SKEW_LIMIT_MS
          ? warning(
              text,
              'Synchronize the clock (timedatectl set-ntp true): command deadlines, tokens and webhook signatures depend on it.'
            )
          : ok('accurate to a few seconds');
      }
      return skipped('no host returned the time');
    }
  }
];

/** @param {NodeJS.ProcessEnv} env @returns {string | null | Error} host:port */
function proxyOf(env) {
  const text = env['WABUS_PROXY_URL']?.trim();
  if (!text) return null;
  try {
    const { hostname, port, protocol } = new URL(text);
    return `${hostname}:${port || (protocol === 'https:' ? 443 : protocol === 'http:' ? 80 : 1080)}`;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/**
 * @param {string} address host:port
 * @param {boolean} secure whether TLS must succeed as well
 * @returns {Promise<string | null>} why the host is unreachable, or `null`
 */
async function reachable(address, secure) {
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon).replace(/^\[|\]$/g, '');
  try {
    await lookup(host);
  } catch {
    return 'does not resolve';
  }
  return new Promise(resolve => {
    const options = { host, port: Number(address.slice(colon + 1)) };
    const socket = secure ? encrypt({ ...options, ...(isIP(host) === 0 ? { servername: host } : {}) }) : connect(options);
    const end = (/** @type {string | null} */ reason) => {
      socket.destroy();
      resolve(reason);
    };
    socket.setTimeout(LIMIT_MS, () => end(`does not answer within ${LIMIT_MS / 1000} s`));
    socket.once(secure ? 'secureConnect' : 'connect', () => end(null));
    socket.once('error', (/** @type {NodeJS.ErrnoException} */ error) => end(`cannot be reached: ${error.code ?? error.message}`));
  });
}
