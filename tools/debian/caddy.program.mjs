// @ts-check
import { findDebianProgram } from './unpacked.program.mjs';

/**
 * The proxy of the profile `tls`.
 * @param {NodeJS.ProcessEnv} env `WABUS_TEST_CADDY` may name one
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} a program that can be started
 * @throws {Error} that says what to install, when there is no way to get one here
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
