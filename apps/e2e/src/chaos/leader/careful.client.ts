import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { CreatedWebhook, ErrorBody, MediaReference, WebhookView } from '@wabus/contracts';
import type { EdgeClient } from '@wabus/testing';

const FILE_BYTES = 2 * 1024 * 1024;
const PAUSE_MS = 100;
/** A request without an outcome after this time hangs. */
const HANG_MS = 30_000;

/** The figures of a client that repeats retryable requests. */
export interface CarefulFigures {
  files: number;
  lists: number;
  /** Failures that a repetition resolved, by code; `aborted` for an interrupted response. */
  readonly repeated: Record<string, number>;
}

/**
 * A client of one edge that continuously uploads files and reads them again, and writes
 * records and lists them. It repeats only requests that fail with a retryable error.
 */
export class CarefulClient {
  readonly complaints: string[] = [];
  readonly figures: CarefulFigures = { files: 0, lists: 0, repeated: {} };
  private readonly stopped = new AbortController();
  private readonly running: Promise<unknown>;
  private created = 0;

  constructor(
    private readonly edge: EdgeClient,
    private readonly session: string
  ) {
    this.running = Promise.all([this.repeat(() => this.file()), this.repeat(() => this.lists())]);
  }

  /** Stops and resolves once the steps in progress have ended. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  private async repeat(step: () => Promise<void>): Promise<void> {
    while (!this.stopped.signal.aborted) {
      await step().catch((error: unknown) => this.complaints.push(String(error)));
      await delay(PAUSE_MS);
    }
  }

  private async file(): Promise<void> {
    const bytes = randomBytes(FILE_BYTES);
    const folder = `/api/sessions/${this.session}/media`;
    const upload = await this.request('POST', folder, bytes);
    const { media, sha256 } = JSON.parse(upload.toString('utf8')) as MediaReference;
    const content = await this.request('GET', `${folder}/${media}`);
    const hash = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== hash || !content.equals(bytes)) this.complaints.push(`a file came back with ${content.length} of ${FILE_BYTES} bytes`);
    this.figures.files++;
  }

  /** Checks that a created record is in the list immediately, and a deleted one is not. */
  private async lists(): Promise<void> {
    const url = `http://127.0.0.1:9/${this.session}-${++this.created}`;
    const { id } = JSON.parse((await this.request('POST', '/api/webhooks', { url, events: ['call'] })).toString('utf8')) as CreatedWebhook;
    if (!(await this.listed()).includes(id)) this.complaints.push('a webhook that was created was not in the list');
    await this.request('DELETE', `/api/webhooks/${id}`);
    if ((await this.listed()).includes(id)) this.complaints.push('a webhook that was deleted was in the list');
    this.figures.lists++;
  }

  private async listed(): Promise<string[]> {
    const { webhooks } = JSON.parse((await this.request('GET', '/api/webhooks')).toString('utf8')) as { webhooks: WebhookView[] };
    return webhooks.map(({ id }) => id);
  }

  /** Resolves with the response body; repeats the request while the error is retryable. */
  private async request(method: string, path: string, body?: Buffer | object): Promise<Buffer> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.attempt(method, path, body);
      if (Buffer.isBuffer(outcome)) return outcome;
      // A repeated deletion finds nothing if the first one was executed after all.
      if (method === 'DELETE' && attempt > 1 && outcome.code === 'NOT_FOUND') return Buffer.alloc(0);
      if (!outcome.retryable) throw new Error(`${method} ${path} failed with ${outcome.code}, which is not retryable`);
      this.figures.repeated[outcome.code] = (this.figures.repeated[outcome.code] ?? 0) + 1;
      await delay(PAUSE_MS);
    }
  }

  private async attempt(method: string, path: string, body?: Buffer | object): Promise<Buffer | { code: string; retryable: boolean }> {
    try {
      const response = await fetch(new URL(path, this.edge.url), {
        method,
        headers: {
          authorization: `Bearer ${this.edge.token}`,
          'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json'
        },
        body: body === undefined ? undefined : Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
        signal: AbortSignal.timeout(HANG_MS)
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      if (response.ok) return bytes;
      const { error } = JSON.parse(bytes.toString('utf8')) as { error: ErrorBody };
      return { code: error.code, retryable: error.retryable };
    } catch (error) {
      if ((error as Error).name === 'TimeoutError')
        throw new Error(`${method} ${path} had no outcome within ${HANG_MS} ms`, { cause: error });
      return { code: 'aborted', retryable: true };
    }
  }
}
