// @ts-check
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { installLockedOutside } from '../npm/outside.packages.mjs';

/**
 * Installs the site generator outside the root's dependencies, because it is larger than everything that a build of Wabus needs (ADR 46).
 * @param {NodeJS.ProcessEnv} env
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} the folder whose `node_modules` contains its packages
 * @throws {Error} if they cannot be installed; the message is one line
 */
export const findSitePackages = (env, report) => installLockedOutside(join(ROOT, 'tools', 'site'), env, report);
