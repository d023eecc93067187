// @ts-check
import { join } from 'node:path';
import { ROOT } from '../install.mjs';
import { installLockedOutside } from '../npm/outside.packages.mjs';

/**
 * The generator of the site, outside the root's install: it is larger than everything that a build of Wabus needs (ADR 46).
 * @param {NodeJS.ProcessEnv} env
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} the folder that has its packages in `node_modules`
 * @throws {Error} in one line, when they cannot be had
 */
export const findSitePackages = (env, report) => installLockedOutside(join(ROOT, 'tools', 'site'), env, report);
