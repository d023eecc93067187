// @ts-check
import { runCommand } from '../process/command.runner.mjs';

/**
 * Returns the commit against which changes are determined: where this branch left `main`, or on `main` itself the previous commit.
 * @param {string} root
 * @returns {Promise<string | null>} `null` if there is none: a single commit, or no git
 */
export async function affectedBase(root) {
  /** @param {string[]} args */
  const git = async (...args) => {
    const { code, stdout } = await runCommand('git', args, { cwd: root });
    return code === 0 ? stdout.trim() : null;
  };
  const head = await git('rev-parse', '--verify', 'HEAD');
  for (const main of ['main', 'origin/main']) {
    const base = await git('merge-base', main, 'HEAD');
    if (base !== null && base !== head) return base;
  }
  return git('rev-parse', '--verify', '--quiet', 'HEAD~1');
}

/**
 * Returns the paths that differ from a commit: committed, uncommitted and new files.
 * @param {string} root
 * @param {string} base
 * @returns {Promise<string[]>}
 */
export async function changedFiles(root, base) {
  const tracked = await runCommand('git', ['diff', '--name-only', base], { cwd: root });
  const untracked = await runCommand('git', ['ls-files', '--others', '--exclude-standard'], { cwd: root });
  if (tracked.code !== 0) throw new Error(`--base ${base} is not a commit: ${tracked.stderr.trim()}`);
  return [...new Set(`${tracked.stdout}${untracked.stdout}`.split('\n').filter(Boolean))];
}
