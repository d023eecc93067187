// @ts-check

import { authorization } from '../nats/role.permissions.mjs';

/** @typedef {import('../nats/services.codec.mjs').Service} Service */

/**
 * Returns the configuration of the embedded server: it listens only on this machine, has a user for each role and each listed service, and
 * writes to disk before it acknowledges.
 * @param {{ host: string, port: number, storeFolder: string, maxFileStore: number, passwords: Record<string, string>, services?: Service[] }} options
 */
export function natsConfiguration({ host, port, storeFolder, maxFileStore, passwords, services = [] }) {
  return `# Written by npm start at each start; changes here are lost.
server_name: wabus
listen: ${JSON.stringify(`${host}:${port}`)}
${authorization(user => JSON.stringify(passwords[user]), services)}jetstream {
  store_dir: ${JSON.stringify(storeFolder)}
  # Three quarters of the free and the used space: without this line, the limit would shrink at each start as the store grows.
  max_file_store: ${maxFileStore}
  sync_interval: always
}
`;
}
