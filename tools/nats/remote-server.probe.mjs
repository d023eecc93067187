// @ts-check
import { connect } from 'node:net';
import { isSupported, MINIMUM_VERSION, parseVersion } from './version.codec.mjs';

const ANSWER_LIMIT_MS = 5_000;

/**
 * Asks a server that someone else runs for its version: the first line a NATS server sends tells it, before any authentication.
 * @param {string} urls one or more, separated by commas, such as `nats://127.0.0.1:4222`
 * @returns {Promise<string>} the version of the first that answers
 * @throws {Error} in one line: cannot be reached, too old, without JetStream
 */
export async function probeServer(urls) {
  const reasons = [];
  for (const url of urls.split(',').map(part => part.trim())) {
    try {
      const info = await readInfo(url);
      const version = parseVersion(String(info['version'])) ?? 'unknown';
      if (!isSupported(version)) throw new Error(`is nats-server ${version}, older than ${MINIMUM_VERSION}`);
      if (info['jetstream'] !== true) throw new Error('has JetStream switched off');
      return version;
    } catch (error) {
      reasons.push(`${withoutCredentials(url)} ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(reasons.join('; '));
}

/**
 * @param {string} url
 * @returns {Promise<Record<string, unknown>>}
 */
function readInfo(url) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url.includes('://') ? url : `nats://${url}`);
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 4222) });
    let text = '';
    socket.setTimeout(ANSWER_LIMIT_MS, () => socket.destroy(new Error(`does not answer within ${ANSWER_LIMIT_MS / 1000} s`)));
    socket.once('error', error => reject(new Error(`cannot be reached: ${error.message}`, { cause: error })));
    socket.once('close', () => reject(new Error('is no NATS server')));
    socket.setEncoding('utf8').on('data', chunk => {
      text += chunk;
      const end = text.indexOf('\r\n');
      if (end < 0 && text.length < 65_536) return;
      try {
        resolve(JSON.parse(text.slice(0, end).replace(/^INFO /, '')));
      } catch {
        reject(new Error('is no NATS server'));
      }
      socket.destroy();
    });
  });
}

/** @param {string} url */
function withoutCredentials(url) {
  return url.replace(/\/\/[^@/]*@/, '//');
}
