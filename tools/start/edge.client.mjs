// @ts-check
import { setTimeout as delay } from 'node:timers/promises';

/** A session as the edge lists it; only what this needs. @typedef {{ session: string, status?: { state?: string } }} SessionView */

/** Requests of one edge with the access token of its installation. */
export class EdgeClient {
  #url;
  #readToken;

  /**
   * @param {string} url
   * @param {() => string} readToken asked for each request: the file may change
   */
  constructor(url, readToken) {
    this.#url = url;
    this.#readToken = readToken;
  }

  get token() {
    return this.#readToken();
  }

  /** @returns {Promise<SessionView[]>} */
  async listSessions() {
    return JSON.parse(await this.#must('GET', '/api/sessions')).sessions;
  }

  /** @param {string} session */
  async createSession(session) {
    await this.#must('POST', '/api/sessions', { session });
  }

  /** @returns {Promise<string | null>} a code that logs one browser in, once; `null` when the edge makes none: one can log in by token, too */
  async createLoginCode() {
    const { status, text } = await this.#ask('POST', '/api/logins/codes');
    return status === 201 ? JSON.parse(text).code : null;
  }

  /**
   * @param {string} session
   * @returns {Promise<string | null>} its state, `null` when there is no such session
   */
  async stateOf(session) {
    const { status, text } = await this.#ask('GET', `/api/sessions/${session}`);
    if (status === 404) return null;
    if (status !== 200) throw new Error(`GET /api/sessions/${session} answered ${status}: ${text}`);
    return JSON.parse(text).status?.state ?? 'unknown';
  }

  /**
   * @param {string} session
   * @param {'terminal' | 'raw'} format
   * @returns {Promise<string | null>} `null` when none is shown at the moment
   */
  async qrOf(session, format) {
    const { status, text } = await this.#ask('GET', `/api/sessions/${session}/qr?format=${format}`);
    return status === 200 ? text : null;
  }

  /**
   * An answer with status 2xx; what may pass is tried again for some seconds.
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   */
  async #must(method, path, body) {
    for (let attempt = 1; ; attempt++) {
      const { status, text } = await this.#ask(method, path, body);
      if (status >= 200 && status < 300) return text;
      if (status < 500 || attempt === 10) throw new Error(`${method} ${path} answered ${status}: ${text}`);
      await delay(500);
    }
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   */
  async #ask(method, path, body) {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      signal: AbortSignal.timeout(10_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    });
    return { status: response.status, text: await response.text() };
  }
}
