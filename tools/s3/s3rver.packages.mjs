// @ts-check
import { installOutside } from '../npm/outside.packages.mjs';

/** An S3-compatible server that checks signatures. Outside the lock file: it was last published in 2021, and some of what it depends on is as old. */
const PACKAGES = { s3rver: '3.7.1' };

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} the folder that has it in `node_modules`
 * @throws {Error} in one line, when it cannot be had
 */
export function findS3rver(env, report) {
  return installOutside(PACKAGES, env, report);
}
