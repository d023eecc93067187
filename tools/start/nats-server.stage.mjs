// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { findNatsServer } from '../nats-server.mjs';
import { recall, remember, storageSizes } from './data-folder.mjs';
import { natsConfiguration } from './nats-server.configuration.mjs';
import { choosePorts } from './ports.mjs';
import { CONTAINER_PORT, CONTAINER_STORE, natsSpec } from './process.specs.mjs';

/** @typedef {import('./process.tree.mjs').ProcessTree} ProcessTree */
/** @typedef {import('./data-folder.mjs').DataFolder} DataFolder */
/** @typedef {import('../terminal/progress.mjs').Progress} Progress */

/**
 * Starts the NATS server of a data folder, unless an external server is configured.
 * @param {ProcessTree} tree
 * @param {DataFolder} folder
 * @param {{ sizes: import('./start-settings.policy.mjs').StartSettings['sizes'], progress: Progress }} options
 * @returns {Promise<{ nats: import('./process.specs.mjs').Nats, server: import('./supervised.process.mjs').SupervisedProcess | null }>}
 * `server` is `null` for an external server
 */
export async function startNats(tree, folder, { sizes: set, progress }) {
  const found = await findNatsServer(progress);
  if (found.kind === 'url') return { nats: { url: found.url, passwordFiles: null, sizes: null }, server: null };
  const { maxFileStore, ...sizes } = storageSizes(folder, set);
  const remembered = recall(folder);
  const [port = 0] = await choosePorts(1, [Number(remembered['natsPort'])].filter(Boolean));
  remember(folder, { ...remembered, natsPort: port });
  const inContainer = found.kind === 'docker';
  writeFileSync(
    folder.natsConfiguration,
    natsConfiguration({
      host: inContainer ? '0.0.0.0' : '127.0.0.1',
      port: inContainer ? CONTAINER_PORT : port,
      storeFolder: inContainer ? CONTAINER_STORE : folder.natsStore,
      maxFileStore,
      passwords: readPasswords(folder),
      services: folder.natsServices
    }),
    { mode: 0o600 }
  );
  const [server = null] = await startStages(tree, 'nats-server', { stages: [[natsSpec(found, folder, port)]], progress });
  return { nats: { url: `nats://127.0.0.1:${port}`, passwordFiles: folder.natsPasswordFiles, sizes }, server };
}

/**
 * Starts stages in parallel. When everything is stopped, the first stage stops last.
 * @param {ProcessTree} tree
 * @param {string} what
 * @param {{ stages: import('./supervised.process.mjs').ProcessSpec[][], progress: Progress }} options
 */
export async function startStages(tree, what, { stages, progress }) {
  const step = progress.step(`starting ${what}`);
  try {
    const started = await Promise.all(stages.map(specs => tree.startStage(specs)));
    step.done(`${what} ready`);
    return started.flat();
  } catch (error) {
    step.fail(`${what} did not start`);
    throw error;
  }
}

/** @param {DataFolder} folder */
function readPasswords({ natsPasswordFiles }) {
  const entries = Object.entries(natsPasswordFiles).map(([role, file]) => [role, readFileSync(file, 'utf8').trim()]);
  return /** @type {Record<string, string>} */ (Object.fromEntries(entries));
}
