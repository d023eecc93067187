import { setTimeout as delay } from 'node:timers/promises';
import type { EventClient } from '@wabus/testing';
import type { HostileClient } from './hostile-cases.js';

const PAUSE_MS = 20;

/** The results of a tenant's requests. */
export interface NeighbourFigures {
  readonly answers: number;
  readonly worstMs: number;
  /** The distinct failures of requests. */
  readonly failures: readonly string[];
}

/** Another tenant that works normally on the same edge, one request after the other. */
export class Neighbour {
  private answers = 0;
  private worstMs = 0;
  private readonly failures = new Set<string>();
  private stopping = false;
  private running: Promise<void> | null = null;

  constructor(
    private readonly url: string,
    private readonly client: HostileClient,
    private readonly events: EventClient
  ) {}

  start(): void {
    this.running = this.run();
  }

  async stop(): Promise<NeighbourFigures> {
    this.stopping = true;
    await this.running;
    return { answers: this.answers, worstMs: Math.round(this.worstMs), failures: [...this.failures] };
  }

  private async run(): Promise<void> {
    const path = `/api/sessions/${this.client.session}`;
    while (!this.stopping) {
      await this.time('session', () => this.http(path));
      await this.time('events', () => this.http(`${path}/events?limit=5`));
      await this.time('upload', async () => {
        const { media } = (await this.http(`${path}/media`, {
          method: 'POST',
          body: 'a letter',
          headers: { 'content-type': 'text/plain' }
        })) as { media: string };
        await this.http(`${path}/media/${media}`);
      });
      await this.time('command', async () => {
        const outcome = await this.events.command({ session: this.client.session, method: 'getSession' });
        if (!outcome.ok) throw new Error(outcome.error.code);
      });
      await this.time('subscribe', async () => {
        const outcome = await this.events.subscribe(['call']);
        if (!outcome.ok) throw new Error(outcome.error.code);
      });
      await delay(PAUSE_MS);
    }
  }

  private async time(what: string, act: () => Promise<unknown>): Promise<void> {
    const began = performance.now();
    try {
      await act();
    } catch (thrown) {
      this.failures.add(`${what}: ${(thrown as Error).message}`);
    }
    this.answers++;
    this.worstMs = Math.max(this.worstMs, performance.now() - began);
  }

  private async http(path: string, init: RequestInit = {}): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.client.token}`, ...(init.headers as Record<string, string>) };
    const answer = await fetch(this.url + path, { ...init, headers });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${answer.status} ${text.slice(0, 200)}`);
    return answer.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : text;
  }
}
