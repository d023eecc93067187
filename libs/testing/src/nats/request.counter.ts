import { connect, type NatsConnection } from '@nats-io/transport-node';

/** Counts requests that pass a nats-server, without taking part in them. */
export class RequestCounter implements AsyncDisposable {
  /** Requests so far. */
  count = 0;

  private constructor(private readonly connection: NatsConnection) {}

  /** @param wanted by the text of a request */
  static async start(url: string, subject: string, wanted: (body: string) => boolean): Promise<RequestCounter> {
    const counter = new RequestCounter(await connect({ servers: [url] }));
    counter.connection.subscribe(subject, { callback: (_error, request) => void (wanted(request.string()) && counter.count++) });
    await counter.connection.flush();
    return counter;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.connection.close();
  }
}
