// @ts-check
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { ROOT } from '../install.mjs';
import { failureOf, findOnPath, runCommand } from '../process/command.runner.mjs';

const CHART = join(ROOT, 'deploy', 'helm', 'wabus');
/** The folder in which Debian's packages install the sources of Go libraries. */
const GO_PATH = '/usr/share/gocode';

/**
 * Whether this machine has Go and the libraries for Helm's template functions (Debian: golang-go, golang-github-masterminds-sprig-dev,
 * golang-github-ghodss-yaml-dev).
 */
export function canRender() {
  return (
    findOnPath('go') !== null && ['Masterminds/sprig', 'ghodss/yaml'].every(name => existsSync(join(GO_PATH, 'src', 'github.com', name)))
  );
}

/** Renders the chart with Go's own template engine and the functions that Helm adds. */
export class ChartRenderer {
  /** @param {string} folder contains the program and the values */
  constructor(folder) {
    this.folder = folder;
    this.program = join(folder, 'chart-render');
  }

  /** Compiles the renderer. */
  static async build() {
    const renderer = new ChartRenderer(mkdtempSync(join(tmpdir(), 'wabus-chart-')));
    const env = { ...process.env, GO111MODULE: 'off', GOPATH: GO_PATH, GOCACHE: join(renderer.folder, 'cache'), GOFLAGS: '' };
    const source = join(ROOT, 'tools', 'deploy', 'chart-render', 'main.go');
    const outcome = await runCommand('go', ['build', '-o', renderer.program, source], { env, timeoutMs: 120_000 });
    if (outcome.code !== 0) throw new Error(failureOf(outcome));
    return renderer;
  }

  /**
   * @param {object} values values that override those of the chart
   * @param {string} [release]
   * @returns {Promise<any[]>} the resources
   * @throws {Error} with the error message of the failed template
   */
  async render(values, release = 'wabus') {
    const file = join(this.folder, 'values.yaml');
    writeFileSync(file, stringify(values));
    const outcome = await runCommand(this.program, [CHART, release, file], { timeoutMs: 20_000 });
    if (outcome.code !== 0) throw new Error(outcome.stderr);
    const documents = parseAllDocuments(outcome.stdout.replace(/---\n# Source: NOTES\.txt\n[\s\S]*?(?=---\n# Source|$)/, ''));
    return documents
      .map(document => {
        if (document.errors.length > 0) throw new Error(String(document.errors[0]));
        return document.toJS();
      })
      .filter(resource => resource !== null);
  }

  close() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
