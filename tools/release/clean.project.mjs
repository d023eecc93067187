// @ts-check
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runCommand } from '../process/command.runner.mjs';

/** @typedef {import('./release.packages.mjs').Packed} Packed */

/** A project outside this repository that has our packages as they will be published. */
export class CleanProject {
  /** @param {string} folder that exists and is empty */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * Installs the packages. With `registry`, npm does, with all that they need.
   * Otherwise they are unpacked, and what their manifests name is linked to the packages of this repository: what they do not name is not there.
   * @param {readonly Packed[]} packed
   * @param {{ root: string, registry: boolean }} options
   */
  async install(packed, { root, registry }) {
    const dependencies = Object.fromEntries(packed.map(({ name, archive }) => [name, `file:${archive}`]));
    this.write('package.json', JSON.stringify({ name: 'clean', version: '1.0.0', private: true, type: 'module', dependencies }));
    if (registry) {
      await this.run('npm', ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'], 300_000);
      return;
    }
    for (const { name, archive } of packed) {
      mkdirSync(this.home(name), { recursive: true });
      await this.run('tar', ['xzf', archive, '--strip-components=1', '-C', this.home(name)]);
    }
    for (const { name } of packed) this.#linkNeeds(name, root);
  }

  /** @param {string} name @param {string} root */
  #linkNeeds(name, root) {
    const { dependencies, peerDependencies, peerDependenciesMeta = {} } = this.manifest(name);
    for (const [needed, range] of Object.entries({ ...dependencies, ...peerDependencies })) {
      if (/^(workspace|file|link):/.test(range)) throw new Error(`${name} needs ${needed} from ${range}, which users do not have.`);
      if (existsSync(this.home(needed)) || peerDependenciesMeta[needed]?.optional) continue;
      mkdirSync(dirname(this.home(needed)), { recursive: true });
      symlinkSync(publishedHome(needed, root), this.home(needed));
    }
  }

  /** @param {string} name */
  home(name) {
    return join(this.folder, 'node_modules', name);
  }

  /** @param {string} name @returns {any} */
  manifest(name) {
    return JSON.parse(readFileSync(join(this.home(name), 'package.json'), 'utf8'));
  }

  /** @param {string} file @param {string} text */
  write(file, text) {
    writeFileSync(join(this.folder, file), text);
  }

  /**
   * Runs a program of the project, with none of our settings.
   * @param {string} command
   * @param {string[]} args
   * @param {number} [timeoutMs]
   * @returns {Promise<string>} what it printed
   * @throws {Error} with its output, when it fails
   */
  async run(command, args, timeoutMs = 60_000) {
    const { code, stdout, stderr, error } = await this.outcome(command, args, timeoutMs);
    if (code !== 0) throw new Error(`${[command, ...args].join(' ')} failed: ${error ?? `${stdout}${stderr}`.trim()}`);
    return stdout;
  }

  /** @param {string} command @param {string[]} args @param {number} [timeoutMs] */
  outcome(command, args, timeoutMs = 60_000) {
    const kept = Object.entries(process.env).filter(
      ([name]) => !name.startsWith('WABUS_') && !name.startsWith('NODE_') && !name.startsWith('npm_')
    );
    return runCommand(command, args, { cwd: this.folder, env: Object.fromEntries(kept), timeoutMs });
  }
}

/** Where this repository has a package that users get from the registry. @param {string} name @param {string} root */
function publishedHome(name, root) {
  const paths = createRequire(join(root, 'package.json')).resolve.paths(name) ?? [];
  const home = paths.map(path => join(path, name)).find(path => existsSync(join(path, 'package.json')));
  if (home === undefined) throw new Error(`${name} is not installed here.`);
  if (JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).private) throw new Error(`${name} is never published.`);
  return home;
}
