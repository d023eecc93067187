// @ts-check
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SimulatorClient } from '../demo/simulator.client.mjs';
import { FIXTURE_ENVIRONMENT } from './fixture.environment.mjs';

/** A running `npm run demo` of a tree with a data folder, and the requests of its clients. */
export class RunningInstallation {
  output = '';
  #data;

  /**
   * @param {{ tree: string, data: string, port: number }} options
   */
  constructor({ tree, data, port }) {
    this.#data = data;
    this.url = `http://127.0.0.1:${port}`;
    const ours = Object.entries(process.env).filter(([name]) => !name.startsWith('WABUS_') || name === 'WABUS_NATS_SERVER_BIN');
    this.child = spawn(process.execPath, [join(tree, 'tools', 'start.mjs'), '--demo', '--data', data, '--port', String(port)], {
      env: { ...Object.fromEntries(ours), NODE_OPTIONS: '', ...FIXTURE_ENVIRONMENT },
      stdio: ['ignore', 'pipe', 'pipe']
    });
    for (const stream of [this.child.stdout, this.child.stderr]) stream.setEncoding('utf8').on('data', text => (this.output += text));
    this.ended = once(this.child, 'close').then(([code]) => /** @type {number | null} */ (code));
  }

  get token() {
    return readFileSync(join(this.#data, 'access-token'), 'utf8').trim();
  }

  get simulator() {
    return SimulatorClient.fromOutput(
      readFileSync(join(this.#data, 'logs', 'simulator.log'), 'utf8')
        .split('\n')
        .reverse()
        .join('\n')
    );
  }

  /** Settles when the demo is running and its own session is open. @param {number} [waitMs] */
  async ready(waitMs = 180_000) {
    await awaitValue(
      async () => {
        if (this.child.exitCode !== null) throw new Error(`it ended with code ${this.child.exitCode}:\n${this.output}`);
        return this.output.includes('a simulated contact, writes every');
      },
      waitMs,
      () => this.output
    );
  }

  /** Stops the demo in order. @returns {Promise<number | null>} its exit code */
  async stop() {
    this.child.kill('SIGTERM');
    return this.ended;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body] JSON, or raw bytes
   * @param {Record<string, string>} [headers]
   * @returns {Promise<any>}
   * @throws {Error} with the response if it is not a success
   */
  async call(method, path, body, headers) {
    const { status, body: answer } = await this.ask(method, path, body, headers);
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @param {Record<string, string>} [headers]
   * @returns {Promise<{ status: number, body: any }>}
   */
  async ask(method, path, body, headers = {}) {
    const isFile = body instanceof Uint8Array;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
        ...headers
      },
      ...(body === undefined ? {} : { body: isFile ? Buffer.from(body) : JSON.stringify(body) })
    });
    const text = await response.text();
    return { status: response.status, body: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text };
  }

  /** Returns every event of a session, oldest first. @param {string} session @returns {Promise<any[]>} */
  async events(session) {
    const response = await fetch(`${this.url}/api/sessions/${session}/events`, {
      headers: { authorization: `Bearer ${this.token}`, accept: 'application/x-ndjson' }
    });
    return (await response.text())
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line));
  }

  /** Waits until a session is open. @param {string} session */
  awaitOpen(session) {
    return awaitValue(
      async () => (await this.call('GET', `/api/sessions/${session}/status`)).state === 'open',
      60_000,
      () => `session ${session} is not open`
    );
  }
}

/**
 * Waits for a truthy value and returns it.
 * @template T
 * @param {() => Promise<T>} read
 * @param {number} waitMs
 * @param {() => string} what
 * @returns {Promise<T>}
 */
export async function awaitValue(read, waitMs, what) {
  for (const deadline = Date.now() + waitMs; ; await delay(100)) {
    const value = await read();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`not within ${waitMs / 1000} s: ${what()}`);
  }
}
