import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createTempFolder, type TempFolder } from '@wabus/testing';

const run = promisify(execFile);
const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url));

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A project outside this repository that contains one packed package of ours with its dependencies, and nothing else. */
export class CleanProject {
  private readonly folder: TempFolder = createTempFolder('clean');
  private readonly running: ChildProcess[] = [];

  /**
   * Packs a package as it would be published, and installs it under the name. Nothing
   * is fetched: its dependencies are packed from this repository's packages.
   * @param further packages that a project of its users also has
   */
  static async install(
    alias: string,
    { name = '@wabus/sdk', further = [] }: { name?: string; further?: readonly string[] } = {}
  ): Promise<CleanProject> {
    const project = new CleanProject();
    const { path } = project.folder;
    const ours = homeOf(name, REPOSITORY);
    const dependencies = closure(ours);
    const { peerDependencies = {} } = JSON.parse(readFileSync(join(ours, 'package.json'), 'utf8')) as Manifest;
    for (const needed of [...Object.keys(peerDependencies), ...further]) {
      const home = homeOf(needed, REPOSITORY);
      dependencies.set(needed, home);
      closure(home, dependencies);
    }
    const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', path, ours, ...dependencies.values()]);
    const packed = JSON.parse(stdout) as (Manifest & { filename: string })[] | Record<string, Manifest & { filename: string }>;
    const archives = new Map(Object.values(packed).map(archive => [archive.name, `file:./${archive.filename}`]));
    const wanted = {
      [alias]: archives.get(name)!,
      ...Object.fromEntries([...dependencies.keys()].map(needed => [needed, archives.get(needed)!]))
    };
    project.write('package.json', JSON.stringify({ name: 'clean', version: '1.0.0', private: true, dependencies: wanted }));
    await run('npm', ['install', '--offline', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'], { cwd: path });
    return project;
  }

  write(name: string, content: string): string {
    const path = join(this.folder.path, name);
    writeFileSync(path, content);
    return path;
  }

  read(name: string): string {
    return readFileSync(join(this.folder.path, name), 'utf8');
  }

  /** Returns the errors of the TypeScript compiler in files of the project; empty if there are none. */
  compile(files: readonly string[], further: readonly string[] = []): Promise<string> {
    return this.compiled(['--lib', 'es2022,dom', ...further], files);
  }

  /** Like {@link compile}, but for a program for Node.js without the types of the DOM. */
  compileWithoutDom(files: readonly string[]): Promise<string> {
    return this.compiled(['--lib', 'es2022', '--types', 'node', '--typeRoots', join(REPOSITORY, 'node_modules/@types')], files);
  }

  private async compiled(libraries: readonly string[], files: readonly string[]): Promise<string> {
    const tsc = join(REPOSITORY, 'node_modules/typescript/bin/tsc');
    const options = ['--noEmit', '--strict', '--target', 'es2022', ...libraries, '--module', 'node16'];
    try {
      await run(process.execPath, [tsc, ...options, ...files], { cwd: this.folder.path });
      return '';
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  }

  /** Runs a program of the project until its output satisfies `until`, and resolves with the output. Rejects if the program ends before. */
  run(file: string, until: (output: string) => boolean): Promise<string> {
    const child = spawn(process.execPath, [file], { cwd: this.folder.path, env: { PATH: process.env['PATH'] } });
    this.running.push(child);
    let output = '';
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`not within 30 s:\n${output}`)), 30_000);
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', line => {
          output += `${line}\n`;
          if (!until(output)) return;
          clearTimeout(timer);
          resolve(output);
        });
      }
      child.on('exit', code => reject(new Error(`ended with ${code}:\n${output}`)));
    });
  }

  remove(): void {
    for (const child of this.running) child.kill('SIGKILL');
    this.folder.remove();
  }
}

/** Returns every direct and indirect dependency of the package in a folder, with its location. */
function closure(folder: string, found = new Map<string, string>()): Map<string, string> {
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  for (const name of Object.keys(dependencies)) {
    if (found.has(name)) continue;
    const home = homeOf(name, folder);
    found.set(name, home);
    closure(home, found);
  }
  return found;
}

function homeOf(name: string, from: string): string {
  const paths = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  for (const path of paths) {
    try {
      const manifest = join(path, name, 'package.json');
      readFileSync(manifest);
      return dirname(manifest);
    } catch {
      continue;
    }
  }
  throw new Error(`${name} is not installed`);
}
