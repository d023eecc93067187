// @ts-check
import { findDebianProgram } from './unpacked.program.mjs';

/**
 * Finds ffmpeg, which converts files.
 * @param {NodeJS.ProcessEnv} env `WABUS_TEST_FFMPEG` may contain its path
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} the path of a working program
 * @throws {Error} if none can be found or unpacked here; the message says what to install
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
