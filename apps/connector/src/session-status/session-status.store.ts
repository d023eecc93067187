import { Injectable } from '@nestjs/common';
import { KeyValueBuckets, type KeyValue } from '@wabus/broker';
import { decodeJsonRecord, encodeJsonRecord, REGISTRY_BUCKET, statusKey, WabusError, type SessionStatusRecord } from '@wabus/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import type { SessionLease } from '../ownership/session-lease.js';

const RETRY_MS = 250;

/** A pending status: the newest content, and a promise for its write. */
interface Pending {
  status: SessionStatusRecord;
  readonly written: Promise<void>;
}

interface Writer {
  revision: number | null;
  underWay: Promise<void>;
  next: Pending | null;
}

/**
 * The observed status of owned sessions, in the registry bucket for others to read.
 * Compare-and-set prevents a status of an older epoch from replacing one of a newer epoch.
 */
@Injectable()
export class SessionStatusStore {
  private readonly bucket: KeyValue;
  private readonly writers = new WeakMap<SessionLease, Writer>();

  constructor(buckets: KeyValueBuckets) {
    this.bucket = buckets.bucket(REGISTRY_BUCKET);
  }

  /**
   * Replaces the status record. Writes of one session keep their order, and the newest replaces those that are not written yet.
   * Writes nothing if the lease is lost.
   */
  write(lease: SessionLease, status: SessionStatusRecord): Promise<void> {
    const writer = this.writerOf(lease);
    if (writer.next !== null) {
      writer.next.status = status;
      return writer.next.written;
    }
    const written = writer.underWay
      .catch(() => undefined)
      .then(async () => {
        const { status: newest } = pending;
        writer.next = null;
        if (lease.isValid()) await this.store(lease, writer, newest);
      });
    const pending: Pending = { status, written };
    writer.next = pending;
    writer.underWay = written;
    return written;
  }

  /** Returns the last status that any owner has written; `null` for a new session. */
  async read(lease: SessionLease): Promise<SessionStatusRecord | null> {
    return (await this.readLast(lease))?.status ?? null;
  }

  /** Retries while the broker does not answer, unless a newer status is waiting by then. */
  private async store(lease: SessionLease, writer: Writer, status: SessionStatusRecord): Promise<void> {
    const value = encodeJsonRecord(status);
    while (lease.isValid() && writer.next === null) {
      try {
        writer.revision ??= await this.lastRevision(lease);
        if (writer.revision === null) return;
        const outcome = await this.bucket.compareAndSet(statusKey(lease.session), value, writer.revision);
        writer.revision = outcome.written ? outcome.revision : null;
        if (outcome.written) return;
      } catch (error) {
        if (!(error instanceof WabusError && error.code === 'BROKER_UNAVAILABLE')) throw error;
        writer.revision = null;
        await delay(RETRY_MS, undefined, { signal: lease.lost }).catch(() => undefined);
      }
    }
  }

  /** Returns the revision to replace; `null` if a newer owner has written. */
  private async lastRevision(lease: SessionLease): Promise<number | null> {
    const last = await this.readLast(lease);
    return last?.status && last.status.epoch > lease.epoch ? null : (last?.revision ?? 0);
  }

  private async readLast({ session }: SessionLease): Promise<{ status: SessionStatusRecord | null; revision: number } | null> {
    const entry = await this.bucket.get(statusKey(session));
    if (entry === null) return null;
    // A damaged status counts as missing: the owner overwrites it.
    return {
      status: decodeJsonRecord<SessionStatusRecord>(entry.value, ({ epoch }) => typeof epoch === 'number'),
      revision: entry.revision
    };
  }

  private writerOf(lease: SessionLease): Writer {
    const writer = this.writers.get(lease) ?? { revision: null, underWay: Promise.resolve(), next: null };
    this.writers.set(lease, writer);
    return writer;
  }
}
