import { fileURLToPath } from 'node:url';
import { findFreePort, launchProcess, type LaunchedProcess } from '@wabus/testing';

const MAIN = fileURLToPath(new URL('webhook.receiver.js', import.meta.url));

export interface AnsweredMessage {
  readonly id: string;
  /** When its delivery was answered, in ms since 1970 with a fraction. */
  readonly at: number;
}

/** A process that takes the deliveries of a webhook and answers each with 200. */
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

  /** How many different messages of others it has taken since its start. */
  async received(): Promise<number> {
    return (await this.ask<{ received: number }>('received')).received;
  }

  /** The messages since the last {@link forget}, each with the time of its first answer. */
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
