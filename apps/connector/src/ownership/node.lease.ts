import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Announcement, Entry, KeyValue, Presence } from '@wabus/broker';
import type { Logger } from 'pino';
import { decodeNode, encodeRecord, nodeKey, presenceName, type NodeRecord } from './ownership-records.codec.js';
import { CLUSTER_TIMING, type OwnershipOptions, type OwnershipTiming } from './ownership.options.js';

/** `renewed`; `unsure`: the broker did not answer; `lost`: the key is not ours any more, another process declared us dead or took our id. */
export type Renewal = 'renewed' | 'unsure' | 'lost';

export interface NodeLeaseParts {
  readonly bucket: KeyValue;
  readonly presence: Presence;
  readonly options: OwnershipOptions;
  readonly logger: Logger;
}

/**
 * The lease of this connector: its key among the nodes, renewed by compare-and-set. All leases of sessions hang on it. Whether it holds is decided by the monotonic
 * clock from the moment a renewal was *sent*, so a process that was paused finds it expired when it wakes.
 */
export class NodeLease {
  private readonly key: string;
  private readonly timing: OwnershipTiming;
  private incarnation = '';
  private revision = 0;
  /** The revision with which this incarnation began. */
  private joinedAt = 0;
  private renewedAt = -Infinity;
  private steady = Infinity;
  private ready = true;
  private announcement: Announcement | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: NodeLeaseParts) {
    this.key = nodeKey(parts.options.connector);
    this.timing = parts.options.timing ?? CLUSTER_TIMING;
  }

  isValid(): boolean {
    return performance.now() - this.renewedAt < this.timing.selfFenceMs;
  }

  /** One run between joining and losing the key. */
  get currentIncarnation(): string {
    return this.incarnation;
  }

  get joined(): boolean {
    return this.revision > 0;
  }

  /** Since when renewals have been working without interruption, by the monotonic clock; `Infinity` when they do not. */
  get steadySince(): number {
    return this.steady;
  }

  /**
   * Takes the node key, under a new incarnation. A key of an earlier run is taken over once nobody answers for that run; a living process of the same id is waited for,
   * and named in the log. Settles when the key is ours, throws when `signal` is aborted.
   */
  async join(signal: AbortSignal): Promise<void> {
    const { connector } = this.parts.options;
    this.incarnation = randomBytes(6).toString('hex');
    this.joinedAt = 0;
    await this.announcement?.withdraw();
    this.announcement = await this.parts.presence.announce(presenceName(connector, this.incarnation));
    const predecessor = new Predecessor(this.parts, this.timing);
    for (let attempt = 0; ; attempt++) {
      signal.throwIfAborted();
      try {
        if (await this.takeKey(predecessor)) return;
      } catch (err) {
        if (attempt % 20 === 0) this.parts.logger.warn({ err }, 'the node key cannot be taken yet, still trying');
      }
      await delay(this.timing.pingIntervalMs, undefined, { signal });
    }
  }

  /** Renews once. Calls are carried out one after another. */
  renew(): Promise<Renewal> {
    return this.inTurn(async () => {
      if (!this.joined) return 'lost';
      try {
        return (await this.write()) || (await this.adopt()) ? 'renewed' : this.forget();
      } catch (err) {
        this.parts.logger.debug({ err }, 'node key not renewed');
        return 'unsure';
      }
    });
  }

  /** Tells the others that this connector takes no more sessions. */
  async retire(): Promise<void> {
    this.ready = false;
    await this.renew();
  }

  /** Removes the key, so that nobody waits for this connector. */
  leave(): Promise<void> {
    return this.inTurn(async () => {
      const { revision } = this;
      this.forget();
      await this.announcement?.withdraw();
      this.announcement = null;
      if (revision > 0) await this.parts.bucket.delete(this.key, revision);
    });
  }

  private async takeKey(predecessor: Predecessor): Promise<boolean> {
    const entry = await this.parts.bucket.get(this.key);
    if (entry !== null && decodeNode(entry.value)?.incarnation !== this.incarnation && !(await predecessor.isGone(entry))) return false;
    this.revision = entry?.revision ?? 0;
    if (await this.write()) {
      this.joinedAt = this.revision;
      return true;
    }
    this.revision = 0;
    return false;
  }

  private async write(): Promise<boolean> {
    const { weight = 1 } = this.parts.options;
    const record: NodeRecord = {
      incarnation: this.incarnation,
      ready: this.ready,
      weight,
      silentMs: this.timing.hangSilenceMs,
      ...(this.joinedAt > 0 ? { joined: this.joinedAt } : {})
    };
    const sentAt = performance.now();
    const outcome = await this.parts.bucket.compareAndSet(this.key, encodeRecord(record), this.revision);
    if (!outcome.written) return false;
    // A pause in which others could not be judged either.
    if (sentAt - this.renewedAt > this.timing.crashSilenceMs) this.steady = performance.now();
    this.revision = outcome.revision;
    this.renewedAt = sentAt;
    return true;
  }

  /** A renewal whose answer was lost has moved the key: what stands there is ours all the same. */
  private async adopt(): Promise<boolean> {
    const entry = await this.parts.bucket.get(this.key);
    if (entry === null || decodeNode(entry.value)?.incarnation !== this.incarnation) return false;
    this.revision = entry.revision;
    return this.write();
  }

  private forget(): 'lost' {
    this.revision = 0;
    this.renewedAt = -Infinity;
    this.steady = Infinity;
    return 'lost';
  }

  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.turn.then(task);
    this.turn = result.catch(() => undefined);
    return result;
  }
}

/** An earlier run under the same id, or another process that was given the same id by mistake. */
class Predecessor {
  private misses = 0;
  private revision = 0;
  private unchangedSince = 0;
  private complained = false;

  constructor(
    private readonly parts: NodeLeaseParts,
    private readonly timing: OwnershipTiming
  ) {}

  async isGone(entry: Entry): Promise<boolean> {
    const node = decodeNode(entry.value);
    if (node === null) return true;
    if (entry.revision !== this.revision) {
      this.revision = entry.revision;
      this.unchangedSince = performance.now();
    }
    if (performance.now() - this.unchangedSince > this.timing.hangSilenceMs) return true;
    const { connector } = this.parts.options;
    const answer = await this.parts.presence.ask(presenceName(connector, node.incarnation), this.timing.pingTimeoutMs);
    this.misses = answer === 'nobody' ? this.misses + 1 : 0;
    if (answer === 'present' && !this.complained) {
      this.complained = true;
      this.parts.logger.error({ connector }, 'another process runs under this connector id; this one waits until it is gone');
    }
    return this.misses >= this.timing.pingMisses;
  }
}
