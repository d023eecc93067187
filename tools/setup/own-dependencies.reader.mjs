// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns the folders of a project and of all our packages on which it depends, directly or indirectly.
 * @param {string} root
 * @param {string} project such as `apps/edge`
 * @returns {string[]} relative to the root
 */
export function ownDependencies(root, project) {
  const { dependencies = {} } = JSON.parse(readFileSync(join(root, project, 'package.json'), 'utf8'));
  const direct = Object.keys(dependencies).filter(name => name.startsWith('@wabus/'));
  return [...new Set([project, ...direct.flatMap(name => ownDependencies(root, name.replace('@wabus', 'libs')))])];
}
