// @ts-check
import { installOutside } from '../npm/outside.packages.mjs';

/** The last release line of n8n whose `engines` include Node.js 20 (n8n 2.8: `>=20.19 <= 24.x`). n8n 2.10 needs 22.16, 2.41 needs 24. */
const ENGINE = { 'n8n-core': '2.8.1', 'n8n-workflow': '2.8.0' };
/** The rules with which n8n checks node packages. */
const RULES = {
  '@n8n/eslint-plugin-community-nodes': '0.32.0',
  eslint: '9.29.0',
  'eslint-plugin-n8n-nodes-base': '1.16.7',
  typescript: '5.9.3',
  'typescript-eslint': '8.35.0'
};
const MAJORS = [20, 22, 24];

/**
 * Installs n8n's engine, loader and lint outside the lock file, because their license is not open source and they take 300 MB.
 * @param {NodeJS.ProcessEnv} env
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} the folder whose `node_modules` contains them
 * @throws {Error} if they cannot be installed or do not run on this Node.js; the message is one line
 */
export function findN8n(env, report) {
  if (!MAJORS.includes(Number(process.versions.node.split('.')[0])))
    return Promise.reject(new Error(`n8n 2.8 runs on Node.js ${MAJORS.join(', ')}, not on ${process.version}`));
  return installOutside({ ...ENGINE, ...RULES }, env, report);
}
