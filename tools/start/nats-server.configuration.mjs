// @ts-check

/**
 * The configuration of the embedded server: this machine only, with a token since others may use the machine too, and an acknowledged write is on disk.
 * @param {{ host: string, port: number, storeFolder: string, token: string }} options
 */
export function natsConfiguration({ host, port, storeFolder, token }) {
  return `# Written by npm start at each start; changes here are lost.
server_name: wabus
listen: ${JSON.stringify(`${host}:${port}`)}
authorization { token: ${JSON.stringify(token)} }
jetstream {
  store_dir: ${JSON.stringify(storeFolder)}
  sync_interval: always
}
`;
}
