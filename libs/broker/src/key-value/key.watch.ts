import { setTimeout as delay } from 'node:timers/promises';
import { backOffMs } from '../connection/back-off.policy.js';
import type { NatsConnection } from '../connection/nats-connection.js';
import { StreamTail } from '../streams/stream-tail.js';
import { bucketStreamName, decodeChange, subjectOfFilter, type Change } from './entry.codec.js';
import { StructuredLogger } from '../logging/structured.logger.js';

export interface WatchScope {
  readonly bucket: string;
  readonly filter: string;
}

/**
 * Watches a part of a bucket, over as many stream tails as necessary.
 * After each interruption, it reads the last change of every key again and reports what is new, including the deletion of keys whose marker has expired.
 */
export class Watch {
  /** Resolves when all changes that existed at the start have been reported. */
  readonly ready: Promise<void>;
  private readonly logger = new StructuredLogger('broker');
  private readonly stopped = new AbortController();
  private readonly known = new Map<string, number>();
  private readonly finished: Promise<void>;
  private settleReady: () => void = () => undefined;
  private newest = 0;

  constructor(
    private readonly connection: NatsConnection,
    private readonly scope: WatchScope,
    private readonly handler: (change: Change) => void
  ) {
    this.ready = new Promise(resolve => (this.settleReady = resolve));
    this.finished = this.run();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.finished;
  }

  private async run(): Promise<void> {
    for (let attempt = 1; !this.stopped.signal.aborted; attempt++) {
      const began = performance.now();
      const reason = await this.followOnce().catch((error: unknown) => error);
      if (this.stopped.signal.aborted) return;
      if (performance.now() - began > 10_000) attempt = 1;
      this.logger.warn({ ...this.scope, ...(reason instanceof Error ? { err: reason } : { reason }) }, 'watch interrupted, reopening it');
      await delay(backOffMs(attempt), undefined, { signal: this.stopped.signal }).catch(() => undefined);
    }
  }

  /** Resolves with the reason when the tail has ended. */
  private async followOnce(): Promise<string> {
    const present = new Set<string>();
    let caughtUp = false;
    const catchUp = (): void => {
      caughtUp = true;
      for (const [key, revision] of this.known) {
        if (!present.has(key)) this.dispatch({ kind: 'delete', key, revision: Math.max(this.newest, revision + 1) });
      }
      this.settleReady();
    };
    let end: (reason: string) => void = () => undefined;
    const ended = new Promise<string>(resolve => (end = resolve));
    const tail = await StreamTail.open(
      this.connection,
      { stream: bucketStreamName(this.scope.bucket), filters: [subjectOfFilter(this.scope.bucket, this.scope.filter)] },
      {
        message: (message, pending) => {
          const change = decodeChange(this.scope.bucket, message);
          if (!caughtUp && change.kind === 'put') present.add(change.entry.key);
          this.dispatch(change);
          if (!caughtUp && pending === 0) catchUp();
        },
        failed: reason => end(reason)
      }
    );
    if (tail.pendingAtStart === 0 && !caughtUp) catchUp();
    const stop = (): void => {
      tail.stop();
      end('stopped');
    };
    if (this.stopped.signal.aborted) stop();
    else this.stopped.signal.addEventListener('abort', stop, { once: true });
    const reason = await ended;
    this.stopped.signal.removeEventListener('abort', stop);
    return reason;
  }

  private dispatch(change: Change): void {
    if (this.stopped.signal.aborted) return;
    const [key, revision] = change.kind === 'put' ? [change.entry.key, change.entry.revision] : [change.key, change.revision];
    this.newest = Math.max(this.newest, revision);
    const before = this.known.get(key);
    if (change.kind === 'delete') {
      if (before === undefined) return;
      this.known.delete(key);
    } else {
      if (before !== undefined && revision <= before) return;
      this.known.set(key, revision);
    }
    try {
      this.handler(change);
    } catch (error) {
      this.logger.error({ err: error, ...this.scope }, 'watch handler failed');
    }
  }
}
