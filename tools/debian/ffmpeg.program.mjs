// @ts-check
import { findDebianProgram } from './unpacked.program.mjs';

/**
 * The program that converts files.
 * @param {NodeJS.ProcessEnv} env `WABUS_TEST_FFMPEG` may name one
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} a program that can be started
 * @throws {Error} that says what to install, when there is no way to get one here
 */
export function findFfmpeg(env, report) {
  const wanted = {
    title: 'ffmpeg',
    variable: 'WABUS_TEST_FFMPEG',
    name: 'ffmpeg',
    packageName: 'ffmpeg',
    path: 'usr/bin/ffmpeg',
    check: { args: ['-version'], says: /^ffmpeg version/ }
  };
  return findDebianProgram(wanted, env, report);
}
