// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { encodeStream } from '@wabus/migrate';

/** @typedef {import('@wabus/migrate').DeviceStream} DeviceStream */
/** @typedef {{ step: string, records: number, of: number | null }} ImportProgress */
/** @typedef {{ account: { id: string }, records: Record<string, number>, unknown: Record<string, number> }} ImportReport */
/** @typedef {{ state: string, lastDisconnect: { reason: string, message: string, willReconnect: boolean } | null }} Status */

const LOGIN_LIMIT_MS = 45_000;
const POLL_MS = 300;

/** Imports sessions through one edge, with a token that has the scope `control`. */
export class EdgeImporter {
  #url;
  #token;

  /**
   * @param {string} url
   * @param {string} token
   */
  constructor(url, token) {
    this.#url = url.replace(/\/+$/, '');
    this.#token = token;
  }

  /**
   * Sends a device and settles once the edge has stored it. The device is sent while it is being encoded, and never held in memory as a whole.
   * @param {string} session
   * @param {DeviceStream} device
   * @param {(progress: ImportProgress) => void} told
   * @returns {Promise<ImportReport>}
   * @throws {Error} with the edge's response
   */
  async send(session, device, told) {
    const response = await this.#ask(`/api/sessions/${session}/import`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson', accept: 'application/x-ndjson' },
      body: Readable.toWeb(Readable.from(bytesOf(device, told))),
      duplex: 'half'
    });
    /** @type {ImportReport | null} */
    let report = null;
    for await (const line of linesOf(response)) {
      const answer = JSON.parse(line);
      if (answer.progress) told(answer.progress);
      if (answer.error) throw new Error(`${answer.error.code}: ${answer.error.message}`);
      if (answer.report) report = answer.report;
    }
    if (report === null)
      throw new Error(
        'The edge closed the connection before the import was finished. Import again: nothing is linked until everything is stored.'
      );
    return report;
  }

  /**
   * Waits for the first login, which shows whether the device is still linked.
   * @param {string} session
   * @returns {Promise<Status>} the status once the login has ended or the time limit has passed
   */
  async firstLogin(session) {
    for (const began = Date.now(); ; await delay(POLL_MS)) {
      const response = await this.#ask(`/api/sessions/${session}/status`, { method: 'GET' });
      const status = /** @type {Status} */ (await response.json());
      const over =
        ['open', 'logged-out', 'failed'].includes(status.state) || (status.state === 'waiting' && status.lastDisconnect !== null);
      if (over || Date.now() - began > LOGIN_LIMIT_MS) return status;
    }
  }

  /**
   * @param {string} path
   * @param {any} init
   * @returns {Promise<Response>}
   */
  async #ask(path, init) {
    const headers = { ...init.headers, authorization: `Bearer ${this.#token}` };
    /** @type {Response} */
    let response;
    try {
      response = await fetch(`${this.#url}${path}`, { ...init, headers });
    } catch (error) {
      const cause = /** @type {{ cause?: { code?: string, message?: string } }} */ (error).cause;
      throw new Error(
        `${this.#url} does not answer (${cause?.code ?? cause?.message ?? error}). Is Wabus running there? Use --url for another address.`
      );
    }
    if (response.ok) return response;
    const text = await response.text();
    throw new Error(refusalOf(response.status, text));
  }
}

/**
 * Returns the access token from the environment, or from an installation on this machine.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} dataFolder
 * @throws {Error} if there is none
 */
export function accessToken(env, dataFolder) {
  const { WABUS_TOKEN: token, WABUS_TOKEN_FILE: named } = env;
  if (token) return token;
  const file = named ?? join(dataFolder, 'access-token');
  const found = existsSync(file) ? (readFileSync(file, 'utf8').split(/\s/, 1)[0] ?? '') : '';
  if (found === '')
    throw new Error(`There is no access token: set WABUS_TOKEN or WABUS_TOKEN_FILE to one with the scope control (looked in ${file}).`);
  return found;
}

/**
 * @param {DeviceStream} device
 * @param {(progress: ImportProgress) => void} told
 */
function* bytesOf(device, told) {
  const of = device.records.length;
  let sent = -1;
  for (const line of encodeStream(device)) {
    if (++sent % 500 === 0) told({ step: 'sending', records: Math.min(sent, of), of });
    yield Buffer.from(`${line}\n`, 'utf8');
  }
}

/** @param {Response} response */
async function* linesOf(response) {
  const decoder = new TextDecoder();
  let unfinished = '';
  for await (const piece of /** @type {any} */ (response.body)) {
    const lines = (unfinished + decoder.decode(piece, { stream: true })).split('\n');
    unfinished = lines.pop() ?? '';
    yield* lines.filter(line => line !== '');
  }
  if (unfinished.trim() !== '') yield unfinished;
}

/**
 * @param {number} status
 * @param {string} text
 */
function refusalOf(status, text) {
  try {
    const { error } = JSON.parse(text);
    return `${error.code}: ${error.message}`;
  } catch {
    return `The edge answered ${status}.`;
  }
}
