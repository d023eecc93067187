import { setTimeout as delay } from 'node:timers/promises';
import type { SessionId, SessionRecord } from '@wabus/contracts';
import type { Logger } from 'pino';
import type { NodeLease } from './node.lease.js';
import { SessionLease, type SessionRunner } from './session-lease.js';

const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 30_000;

/** A record at one revision. */
export interface RecordedSession {
  readonly record: SessionRecord;
  readonly revision: number;
}

export interface OwnedSessionParts {
  readonly node: NodeLease;
  readonly runner: SessionRunner;
  readonly logger: Logger;
  readonly releaseLimitMs: number;
  /** Removes what the registry stores about a deleted session, unless the record has changed meanwhile. */
  remove(recorded: RecordedSession): Promise<void>;
}

class OwnedLease extends SessionLease {
  private readonly end = new AbortController();

  constructor(
    readonly session: SessionId,
    readonly epoch: number,
    private readonly node: NodeLease
  ) {
    super();
  }

  get lost(): AbortSignal {
    return this.end.signal;
  }

  isValid(): boolean {
    return !this.end.signal.aborted && this.node.isValid();
  }

  revoke(): void {
    this.end.abort();
  }
}

/** A session under one lease: passes its records to the runner one after another, and ends it once. */
export class OwnedSession {
  private readonly lease: OwnedLease;
  private readonly waiting: RecordedSession[] = [];
  private newestRevision = 0;
  private working: Promise<void> | null = null;
  private ending: Promise<void> | null = null;

  constructor(
    session: SessionId,
    readonly epoch: number,
    private readonly parts: OwnedSessionParts
  ) {
    this.lease = new OwnedLease(session, epoch, parts.node);
  }

  /** Passes a record to the runner after the previous ones. Known revisions are skipped. */
  offer(recorded: RecordedSession): void {
    if (recorded.revision <= this.newestRevision || this.lease.lost.aborted || this.ending !== null) return;
    this.newestRevision = recorded.revision;
    this.waiting.push(recorded);
    this.working ??= this.work().finally(() => (this.working = null));
  }

  /**
   * Ends the lease and resolves when the runner has released the session.
   * `lost`: revokes the lease immediately, because another process may already own the session; `given-away`: after the runner has released it, so that the
   * final events and writes of the session are still valid.
   */
  end(why: 'lost' | 'given-away'): Promise<void> {
    if (why === 'lost') this.lease.revoke();
    this.ending ??= this.finish();
    return this.ending;
  }

  private async work(): Promise<void> {
    for (let failures = 0; !this.lease.lost.aborted && this.ending === null;) {
      const next = this.waiting[0];
      if (!next) return;
      try {
        await this.parts.runner.reconcile(this.lease, next.record);
        if (next.record.desired === 'deleted') await this.parts.remove(next);
        this.waiting.shift();
        failures = 0;
      } catch (err) {
        if (this.lease.lost.aborted) return;
        failures++;
        this.parts.logger.error(
          { err, session: this.lease.session, desired: next.record.desired },
          'failed to bring session to its desired state'
        );
        // A newer request replaces one that cannot be fulfilled.
        if (this.waiting.length > 1) this.waiting.shift();
        else
          await delay(Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** (failures - 1)), undefined, { signal: this.lease.lost }).catch(
            () => undefined
          );
      }
    }
  }

  private async finish(): Promise<void> {
    const { working } = this;
    await this.release();
    this.lease.revoke();
    if (working) {
      // The second release closes what a reconcile in progress opened after the first.
      await Promise.race([working, delay(this.parts.releaseLimitMs, undefined, { ref: false })]);
      await this.release();
    }
  }

  private async release(): Promise<void> {
    const { runner, logger, releaseLimitMs } = this.parts;
    const limit = new AbortController();
    const late = delay(releaseLimitMs, 'late' as const, { ref: false, signal: limit.signal }).catch(() => undefined);
    try {
      if ((await Promise.race([runner.release(this.lease), late])) === 'late') {
        logger.error({ session: this.lease.session, releaseLimitMs }, 'session was not released in time, no longer waiting');
      }
    } catch (err) {
      logger.error({ err, session: this.lease.session }, 'failed to release session');
    } finally {
      limit.abort();
    }
  }
}
