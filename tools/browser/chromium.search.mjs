// @ts-check
import { findDebianProgram } from '../debian/unpacked.program.mjs';

/**
 * Finds a Chromium for the tests of the console and of the browser extension.
 * @param {NodeJS.ProcessEnv} env `WABUS_TEST_CHROMIUM` may contain its path
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} the path of a working program
 * @throws {Error} if none can be found or unpacked here; the message says what to install
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
 * Finds the program that creates certificates and adds them to the store of a browser profile; `pk12util` is in the same folder.
 * @param {NodeJS.ProcessEnv} env `WABUS_TEST_CERTUTIL` may contain its path
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} the path of a working program
 * @throws {Error} if none can be found or unpacked here; the message says what to install
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
