// @ts-check

/**
 * The configuration of the embedded server: this machine only, and an acknowledged write is on disk.
 * @param {{ host: string, port: number, storeFolder: string }} options
 */
export function natsConfiguration({ host, port, storeFolder }) {
  return `# Written by npm start at each start; changes here are lost.
server_name: wabus
listen: ${JSON.stringify(`${host}:${port}`)}
jetstream {
  store_dir: ${JSON.stringify(storeFolder)}
  sync_interval: always
}
`;
}
