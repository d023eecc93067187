// @ts-check
import { setTimeout as delay } from 'node:timers/promises';

/** A session in the edge's list, with only the fields used here. @typedef {{ session: string, status?: { state?: string } }} SessionView */
/** What an edge says about a session. `reason` is its sentence about the last lost connection. @typedef {{ state: string, reason: string | null }} SessionLook */

/** A client for one edge, with the access token of its installation. */
export class EdgeClient {
  #url;
  #readToken;

  /**
   * @param {string} url
   * @param {() => string} readToken called for each request, because the file may change
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

  /**
   * @returns {Promise<string | null>} a code with which one browser can log in once; `null` if the edge issues none, since a login with the
   * token is also possible
   */
  async createLoginCode() {
    const { status, text } = await this.#ask('POST', '/api/logins/codes');
    return status === 201 ? JSON.parse(text).code : null;
  }

  /**
   * @param {string} session
   * @returns {Promise<SessionLook | null>} `null` if the session does not exist
   */
  async look(session) {
    const { status, text } = await this.#ask('GET', `/api/sessions/${session}`);
    if (status === 404) return null;
    if (status !== 200) throw new Error(`GET /api/sessions/${session} answered ${status}: ${text}`);
    const said = JSON.parse(text).status;
    return { state: said?.state ?? 'unknown', reason: said?.lastDisconnect?.message ?? null };
  }

  /**
   * @param {string} session
   * @param {'terminal' | 'raw'} format
   * @returns {Promise<string | null>} `null` if no QR code is available at the moment
   */
  async qrOf(session, format) {
    const { status, text } = await this.#ask('GET', `/api/sessions/${session}/qr?format=${format}`);
    return status === 200 ? text : null;
  }

  /**
   * Returns the response if its status is 2xx. Retries temporary failures for a few seconds.
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
