// @ts-check
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDeb822, parseSourcesList } from '../nats/apt-sources.codec.mjs';
import { failureOf, findOnPath, runCommand } from '../process/command.runner.mjs';

/** Whether this machine has the programs that read a Debian archive. */
export function hasApt() {
  return findOnPath('apt-get') !== null && findOnPath('dpkg') !== null;
}

/**
 * Returns the archives in the apt configuration of this machine, from both file formats.
 * @param {string} folder such as `/etc/apt`
 */
export function readAptSources(folder) {
  const parts = join(folder, 'sources.list.d');
  const files = [join(folder, 'sources.list'), ...(existsSync(parts) ? readdirSync(parts).map(name => join(parts, name)) : [])];
  return files.filter(existsSync).flatMap(file => {
    if (file.endsWith('.sources')) return parseDeb822(readFileSync(file, 'utf8'));
    return file.endsWith('.list') ? parseSourcesList(readFileSync(file, 'utf8')) : [];
  });
}

/** A separate apt in a temporary folder: it reads one archive and does not touch the machine's lists, packages and configuration. */
export class AptWorkspace {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
    this.packages = join(folder, 'packages');
    /** The folder into which packages are unpacked. */
    this.root = join(folder, 'root');
  }

  /**
   * @template T
   * @param {string} source the only archive to read, as a deb822 stanza
   * @param {(apt: AptWorkspace) => Promise<T>} use
   * @returns {Promise<T>} when it settles, the folder has been removed
   */
  static async using(source, use) {
    const folder = mkdtempSync(join(tmpdir(), 'wabus-apt-'));
    try {
      writeConfiguration(source, folder);
      const apt = new AptWorkspace(folder);
      await apt.run('apt-get', ['update', '--error-on=any']);
      return await use(apt);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /**
   * Returns the version that the archive offers.
   * @param {string} name
   * @returns {Promise<string>} empty if the archive does not contain the package
   */
  async offeredVersion(name) {
    return /^Version:\s*(\S+)/m.exec(await this.run('apt-cache', ['show', '--no-all-versions', name]))?.[1] ?? '';
  }

  /**
   * Downloads packages without their dependencies and unpacks their files into `root`.
   * @param {string[]} names
   */
  async extract(names) {
    await this.run('apt-get', ['download', ...names]);
    if ((await this.#unpack(this.packages)) < names.length) throw new Error('downloaded no package');
  }

  /**
   * Downloads a package with all dependencies that are not installed on this machine, and unpacks everything into `root`.
   * @param {string} name
   * @param {(detail: string) => void} report
   */
  async extractMissing(name, report) {
    await this.run('apt-get', ['install', '--download-only', '--yes', '--no-install-recommends', '-o', 'Debug::NoLocking=true', name]);
    report('unpacking packages');
    if ((await this.#unpack(join(this.folder, 'cache', 'archives'))) === 0) throw new Error('downloaded no package');
  }

  /**
   * @param {string} folder the folder that contains the packages
   * @returns {Promise<number>} the number of packages
   */
  async #unpack(folder) {
    const files = readdirSync(folder).filter(name => name.endsWith('.deb'));
    for (const file of files) {
      const extracted = await runCommand('dpkg', ['-x', join(folder, file), this.root], { timeoutMs: 60_000 });
      if (extracted.code !== 0) throw new Error(failureOf(extracted));
    }
    return files.length;
  }

  /**
   * @param {string} program
   * @param {string[]} args
   */
  async run(program, args) {
    const options = { cwd: this.packages, timeoutMs: 240_000 };
    const outcome = await runCommand(program, ['-c', join(this.folder, 'apt.conf'), ...args], options);
    if (outcome.code !== 0) throw new Error(failureOf(outcome));
    return outcome.stdout;
  }
}

/**
 * @param {string} source
 * @param {string} folder
 */
function writeConfiguration(source, folder) {
  for (const name of ['parts', 'lists/partial', 'cache/archives/partial', 'packages', 'root']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  writeFileSync(join(folder, 'parts', 'archive.sources'), source);
  const sandbox = process.getuid?.() === 0 ? 'APT::Sandbox::User "root";' : '';
  writeFileSync(
    join(folder, 'apt.conf'),
    `Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "${folder}/parts";
Dir::State::Lists "${folder}/lists";
Dir::Cache "${folder}/cache";
Acquire::Languages "none";
Acquire::Retries "1";
Acquire::http::Timeout "15";
Acquire::https::Timeout "15";
${sandbox}
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
`
  );
}
