// @ts-check

/** @typedef {import('./remote-server.probe.mjs').Access} Access */
/** @typedef {import('@nats-io/transport-node').NatsConnection} NatsConnection */

const ASK_LIMIT_MS = 5_000;

/**
 * Connects to NATS in a role. The connection never reconnects: after an error, the user runs the command again.
 * @param {string} urls one or more, separated by commas
 * @param {Access | null} access
 * @returns {Promise<NatsConnection>}
 */
export async function connectInRole(urls, access) {
  const { connect, usernamePasswordAuthenticator, tokenAuthenticator } = await import('@nats-io/transport-node');
  const { user, password, token, caFile, certFile, keyFile } = access ?? {};
  const authenticator = token ? tokenAuthenticator(token) : user ? usernamePasswordAuthenticator(user, password) : null;
  return connect({
    servers: urls.split(',').map(url => url.trim()),
    timeout: ASK_LIMIT_MS,
    reconnect: false,
    // Each role has a separate inbox prefix for replies; an admin may use any.
    ...(user && user !== 'admin' ? { inboxPrefix: `_INBOX_${user}` } : {}),
    ...(authenticator ? { authenticator } : {}),
    ...(caFile || certFile
      ? { tls: { ...(caFile ? { caFile } : {}), ...(certFile ? { certFile } : {}), ...(keyFile ? { keyFile } : {}) } }
      : {})
  });
}

/**
 * Sends a request to JetStream's API.
 * @param {NatsConnection} connection
 * @param {string} subject the part after `$JS.API.`
 * @param {object} [body]
 * @returns {Promise<any>}
 * @throws {Error} with JetStream's description
 */
export async function askJetStream(connection, subject, body) {
  const answer = await connection.request(`$JS.API.${subject}`, body === undefined ? '' : JSON.stringify(body), { timeout: ASK_LIMIT_MS });
  const value = answer.json();
  if (value.error) throw new Error(value.error.description);
  return value;
}
