// @ts-check
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { connect as encrypt } from 'node:tls';
import { isSupported, MINIMUM_VERSION, parseVersion } from './version.codec.mjs';

const ANSWER_LIMIT_MS = 5_000;
const CREDENTIAL_SETTINGS = 'WABUS_NATS_URL, WABUS_NATS_USER, WABUS_NATS_PASSWORD or WABUS_NATS_TOKEN';

/**
 * The credentials with which the processes connect to a server, from their environment variables.
 * @typedef {{ user?: string, password?: string, token?: string, caFile?: string, certFile?: string, keyFile?: string }} Access
 */

/**
 * Reads the credentials for NATS from the WABUS_NATS_* variables.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Access}
 * @throws {Error} if a secret file cannot be read
 */
export function accessOf(env) {
  const secret = (/** @type {string} */ name) => {
    const file = env[`${name}_FILE`]?.trim();
    return env[name]?.trim() || (file ? readFileSync(file, 'utf8').trim() : undefined);
  };
  return {
    user: env['WABUS_NATS_USER']?.trim() || undefined,
    password: secret('WABUS_NATS_PASSWORD'),
    token: secret('WABUS_NATS_TOKEN'),
    caFile: env['WABUS_NATS_CA_FILE']?.trim() || undefined,
    certFile: env['WABUS_NATS_CERT_FILE']?.trim() || undefined,
    keyFile: env['WABUS_NATS_KEY_FILE']?.trim() || undefined
  };
}

/**
 * Determines the version of a server that someone else runs, and logs in like the processes. The first line that a NATS server sends contains
 * the version, before any authentication.
 * @param {string} urls one or more, separated by commas, such as `nats://user:password@127.0.0.1:4222`; `tls://` requires TLS
 * @param {Access | null} [access] `null`: determines only the version
 * @returns {Promise<string>} the version of the first server that responds
 * @throws {Error} in one line with the address but without a password: unreachable, too old, without JetStream or TLS, or the user is refused
 */
