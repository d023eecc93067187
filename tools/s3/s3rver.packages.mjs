// @ts-check
import { installOutside } from '../npm/outside.packages.mjs';

/**
 * An S3-compatible server that checks signatures. It is not in the lock file, because it was last published in 2021 and some of its
 * dependencies are equally old.
 */
const PACKAGES = { s3rver: '3.7.1' };

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} the folder whose `node_modules` contains it
 * @throws {Error} if it cannot be installed; the message is one line
 */
export function findS3rver(env, report) {
  return installOutside(PACKAGES, env, report);
}
