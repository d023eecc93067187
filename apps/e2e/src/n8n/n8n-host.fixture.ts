import { execFile } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createTempFolder, LaunchedProcess, type TempFolder } from '@wabus/testing';

const run = promisify(execFile);
const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url));
const WAIT_MS = 60_000;

/** The folder of n8n's own packages, if the set-up could install them. See tools/n8n/n8n.packages.mjs. */
export const N8N = process.env['WABUS_TEST_N8N'];

/** An input or output item of a node. */
export interface Item {
  readonly json: Record<string, unknown>;
  readonly binary?: Record<string, { data: string; mimeType: string; fileName?: string }>;
}

export interface NodeFailure {
  readonly message: string;
  readonly description: string;
  readonly httpCode: string | null;
  readonly context: { data: Record<string, unknown> };
}

/** The node package, packed and unpacked as n8n installs it, in n8n's own loader and engine: see tools/n8n/workflow.host.mjs. */
export class N8nHost implements AsyncDisposable {
  private constructor(
    private readonly folder: TempFolder,
    private readonly process: LaunchedProcess,
    readonly url: string
  ) {}

  static async start(credential: { baseUrl: string; token: string }): Promise<N8nHost> {
    const folder = createTempFolder('n8n');
    const modules = join(folder.path, 'node_modules');
    mkdirSync(modules);
    const source = join(REPOSITORY, 'clients/n8n-nodes-wabus');
    const { stdout } = await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder.path, source]);
    await run('tar', ['xzf', join(folder.path, stdout.trim()), '-C', modules]);
    renameSync(join(modules, 'package'), join(modules, 'n8n-nodes-wabus'));
    // As in n8n, the nodes use the package of the n8n that runs them.
    symlinkSync(join(N8N!, 'node_modules/n8n-workflow'), join(modules, 'n8n-workflow'));
    const host = new LaunchedProcess({
      name: 'n8n',
      main: join(REPOSITORY, 'tools/n8n/workflow.host.mjs'),
      args: [join(modules, 'n8n-nodes-wabus')],
      env: { N8N_USER_FOLDER: folder.path, WABUS_TEST_N8N_CREDENTIAL: JSON.stringify(credential), N8N_LOG_LEVEL: 'error' }
    });
    const line = await host.awaitLine(text => text.startsWith('listening '), WAIT_MS);
    return new N8nHost(folder, host, line.slice('listening '.length));
  }

  async call<Answer>(name: string, body: object = {}): Promise<Answer> {
    const response = await fetch(`${this.url}/host/${name}`, { method: 'POST', body: JSON.stringify(body) });
    const answer = (await response.json()) as Answer & { message?: string };
    if (response.status !== 200) throw new Error(`${name}: ${answer.message}`);
    return answer;
  }

  /** Returns the output of the Wabus node with these fields; throws if the node fails. */
  async execute(parameters: object, more: object = {}): Promise<Item[]> {
    const { items, error } = await this.call<{ items?: Item[]; error?: NodeFailure }>('execute', { parameters, ...more });
    if (error) throw new Error(`${error.message} ${error.description}`);
    return items!;
  }

  async fail(parameters: object, more: object = {}): Promise<NodeFailure> {
    const { items, error } = await this.call<{ items?: Item[]; error?: NodeFailure }>('execute', { parameters, ...more });
    if (!error) throw new Error(`succeeded: ${JSON.stringify(items)}`);
    return error;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.process.stop();
    this.folder.remove();
  }
}
