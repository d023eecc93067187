// @ts-check
import { findDebianProgram } from '../debian/unpacked.program.mjs';

/**
 * A Chromium for the tests of the console and of the browser extension.
 * @param {NodeJS.ProcessEnv} env `WABUS_TEST_CHROMIUM` may name one
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} a program that can be started
 * @throws {Error} that says what to install, when there is no way to get one here
 */
export function findChromium(env, report) {
  const wanted = {
    title: 'Chromium',
    variable: 'WABUS_TEST_CHROMIUM',
    name: 'chromium',
    packageName: 'chromium',
    path: 'usr/lib/chromium/chromium',
    check: { args: ['--version'], says: /chrom/i }
  };
  return findDebianProgram(wanted, env, report);
}

/**
 * The program that makes certificates and puts them into the store of a browser's profile; `pk12util` is in the same folder.
 * @param {NodeJS.ProcessEnv} env `WABUS_TEST_CERTUTIL` may name one
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} a program that can be started
 * @throws {Error} that says what to install, when there is no way to get one here
 */
export function findCertutil(env, report) {
  const wanted = {
    title: 'certutil',
    variable: 'WABUS_TEST_CERTUTIL',
    name: 'certutil',
    packageName: 'libnss3-tools',
    path: 'usr/bin/certutil',
    beside: ['pk12util'],
    check: { args: ['-H'], says: /certificate to the database/i, exits: 1 }
  };
  return findDebianProgram(wanted, env, report);
}
