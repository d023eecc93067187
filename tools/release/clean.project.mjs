// @ts-check
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runCommand } from '../process/command.runner.mjs';

/** @typedef {import('./release.packages.mjs').Packed} Packed */

/** A project outside this repository in which our packages are installed in their published form. */
export class CleanProject {
  /** @param {string} folder an existing empty folder */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * Installs the packages. With `registry`, npm installs them with all dependencies.
   * Otherwise they are unpacked, and the dependencies in their manifests are linked to the packages of this repository; undeclared dependencies
   * are missing.
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
   * Runs a program in the project without any Wabus settings.
   * @param {string} command
   * @param {string[]} args
   * @param {number} [timeoutMs]
   * @returns {Promise<string>} its standard output
   * @throws {Error} with its output if it fails
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

/** Returns the folder in which this repository has installed a published package. @param {string} name @param {string} root */
function publishedHome(name, root) {
  const paths = createRequire(join(root, 'package.json')).resolve.paths(name) ?? [];
  const home = paths.map(path => join(path, name)).find(path => existsSync(join(path, 'package.json')));
  if (home === undefined) throw new Error(`${name} is not installed here.`);
  if (JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).private) throw new Error(`${name} is never published.`);
  return home;
}
