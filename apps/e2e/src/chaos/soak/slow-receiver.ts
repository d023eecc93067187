import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A receiver of webhooks that waits before it responds, and sometimes fails. */
export class SlowReceiver implements AsyncDisposable {
  /** Ids of deliveries that got the response 200. */
  readonly taken = new Set<string>();
  /** Delivered texts by session, each once. */
  readonly texts = new Set<string>();
  /** Deliveries that were repeated after they had been accepted. */
  repeated = 0;
  private requests = 0;

  private constructor(private readonly server: Server) {}

  /** Responds after `thinkMs`; to every `failEvery`th request with 503. */
  static async start({ thinkMs, failEvery }: { thinkMs: number; failEvery: number }): Promise<SlowReceiver> {
    const server = createServer();
    const receiver = new SlowReceiver(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        void delay(thinkMs).then(() => {
          const fails = ++receiver.requests % failEvery === 0;
          if (!fails) receiver.take(String(request.headers['webhook-id']), Buffer.concat(chunks).toString());
          response.writeHead(fails ? 503 : 200).end();
        });
      });
    });
    await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  private take(id: string, body: string): void {
    if (this.taken.has(id)) this.repeated++;
    this.taken.add(id);
    const { session, data } = JSON.parse(body) as { session: string; data?: { messages?: { message?: { conversation?: string } }[] } };
    for (const { message } of data?.messages ?? []) if (message?.conversation) this.texts.add(`${session} ${message.conversation}`);
  }
}
