import { fileURLToPath } from 'node:url';
import { findFreePort, launchProcess, type LaunchedProcess } from '@wabus/testing';

const MAIN = fileURLToPath(new URL('webhook.receiver.js', import.meta.url));

export interface AnsweredMessage {
  readonly id: string;
  /** When the response to its delivery was sent, in fractional ms since 1970. */
  readonly at: number;
}

/** A process that receives the deliveries of a webhook and responds to each with 200. */
export class WebhookEndpoint implements AsyncDisposable {
  private constructor(
    readonly url: string,
    private readonly process: LaunchedProcess
  ) {}

  static async launch(): Promise<WebhookEndpoint> {
    const port = await findFreePort();
    const process = await launchProcess({
      name: 'webhook endpoint',
      main: MAIN,
      args: [String(port)],
      nodeArgs: ['--no-enable-source-maps']
    });
    await process.awaitLine(line => line === 'ready');
    return new WebhookEndpoint(`http://127.0.0.1:${port}`, process);
  }

  get pid(): number {
    return this.process.pid;
  }

  /** Resolves with the number of distinct incoming messages since its start. */
  async received(): Promise<number> {
    return (await this.ask<{ received: number }>('received')).received;
  }

  /** Resolves with the messages since the last {@link forget}, each with the time of its first response. */
  answered(): Promise<AnsweredMessage[]> {
    return this.ask('answered');
  }

  async forget(): Promise<void> {
    await this.ask('forget');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.process.stop();
  }

  private async ask<T>(what: string): Promise<T> {
    return (await (await fetch(`${this.url}/${what}`)).json()) as T;
  }
}
