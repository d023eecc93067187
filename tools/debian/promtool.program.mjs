// @ts-check
import { findDebianProgram } from './unpacked.program.mjs';

/**
 * The program that checks and tests rules for Prometheus.
 * @param {NodeJS.ProcessEnv} env `WABUS_TEST_PROMTOOL` may name one
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} a program that can be started
 * @throws {Error} that says what to install, when there is no way to get one here
 */
export function findPromtool(env, report) {
  const wanted = {
    title: 'promtool',
    variable: 'WABUS_TEST_PROMTOOL',
    name: 'promtool',
    packageName: 'prometheus',
    path: 'usr/bin/promtool',
    check: { args: ['--version'], says: /^promtool, version/ }
  };
  return findDebianProgram(wanted, env, report);
}
