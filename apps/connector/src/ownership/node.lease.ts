import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { KvLease, type Announcement, type Entry, type KeyValue, type Presence } from '@wabus/broker';
import { encodeJsonRecord } from '@wabus/contracts';
import type { Logger } from 'pino';
import { ConnectorReportWriter } from './connector-report.writer.js';
import { decodeNode, nodeKey, presenceName, type NodeRecord } from './ownership-records.codec.js';
import { CLUSTER_TIMING, type OwnershipOptions, type OwnershipTiming } from './ownership.options.js';

/** `renewed`; `unsure`: the broker did not answer; `lost`: another process declared this connector dead or took its id. */
export type Renewal = 'renewed' | 'unsure' | 'lost';

export interface NodeLeaseParts {
  readonly bucket: KeyValue;
  /** The bucket from which edges read the reports of connectors. */
  readonly registry: KeyValue;
  readonly presence: Presence;
  readonly options: OwnershipOptions;
  readonly logger: Logger;
}

/**
 * The lease of this connector: its node key, renewed by compare-and-set. All leases of its sessions depend on it.
 * The monotonic clock decides whether it holds, from the moment a renewal was *sent*, so a process that was paused finds it expired when it resumes.
 */
export class NodeLease {
  private readonly timing: OwnershipTiming;
  private readonly lease: KvLease;
  private readonly report: ConnectorReportWriter;
  private incarnation = '';
  private ready = true;
  private announcement: Announcement | null = null;

  constructor(private readonly parts: NodeLeaseParts) {
    this.timing = parts.options.timing ?? CLUSTER_TIMING;
    this.lease = nodeLease({
      bucket: parts.bucket,
      connector: parts.options.connector,
      timing: this.timing,
      incarnation: () => this.incarnation,
      facts: () => ({ ready: this.ready, weight: parts.options.weight ?? 1 })
    });
    this.report = new ConnectorReportWriter({
      bucket: parts.registry,
      connector: parts.options.connector,
      everyMs: this.timing.reportMs,
      logger: parts.logger
    });
  }

  isValid(): boolean {
    return this.lease.held;
  }

  /** The id of the current run, from joining until the key is lost. */
  get currentIncarnation(): string {
    return this.incarnation;
  }

  /** The monotonic time since which renewals have succeeded without interruption; `Infinity` if they do not. */
  get steadySince(): number {
    return this.lease.steadySince;
  }

  /**
   * Takes the node key with a new incarnation.
   * The key of an earlier run is taken over once its presence is gone; if a live process has the same id, waits for it and names it in the log.
   * Resolves when this process has the key; throws if `signal` is aborted.
   */
  async join(signal: AbortSignal): Promise<void> {
    const { connector } = this.parts.options;
    this.incarnation = randomBytes(6).toString('hex');
    this.lease.drop();
    await this.announcement?.withdraw();
    this.announcement = await this.parts.presence.announce(presenceName(connector, this.incarnation));
    const predecessor = new Predecessor(this.parts, this.timing);
    for (let attempt = 0; ; attempt++) {
      signal.throwIfAborted();
      try {
        if (await this.lease.take(entry => predecessor.isGone(entry))) return this.report.renewed();
      } catch (err) {
        if (attempt % 20 === 0) this.parts.logger.warn({ err }, 'failed to acquire the node key, retrying');
      }
      await delay(this.timing.pingIntervalMs, undefined, { signal });
    }
  }

  /** Renews once. Calls run one after another. */
  async renew(): Promise<Renewal> {
    try {
      if (!(await this.lease.renew())) return 'lost';
      this.report.renewed();
      return 'renewed';
    } catch (err) {
      this.parts.logger.debug({ err }, 'failed to renew the node key');
      return 'unsure';
    }
  }

  /** Announces that this connector takes no more sessions. */
  async retire(): Promise<void> {
    this.ready = false;
    await this.renew();
  }

  /** Removes the key, so that no other process waits for this connector. */
  async leave(): Promise<void> {
    await this.announcement?.withdraw();
    this.announcement = null;
    // The report first, then the lease: the next process with this id writes its report once the lease is free.
    await this.report.withdraw();
    await this.lease.release();
  }
}

export interface NodeLeaseUse {
  readonly bucket: KeyValue;
  readonly connector: string;
  readonly timing: OwnershipTiming;
  readonly incarnation: () => string;
  readonly facts: () => Pick<NodeRecord, 'ready' | 'weight'>;
  readonly now?: () => number;
}

/**
 * The kit's lease as connectors use it: fenced at `selfFenceMs`, two thirds of `hangSilenceMs`, after which others take over regardless of the connector's
 * presence. A crash is detected earlier, by presence checks: see liveness.policy.ts.
 */
export function nodeLease({ bucket, connector, timing, incarnation, facts, now }: NodeLeaseUse): KvLease {
  const lease: KvLease = new KvLease({
    bucket,
    key: nodeKey(connector),
    leaseMs: timing.hangSilenceMs,
    fenceMs: timing.selfFenceMs,
    interruptionMs: timing.crashSilenceMs,
    encode: () => {
      const joined = lease.firstEpoch;
      const record: NodeRecord = { incarnation: incarnation(), ...facts(), silentMs: timing.hangSilenceMs, ...(joined > 0 && { joined }) };
      return encodeJsonRecord(record);
    },
    isOwn: value => decodeNode(value)?.incarnation === incarnation(),
    isFree: value => decodeNode(value) === null,
    now
  });
  return lease;
}

/** An earlier run with the same id, or another process that was given the same id by mistake. */
class Predecessor {
  private misses = 0;
  private complained = false;

  constructor(
    private readonly parts: NodeLeaseParts,
    private readonly timing: OwnershipTiming
  ) {}

  /** Returns whether the run that the entry names is gone. */
  async isGone(entry: Entry): Promise<boolean> {
    const node = decodeNode(entry.value);
    if (node === null) return true;
    const { connector } = this.parts.options;
    const answer = await this.parts.presence.ask(presenceName(connector, node.incarnation), this.timing.pingTimeoutMs);
    this.misses = answer === 'nobody' ? this.misses + 1 : 0;
    if (answer === 'present' && !this.complained) {
      this.complained = true;
      this.parts.logger.error({ connector }, 'another process uses this connector id, waiting until it stops');
    }
    return this.misses >= this.timing.pingMisses;
  }
}
