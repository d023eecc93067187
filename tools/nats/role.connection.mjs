// @ts-check

/** @typedef {import('./remote-server.probe.mjs').Access} Access */
/** @typedef {import('@nats-io/transport-node').NatsConnection} NatsConnection */

const ASK_LIMIT_MS = 5_000;

/**
 * A connection to NATS in a role. It never reconnects: what a command line asks once is asked again by whoever reads the error.
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
    // Roles receive answers in inboxes of their own; an admin may use any.
    ...(user && user !== 'admin' ? { inboxPrefix: `_INBOX_${user}` } : {}),
    ...(authenticator ? { authenticator } : {}),
    ...(caFile || certFile
      ? { tls: { ...(caFile ? { caFile } : {}), ...(certFile ? { certFile } : {}), ...(keyFile ? { keyFile } : {}) } }
      : {})
  });
}

/**
 * Asks JetStream's API.
 * @param {NatsConnection} connection
 * @param {string} subject behind `$JS.API.`
 * @param {object} [body]
 * @returns {Promise<any>}
 * @throws {Error} with the description of JetStream
 */
export async function askJetStream(connection, subject, body) {
  const answer = await connection.request(`$JS.API.${subject}`, body === undefined ? '' : JSON.stringify(body), { timeout: ASK_LIMIT_MS });
  const value = answer.json();
  if (value.error) throw new Error(value.error.description);
  return value;
}
