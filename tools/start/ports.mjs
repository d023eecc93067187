// @ts-check
import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/**
 * Returns the address at which this machine reaches a server that listens on a host.
 * @param {string} host
 */
export function reachableHost(host) {
  if (host === '0.0.0.0' || host === '') return LOOPBACK;
  return host === '::' || host === '[::]' ? '::1' : host.replace(/^\[|\]$/g, '');
}

/**
 * @param {string} host the host on which a process listens
 * @param {number} port
 */
export function urlOf(host, port) {
  const reachable = reachableHost(host);
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

/**
 * Returns different free ports, including the wanted ones that are free.
 * @param {number} count
 * @param {number[]} [wanted]
 * @param {string} [host]
 * @returns {Promise<number[]>}
 */
export async function choosePorts(count, wanted = [], host = LOOPBACK) {
  const ports = new Set();
  for (const port of wanted.slice(0, count)) if ('port' in (await listen(host, port))) ports.add(port);
  while (ports.size < count) {
    const free = await listen(host, 0);
    if (!('port' in free)) throw new Error(`This machine cannot listen on ${host}: ${free.code}`);
    ports.add(free.port);
  }
  return [...ports];
}

/**
 * @param {string} host
 * @param {number} first
 * @param {number} count
 * @param {string} [command] the npm command that was started, for the remedy
 * @throws {Error} with the remedy, if a port is in use or if this machine does not have the address
 */
export async function requireFreePorts(host, first, count, command = 'npm start') {
  for (let port = first; port < first + count; port++) {
    const outcome = await listen(host, port);
    if ('port' in outcome) continue;
    if (outcome.code === 'EADDRINUSE')
      throw new Error(
        `Port ${port} on ${host} is in use by another program. Stop that program, or choose another port: ${command} -- --port ${port + 100}`
      );
    const remedy =
      outcome.code === 'EACCES'
        ? 'ports below 1024 need privileges: choose another with --port'
        : 'choose an address of this machine with --host or WABUS_EDGE_HOST';
    throw new Error(`Nothing can listen on port ${port} of ${host} (${outcome.code}): ${remedy}`);
  }
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<{ port: number } | { code: string }>} the port, or an error code if it is not available
 */
function listen(host, port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', error => resolve({ code: /** @type {NodeJS.ErrnoException} */ (error).code ?? error.message }));
    server.listen({ port, host: host.replace(/^\[|\]$/g, ''), exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve({ port: address !== null && typeof address === 'object' ? address.port : 0 }));
    });
  });
}
