import { connect, type NatsConnection } from '@nats-io/transport-node';

/** Counts requests to a nats-server by observing their subject. */
export class RequestTracker implements AsyncDisposable {
  /** Number of requests so far. */
  count = 0;

  private constructor(private readonly connection: NatsConnection) {}

  /** @param wanted returns whether a request counts, given its text */
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
