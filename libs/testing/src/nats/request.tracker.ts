import { connect, type NatsConnection } from '@nats-io/transport-node';

/** Counts requests that pass a nats-server, without taking part in them. */
export class RequestTracker implements AsyncDisposable {
  /** Requests so far. */
  count = 0;

  private constructor(private readonly connection: NatsConnection) {}

  /** @param wanted by the text of a request */
  static async start(url: string, subject: string, wanted: (body: string) => boolean): Promise<RequestTracker> {
    const tracker = new RequestTracker(await connect({ servers: [url] }));
    tracker.connection.subscribe(subject, { callback: (_error, request) => void (wanted(request.string()) && tracker.count++) });
    await tracker.connection.flush();
    return tracker;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.connection.close();
  }
}
