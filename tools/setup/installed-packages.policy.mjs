// @ts-check

/**
 * The part of package-lock.json, or of npm's own record in node_modules/.package-lock.json, that lists the installed packages.
 * @typedef {{ packages?: Record<string, { version?: string, link?: boolean, optional?: boolean, peer?: boolean }> }} Lock
 */

/**
 * Whether the packages that npm recorded as installed match the lock file. Optional packages may be missing: most are for other platforms.
 * @param {Lock} lock
 * @param {Lock | null} installed
 * @returns {boolean}
 */
export function installedMatchesLock(lock, installed) {
  if (!installed?.packages) return false;
  const present = installed.packages;
  return Object.entries(lock.packages ?? {}).every(([path, wanted]) => {
    if (!path.includes('node_modules/')) return true;
    const found = present[path];
    if (!found) return wanted.optional === true;
    return found.version === wanted.version && found.link === wanted.link;
  });
}

/**
 * Returns the folders of packages that a workspace has outside the root's node_modules. They are deleted when the workspace's folder is
 * cleaned, while npm's record remains.
 * @param {Lock} lock
 * @returns {string[]} relative to the root
 */
export function workspacePackageFolders(lock) {
  return Object.entries(lock.packages ?? {})
    .filter(([path, { optional }]) => /^(?!node_modules\/).*\/node_modules\/(?!.*\/node_modules\/)/.test(path) && optional !== true)
    .map(([path]) => path);
}
