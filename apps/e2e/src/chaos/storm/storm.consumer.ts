import {
  ERROR_CODES,
  GATEWAY_NAMESPACE,
  type Cursor,
  type EventEnvelope,
  type SubscribeOutcome,
  type SubscribeRequest
} from '@wabus/contracts';
import { io, type Socket } from 'socket.io-client';
import { readPayload, STORM_EVENTS, type StormEvent, type StormEventName } from './storm-event.codec.js';

const ACK_LIMIT_MS = 5_000;
const RETRY_MS = 150;

/**
 * A client of the event gateway as an application would write it: it stores the cursor of the last event that it handled, and if its edge is gone it
 * connects to the next one and resumes there. It neither drops nor sorts events: it records exactly what it receives.
 */
export class StormConsumer implements AsyncDisposable {
  /** In the order of arrival. */
  readonly seen: StormEvent[] = [];
  /** Subscriptions that resumed from a cursor. */
  resumed = 0;
  /** Refusals that a retry cannot resolve, and gaps in the log. */
  readonly complaints: string[] = [];
  private cursor: Cursor | null = null;
  private socket: Socket | null = null;
  private attempt = 0;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  private constructor(
    private readonly edges: readonly string[],
    private readonly token: string
  ) {}

  /** Resolves once it is subscribed at the first edge and receives every further event. */
  static async start(edges: readonly string[], token: string): Promise<StormConsumer> {
    const consumer = new StormConsumer(edges, token);
    await new Promise<void>((resolve, reject) => {
      consumer.connect((complaint?: string) => (complaint === undefined ? resolve() : reject(new Error(complaint))));
    });
    return consumer;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket?.disconnect();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  private connect(settled: (complaint?: string) => void = () => undefined): void {
    const url = this.edges[this.attempt++ % this.edges.length]!;
    const socket = io(new URL(GATEWAY_NAMESPACE, url).href, { auth: { token: this.token }, reconnection: false, forceNew: true });
    this.socket = socket;
    for (const event of STORM_EVENTS) socket.on(event, (envelope: EventEnvelope<StormEventName>) => this.take(envelope));
    socket.on('connect', () => void this.subscribe(socket).then(settled));
    socket.once('connect_error', () => this.connectLater(socket, settled));
    socket.once('disconnect', () => this.connectLater(socket));
  }

  private connectLater(socket: Socket, settled?: (complaint?: string) => void): void {
    socket.removeAllListeners();
    if (this.closed || this.socket !== socket) return;
    this.socket = null;
    this.timer = setTimeout(() => this.connect(settled), RETRY_MS);
  }

  /** Resolves with a complaint if a retry is pointless. */
  private async subscribe(socket: Socket): Promise<string | undefined> {
    const request: SubscribeRequest = {
      events: [...STORM_EVENTS],
      envelope: true,
      ...(this.cursor === null ? {} : { since: this.cursor })
    };
    let outcome: SubscribeOutcome;
    try {
      outcome = (await socket.timeout(ACK_LIMIT_MS).emitWithAck('subscribe', request)) as SubscribeOutcome;
    } catch {
      // Without a response, the edge is gone or about to be.
      socket.disconnect();
      this.connectLater(socket);
      return undefined;
    }
    if (outcome.ok) {
      if (this.cursor !== null) this.resumed++;
      this.cursor ??= outcome.cursor;
      if (outcome.truncated) this.complaints.push('the log no longer had everything after the cursor');
      return undefined;
    }
    if (ERROR_CODES[outcome.error.code].retryable) {
      socket.disconnect();
      this.connectLater(socket);
      return undefined;
    }
    const complaint = `subscribe was refused: ${outcome.error.code} ${outcome.error.message}`;
    this.complaints.push(complaint);
    return complaint;
  }

  private take({ id, session, event, epoch, cursor, data }: EventEnvelope<StormEventName>): void {
    this.seen.push({ id, session, event, epoch, ...readPayload(event, data) });
    this.cursor = cursor;
  }
}
