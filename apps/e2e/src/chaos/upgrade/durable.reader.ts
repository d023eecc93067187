import { setTimeout as delay } from 'node:timers/promises';
import { GATEWAY_NAMESPACE, type DurableSubscribeOutcome, type EventDelivery } from '@wabus/contracts';
import { awaitCondition } from '@wabus/testing';
import { io, type Socket } from 'socket.io-client';
import { readPayload, type StormEvent } from '../storm/storm-event.codec.js';

const NAME = 'upgrade';
const ACK_LIMIT_MS = 5_000;
const RETRY_MS = 150;

/** A worker of a durable subscription that connects to the next edge if its own is gone, and acknowledges each delivery. */
export class DurableReader implements AsyncDisposable {
  /** In the order of arrival, each event once. */
  readonly seen: StormEvent[] = [];
  /** Repeated deliveries of events, which a lost acknowledgement causes. */
  repeated = 0;
  private readonly ids = new Set<string>();
  private readonly closing = new AbortController();
  private joined = 0;

  private constructor(
    private readonly edges: readonly string[],
    private readonly token: string
  ) {}

  /** Resolves once it has joined at the first edge. */
  static async start(edges: readonly string[], token: string): Promise<DurableReader> {
    const reader = new DurableReader(edges, token);
    void reader.run();
    await awaitCondition(
      () => reader.joined,
      joined => joined > 0,
      { waitMs: 30_000, what: 'a member of the durable subscription' }
    );
    return reader;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.closing.abort();
    return Promise.resolve();
  }

  private async run(): Promise<void> {
    const { signal } = this.closing;
    for (let attempt = 0; !signal.aborted; attempt++) {
      await this.attend(this.edges[attempt % this.edges.length]!);
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Handles one connection. Resolves once it is over. */
  private async attend(url: string): Promise<void> {
    const socket = io(new URL(GATEWAY_NAMESPACE, url).href, { auth: { token: this.token }, reconnection: false, forceNew: true });
    const leave = (): void => void socket.disconnect();
    this.closing.signal.addEventListener('abort', leave);
    socket.on('delivery', (delivery: EventDelivery, acknowledge: () => void) => {
      this.take(delivery);
      acknowledge();
    });
    await new Promise<void>(resolve => {
      socket.once('connect_error', () => resolve());
      socket.once('disconnect', () => resolve());
      socket.once('connect', () => void this.join(socket).then(joined => (joined ? this.joined++ : leave())));
    });
    this.closing.signal.removeEventListener('abort', leave);
    leave();
  }

  private async join(socket: Socket): Promise<boolean> {
    const terms = { durable: NAME, events: ['messages.upsert'] };
    const answer = socket.timeout(ACK_LIMIT_MS).emitWithAck('subscribe', terms) as Promise<DurableSubscribeOutcome>;
    return answer.then(
      ({ ok }) => ok,
      () => false
    );
  }

  private take({ id, session, event, epoch, data }: EventDelivery): void {
    const key = `${session} ${id}`;
    if (this.ids.has(key)) return void this.repeated++;
    this.ids.add(key);
    this.seen.push({ id, session, event, epoch, ...readPayload(event, data) });
  }
}
