import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createTempFolder,
  EdgeClient,
  findFreePort,
  launchNatsServer,
  launchProcess,
  type LaunchedProcess,
  type NatsServer
} from '@wabus/testing';
import { EventSource } from './event.source.js';

/** One edge process and a client for it. */
export interface FixtureEdge {
  readonly url: string;
  readonly process: LaunchedProcess;
  readonly client: EdgeClient;
}

/** Edges on a nats-server to which events are written as connectors write them: the serving part of the product, without WhatsApp. */
export class EdgesFixture implements AsyncDisposable {
  readonly token = randomBytes(32).toString('base64url');
  readonly edges: FixtureEdge[] = [];
  private readonly folder = createTempFolder('edge-fixture');

  private constructor(
    readonly nats: NatsServer,
    private readonly env: Record<string, string>
  ) {}

  static async start(edges: number, env: Record<string, string> = {}): Promise<EdgesFixture> {
    const fixture = new EdgesFixture(await launchNatsServer(), env);
    writeFileSync(fixture.tokenFile, `${fixture.token}\n`, { mode: 0o600 });
    for (let i = 0; i < edges; i++) await fixture.startEdge();
    return fixture;
  }

  async startEdge(): Promise<FixtureEdge> {
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}`;
    const edge = await launchProcess({
      name: `edge ${this.edges.length + 1}`,
      main: 'edge',
      readyUrl: `${url}/health/ready`,
      env: { WABUS_NATS_URL: this.nats.url, WABUS_EDGE_PORT: String(port), WABUS_ACCESS_TOKEN_FILE: this.tokenFile, ...this.env }
    });
    const launched = { url, process: edge, client: new EdgeClient(url, this.token) };
    this.edges.push(launched);
    return launched;
  }

  source(): Promise<EventSource> {
    return EventSource.open(this.nats.url);
  }

  /** Resolves with the value of an edge's metric; 0 until the metric exists. */
  async metric(edge: number, name: string): Promise<number> {
    const { body } = await this.edges[edge]!.client.request<string>('GET', '/metrics');
    const line = body.split('\n').find(each => each.startsWith(`${name}{`) || each.startsWith(`${name} `));
    return Number(line?.split(' ').at(-1) ?? 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { client } of this.edges) client.close();
    await Promise.all(this.edges.map(edge => edge.process.stop()));
    await this.nats.stop();
    this.folder.remove();
  }

  private get tokenFile(): string {
    return join(this.folder.path, 'tokens');
  }
}

/** Returns the resident memory of a process in MiB. Linux only. */
export function residentMib({ pid }: LaunchedProcess): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? NaN) / 1_024;
}
