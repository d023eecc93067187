// @ts-check
import { createServer } from 'node:net';

const HOST = '127.0.0.1';

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export async function isFree(port) {
  return (await listen(port)) !== null;
}

/**
 * Ports that nothing listens on, all different; a wanted one where it is free.
 * @param {number} count
 * @param {number[]} [wanted]
 * @returns {Promise<number[]>}
 */
export async function choosePorts(count, wanted = []) {
  const ports = new Set();
  for (const port of wanted.slice(0, count)) if (await isFree(port)) ports.add(port);
  while (ports.size < count) ports.add(await listen(0));
  return [...ports];
}

/**
 * @param {number} first
 * @param {number} count
 * @throws {Error} that names the port in use and the remedy
 */
export async function requireFreePorts(first, count) {
  for (let port = first; port < first + count; port++) {
    if (await isFree(port)) continue;
    throw new Error(
      `Port ${port} on ${HOST} is in use by another program. Stop that program, or choose another port: npm start -- --port ${port + 100}`
    );
  }
}

/**
 * @param {number} port
 * @returns {Promise<number | null>} the port, `null` when it cannot be had
 */
function listen(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host: HOST, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : null));
    });
  });
}