export async function probeServer(urls, access = null) {
  const reasons = [];
  for (const url of urls.split(',').map(part => part.trim())) {
    try {
      return await probeOne(url, access);
    } catch (error) {
      reasons.push(`${withoutCredentials(url)} ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(reasons.join('; '));
}

/**
 * @param {string} url
 * @param {Access | null} access
 */
async function probeOne(url, access) {
  const { host, port, secure, ...named } = readAddress(url);
  const login = { ...access, ...named };
  const socket = connect({ host, port });
  try {
    const info = await answerOf(socket, () => undefined);
    const facts = factsIn(info);
    const version = parseVersion(String(facts['version'])) ?? 'unknown';
    if (!isSupported(version)) throw new Error(`is nats-server ${version}, older than ${MINIMUM_VERSION}`);
    if (facts['jetstream'] !== true) throw new Error('runs without JetStream');
    const hasTls = facts['tls_required'] === true || facts['tls_available'] === true;
    if (access === null) return version;
    const files = { caFile: access.caFile, certFile: access.certFile, keyFile: access.keyFile };
    if ((secure || Object.values(files).some(Boolean)) && !hasTls)
      throw new Error('does not offer TLS, which tls:// and WABUS_NATS_CA_FILE require');
    if (facts['auth_required'] === true || hasTls) await logIn(hasTls ? await encrypted(socket, host, files) : socket, login);
    return version;
  } finally {
    socket.destroy();
  }
}

/**
 * @param {string} line
 * @returns {Record<string, unknown>}
 */
function factsIn(line) {
  try {
    return JSON.parse(line.replace(/^INFO /, ''));
  } catch {
    throw new Error('is not a NATS server');
  }
}

/**
 * @param {import('node:net').Socket} socket
 * @param {Access} login
 */
async function logIn(socket, { user, password, token }) {
  const credentials = token === undefined ? { user, pass: password } : { auth_token: token };
  const hello = { verbose: false, pedantic: false, lang: 'node', version: '0', protocol: 1, ...credentials };
  for (let line = await answerOf(socket, () => socket.write(`CONNECT ${JSON.stringify(hello)}\r\nPING\r\n`)); line !== 'PONG';) {
    // The server may send INFO again after the login.
    if (!line.startsWith('INFO '))
      throw new Error(
        `refuses ${user === undefined ? 'these credentials' : `the user ${user} or its password`}: check ${CREDENTIAL_SETTINGS}`
      );
    line = await answerOf(socket, () => undefined);
  }
}

/**
 * @param {import('node:net').Socket} socket
 * @param {string} host
 * @param {{ caFile?: string, certFile?: string, keyFile?: string }} files
 * @returns {Promise<import('node:tls').TLSSocket>}
 */
function encrypted(socket, host, { caFile, certFile, keyFile }) {
  const read = (/** @type {string | undefined} */ file) => (file === undefined ? undefined : readFileSync(file));
  return new Promise((resolve, reject) => {
    const secured = encrypt({
      socket,
      servername: /^[\d.:]+$/.test(host) ? undefined : host,
      host,
      ca: read(caFile),
      cert: read(certFile),
      key: read(keyFile)
    });
    secured.once('secureConnect', () => resolve(secured));
    secured.once('error', error =>
      reject(new Error(`TLS failed: ${error.message} (set the authority with WABUS_NATS_CA_FILE)`, { cause: error }))
    );
  });
}

/**
 * Returns the next line that the server sends.
 * @param {import('node:net').Socket} socket
 * @param {() => void} ask
 * @returns {Promise<string>}
 */
function answerOf(socket, ask) {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => end(new Error(`does not answer within ${ANSWER_LIMIT_MS / 1000} s`)), ANSWER_LIMIT_MS);
    const onError = (/** @type {Error} */ error) => end(new Error(`cannot be reached: ${error.message}`, { cause: error }));
    const onClose = () => end(new Error('is not a NATS server'));
    const onData = (/** @type {Buffer} */ chunk) => {
      text += chunk.toString();
      const line = text.indexOf('\r\n');
      if (line >= 0) {
        // Anything after the line stays for the next call.
        const rest = text.slice(line + 2);
        end(null, text.slice(0, line));
        if (rest !== '') socket.unshift(Buffer.from(rest));
      } else if (text.length > 65_536) end(new Error('is not a NATS server'));
    };
    const end = (/** @type {Error | null} */ error, line = '') => {
      clearTimeout(timer);
      socket.off('error', onError).off('close', onClose).off('data', onData);
      socket.on('error', () => undefined).pause();
      if (error === null) resolve(line);
      else reject(error);
    };
    socket.on('error', onError).on('close', onClose).on('data', onData).resume();
    ask();
  });
}

/**
 * Parses `[nats://|tls://][user:password@|token@]host[:port]` like the processes (libs/broker/src/connection/server-address.codec.ts).
 * @param {string} url
 * @returns {{ host: string, port: number, secure: boolean, user?: string, password?: string, token?: string }}
 */
function readAddress(url) {
  const rest = url.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  const at = rest.lastIndexOf('@');
  const match = /^(\[[^\]]+\]|[^:/]+)(?::(\d+))?\/?$/.exec(rest.slice(at + 1));
  if (!match) throw new Error('is not the address of a server: it must be nats://host:port or tls://host:port');
  const address = { host: String(match[1]).replace(/^\[|\]$/g, ''), port: Number(match[2] ?? 4222), secure: /^tls:/i.test(url) };
  if (at < 0) return address;
  const [user = '', ...others] = rest.slice(0, at).split(':');
  try {
    if (others.length === 0) return { ...address, token: decodeURIComponent(user) };
    return { ...address, user: decodeURIComponent(user), password: decodeURIComponent(others.join(':')) };
  } catch {
    throw new Error('has a user or password that is not URL-encoded: write % as %25');
  }
}

/** Returns an address without its credentials, so that it can be shown. @param {string} url */
export function withoutCredentials(url) {
  return url
    .split(',')
    .map(part => part.replace(/^(\s*[a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1'))
    .join(',');
}
