import { setTimeout as delay } from 'node:timers/promises';
import type { KeyValueBuckets } from '@wabus/broker';
import type { Observer } from '@wabus/broker/lease-policy';
import { decodeNode, nodeKey, OWNERSHIP_BUCKET, WabusError, type ConnectorView, type SessionStatusRecord } from '@wabus/contracts';
import type { Logger } from '@wabus/runtime';
import { connectorStateOf, judgeOwner, type OwnerSight, type OwnerVerdict } from './owner-liveness.policy.js';

const LOOK_MS = 500;
/** The time limit for connectors that do not report their own. */
const SILENT_MS = 15_000;

interface Seen extends OwnerSight {
  readonly revision: number;
  /** Whether it accepts sessions. */
  readonly ready: boolean;
  readonly weight: number | null;
}

/** Checks repeatedly whether the known connectors still renew their leases. */
export class OwnerWatch {
  private readonly seen = new Map<string, Seen>();
  private readonly stopped = new AbortController();
  private steadySince = Infinity;
  private working: Promise<void> = Promise.resolve();
  private refused = false;

  constructor(
    private readonly buckets: KeyValueBuckets,
    private readonly logger: Logger
  ) {}

  /**
   * Starts the checks.
   * @param connectors returns the connectors to check
   * @param looked called after each check
   */
  start(connectors: () => ReadonlySet<string>, looked: () => void): void {
    this.working = this.work(connectors, looked);
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.working;
  }

  judge(status: SessionStatusRecord): OwnerVerdict {
    return judgeOwner(status, status.connector === null ? undefined : this.seen.get(status.connector), this.observer());
  }

  /**
   * Returns the state and the weight of a connector. Both are `null` if NATS does not permit this edge to read them, or if the edge has not read them yet.
   */
  presence(connector: string): Pick<ConnectorView, 'state' | 'weight'> {
    const seen = this.seen.get(connector);
    return seen === undefined ? { state: null, weight: null } : { state: connectorStateOf(seen, this.observer()), weight: seen.weight };
  }

  private observer(): Observer {
    return { now: performance.now(), steadySince: this.steadySince };
  }

  private async work(connectors: () => ReadonlySet<string>, looked: () => void): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted && !this.refused) {
      const named = connectors();
      for (const connector of this.seen.keys()) if (!named.has(connector)) this.seen.delete(connector);
      try {
        await Promise.all([...named].map(connector => this.look(connector)));
        if (this.steadySince === Infinity) this.steadySince = performance.now();
        looked();
      } catch (err) {
        this.steadySince = Infinity;
        // The NATS users of the installation are from an earlier release. Statuses are then shown as their owners wrote them.
        this.refused = !(err instanceof WabusError);
        if (this.refused) this.logger.warn({ err }, 'nats does not permit this edge to read connector presence, see docs/security.md');
      }
      await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async look(connector: string): Promise<void> {
    const entry = await this.buckets.peek(OWNERSHIP_BUCKET, nodeKey(connector));
    const node = entry && decodeNode(entry.value);
    const now = performance.now();
    const before = this.seen.get(connector);
    const revision = entry?.revision ?? 0;
    const renewed = before === undefined || (node !== null && revision > before.revision);
    this.seen.set(connector, {
      revision: Math.max(revision, before?.revision ?? 0),
      seenAt: renewed ? now : before.seenAt,
      missing: node === null,
      ready: node?.ready ?? before?.ready ?? false,
      weight: node?.weight ?? before?.weight ?? null,
      joined: node?.joined ?? 0,
      silentMs: node?.silentMs ?? before?.silentMs ?? SILENT_MS
    });
  }
}
