// @ts-check
import { readSurroundings } from '../doctor/surroundings.reader.mjs';
import { runningFolderOf } from './cli-arguments.codec.mjs';

/**
 * Returns the URL of an edge, and a token for it.
 * @param {{ url?: string | undefined, data?: string | undefined }} values
 * @param {NodeJS.ProcessEnv} env `WABUS_TOKEN` takes precedence over the files
 * @throws {Error} if no token is found
 */
export function edgeAccess({ url, data }, env) {
  const surroundings = readSurroundings({ env, dataFolder: runningFolderOf(data), ...(url === undefined ? {} : { url }) });
  const token = env['WABUS_TOKEN']?.trim() || surroundings.token;
  if (!token) throw new Error(`There is no token: set WABUS_TOKEN, or set --data to the folder of the installation.`);
  return { url: surroundings.url.replace(/\/+$/, ''), token };
}

/**
 * @param {{ url: string, token: string }} access
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<Response>} a response with a status below 400
 * @throws {Error} with the edge's error code and message
 */
export async function callEdge({ url, token }, path, init = {}) {
  const response = await fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } }).catch(
    error => {
      throw new Error(
        `${url} does not answer (${error.cause?.code ?? error.message}). Is Wabus running? Set --url to the URL of an edge.`,
        {
          cause: error
        }
      );
    }
  );
  if (response.status < 400) return response;
  const { error } = await response.json().catch(() => ({ error: null }));
  throw new Error(error ? `${error.code}: ${error.message}` : `The edge answered with status ${response.status}.`);
}
