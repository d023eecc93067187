// @ts-check

import { authorization } from '../nats/role.permissions.mjs';

/**
 * The configuration of the embedded server: this machine only, a user for each role, and an acknowledged write is on disk.
 * @param {{ host: string, port: number, storeFolder: string, maxFileStore: number, passwords: Record<import('../nats/role.permissions.mjs').Role, string> }} options
 */
export function natsConfiguration({ host, port, storeFolder, maxFileStore, passwords }) {
  return `# Written by npm start at each start; changes here are lost.
server_name: wabus
listen: ${JSON.stringify(`${host}:${port}`)}
${authorization(role => JSON.stringify(passwords[role]))}jetstream {
  store_dir: ${JSON.stringify(storeFolder)}
  # Three quarters of the disk's free part and of what is stored: left out, it would shrink with every start while the store grows.
  max_file_store: ${maxFileStore}
  sync_interval: always
}
`;
}
