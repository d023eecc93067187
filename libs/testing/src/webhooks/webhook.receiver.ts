import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { awaitCondition } from '../condition.js';

/** A delivery as it arrived. */
export interface ReceivedDelivery {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly json: unknown;
  readonly arrivedAt: number;
}

/** The response: a status, with headers and a text, or `hang` to accept the request and never respond. */
export type ReceiverAnswer =
  | number
  | 'hang'
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string };

/** An HTTP server on 127.0.0.1 that accepts deliveries of webhooks and records them in order of arrival. */
export class WebhookReceiver implements AsyncDisposable {
  readonly deliveries: ReceivedDelivery[] = [];
  /** Number of requests in progress, and its maximum so far. */
  underWay = 0;
  mostUnderWay = 0;

  private constructor(
    private readonly server: Server,
    private answer: (delivery: ReceivedDelivery) => ReceiverAnswer | Promise<ReceiverAnswer>
  ) {}

  static async listen(
    answer: (delivery: ReceivedDelivery) => ReceiverAnswer | Promise<ReceiverAnswer> = () => 204
  ): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server, answer);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const delivery = { path: request.url ?? '', headers: request.headers, body, json: parse(body), arrivedAt: Date.now() };
        receiver.deliveries.push(delivery);
        receiver.mostUnderWay = Math.max(receiver.mostUnderWay, ++receiver.underWay);
        void Promise.resolve(receiver.answer(delivery)).then(reply => {
          receiver.underWay--;
          if (reply === 'hang') return;
          const { status, headers = {}, body = '' } = typeof reply === 'number' ? { status: reply } : reply;
          response.writeHead(status, headers).end(body);
        });
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  /** Clears the recorded deliveries. */
  forget(): void {
    this.deliveries.length = 0;
    this.mostUnderWay = this.underWay;
  }

  /** Sets the response from now on. */
  answerWith(answer: (delivery: ReceivedDelivery) => ReceiverAnswer | Promise<ReceiverAnswer>): void {
    this.answer = answer;
  }

  /** Resolves with the deliveries when this many have arrived. */
  async awaitDeliveries(count: number, waitMs = 20_000): Promise<ReceivedDelivery[]> {
    await awaitCondition(
      () => this.deliveries.length,
      length => length >= count,
      { waitMs, what: `${count} deliveries` }
    );
    return this.deliveries;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
