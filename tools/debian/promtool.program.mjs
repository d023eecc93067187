// @ts-check
import { findDebianProgram } from './unpacked.program.mjs';

/**
 * Finds promtool, which checks and tests Prometheus rules.
 * @param {NodeJS.ProcessEnv} env `WABUS_TEST_PROMTOOL` may contain its path
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} the path of a working program
 * @throws {Error} if none can be found or unpacked here; the message says what to install
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
