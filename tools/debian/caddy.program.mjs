// @ts-check
import { findDebianProgram } from './unpacked.program.mjs';

/**
 * Finds Caddy, the proxy of the profile `tls`.
 * @param {NodeJS.ProcessEnv} env `WABUS_TEST_CADDY` may contain its path
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} the path of a working program
 * @throws {Error} if none can be found or unpacked here; the message says what to install
 */
export function findCaddy(env, report) {
  const wanted = {
    title: 'Caddy',
    variable: 'WABUS_TEST_CADDY',
    name: 'caddy',
    packageName: 'caddy',
    path: 'usr/bin/caddy',
    check: { args: ['version'], says: /^v?2\./ }
  };
  return findDebianProgram(wanted, env, report);
}
