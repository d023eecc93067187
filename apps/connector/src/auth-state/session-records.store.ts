import { setTimeout as delay } from 'node:timers/promises';
import type { KeyValue, Write } from '@wabus/broker';
import { WabusError, type SessionId } from '@wabus/contracts';
import { AuthStateUnreadableError } from './auth-state.errors.js';
import type { AuthStateMetrics } from './auth-state.metrics.js';
import { authPrefix, isListedOnce, recordsOfType, typePrefix } from './auth-record.codec.js';
import type { SessionCipher } from './encryption.codec.js';
import type { EpochWriter } from './epoch.writer.js';
import {
  decodeChanges,
  encodeChanges,
  openEntry,
  ringEntryName,
  ringKey,
  ringKeys,
  ringMarkKey,
  sealEntry,
  type RecordChanges,
  type RingEntry
} from './write-ahead.codec.js';
import { judgeNext, WriteAheadRing, type FoldPlan } from './write-ahead.state.js';

/** Larger commits bypass the ring and are stored as a batch. Half of the default limit of a NATS server. */
const MAX_ENTRY_BYTES = 512 * 1024;
/** Commits of more records bypass the ring too; they would only be written twice. */
const MAX_ENTRY_KEYS = 64;
const MAX_BATCH_KEYS = 1_000;
const MAX_BATCH_BYTES = 512 * 1024;
const LAG_MS = 50;

export interface SessionRecordsParts {
  readonly bucket: KeyValue;
  readonly session: SessionId;
  readonly cipher: SessionCipher;
  readonly writer: EpochWriter;
  readonly metrics: AuthStateMetrics;
}

/**
 * The records of one session: the newest contents in its write-ahead ring, the others under their own keys.
 * A commit is one fenced message, or an atomic batch if it is large (ADR 39). Writing calls must not overlap. Throws like `AuthState`.
 */
export class SessionRecords {
  private ring = new WriteAheadRing(0, isRemembered);
  private readonly prefix: string;
  /** Number of entries included in the metrics. */
  private counted = 0;
  private isCounted = false;

  constructor(private readonly parts: SessionRecordsParts) {
    this.prefix = authPrefix(parts.session);
  }

  /** Loads the ring that former owners have left. */
  async load(): Promise<void> {
    for (;;) {
      const ring = await this.recovered();
      if (ring !== null) return this.replace(ring);
      await delay(LAG_MS);
    }
  }

  /** Returns the content of a record; `null` if it does not exist. */
  async read(key: string): Promise<string | null> {
    for (;;) {
      const placed = this.ring.find(key);
      if (placed === undefined) return this.readRecord(key);
      if (placed.text !== undefined) return placed.text;
      const entry = await this.entryAt(placed.n);
      if (entry) return entry.changes.get(key) ?? null;
      // Unless it was folded meanwhile.
      if (this.ring.find(key)?.n === placed.n)
        throw new AuthStateUnreadableError('damaged', `auth state ${key} is damaged: its entry is missing`);
    }
  }

  /** Returns the contents of all records of a type. No write may be in progress. */
  async list(type: string): Promise<string[]> {
    const { bucket, session, cipher } = this.parts;
    const prefix = typePrefix(session, type);
    const newest = this.ring.keysOf(prefix);
    const inRing = new Set(newest);
    const records = (await bucket.list(recordsOfType(session, type))).filter(({ key }) => !inRing.has(key));
    const contents = await Promise.all(newest.map(key => this.read(key)));
    if (isListedOnce(prefix)) this.ring.release(prefix);
    return [
      ...records.map(({ key, value }) => cipher.decrypt(key, value).toString('utf8')),
      ...contents.filter(content => content !== null)
    ];
  }

  /** Stores changes atomically; beyond 1,000 records in several steps, in order. Resolves when they are on disk. */
  async commit(changes: RecordChanges): Promise<void> {
    const plain = changes.size > MAX_ENTRY_KEYS ? null : encodeChanges(changes, this.prefix);
    if (plain === null || plain.length > MAX_ENTRY_BYTES) return this.commitPast(changes);
    const { session, cipher, writer, metrics } = this.parts;
    if (this.ring.isFull) await writer.repeat(() => this.fold());
    const n = this.ring.last + 1;
    const value = sealEntry(n, cipher.encrypt(ringEntryName(session, n), plain));
    try {
      await writer.write(new Map([[ringKey(session, n), value]]));
    } catch (error) {
      // A server's limit may be lower than the default.
      if (error instanceof WabusError && error.code === 'PAYLOAD_TOO_LARGE') return this.commitPast(changes);
      throw error;
    }
    this.ring.add({ n, changes, bytes: value.length });
    metrics.committed('ring');
    this.count();
  }

  /** Whether `fold` has work to do. */
  get isFoldDue(): boolean {
    return this.ring.isDue;
  }

  /** Writes the oldest entries as records. */
  async fold(): Promise<void> {
    if (this.ring.isDue) await this.store(this.ring.due(), null);
  }

  /** Writes all entries as records, so that the records alone are the state of the session. Resolves with the written records, which a list may still lack. */
  async drain(): Promise<ReadonlyMap<string, Write>> {
    const { length, last } = this.ring;
    return length > 0 ? this.store(this.ring.whole(), last) : new Map();
  }

  /** Returns the mark that makes all entries void, to be written with the first record that bypasses them. */
  voided(): [key: string, value: Write][] {
    return this.ring.last === 0 ? [] : [this.markAt(this.ring.last)];
  }

  /** Resets the ring after the records were replaced and `voided` was written. */
  reset(): void {
    this.replace(new WriteAheadRing(this.ring.last, isRemembered));
  }

  /** Includes the entries in the metrics while this owner has the session. */
  countUntil(lost: AbortSignal): void {
    if (lost.aborted) return;
    lost.addEventListener('abort', () => this.setCounted(false), { once: true });
    this.setCounted(true);
  }

  /** Returns the keys of all entries. */
  async entryKeys(): Promise<string[]> {
    return (await this.parts.bucket.list(ringKeys(this.parts.session))).map(({ key }) => key);
  }

  private async commitPast(changes: RecordChanges): Promise<void> {
    const { cipher, writer, metrics } = this.parts;
    await writer.repeat(() => this.drain());
    const writes = [...changes].map(([key, text]): [string, Write] => [
      key,
      text === null ? null : cipher.encrypt(key, Buffer.from(text, 'utf8'))
    ]);
    for (let from = 0; from < writes.length; from += MAX_BATCH_KEYS) await writer.write(new Map(writes.slice(from, from + MAX_BATCH_KEYS)));
    metrics.committed('batch');
  }

  /** @param mark stored with the last records */
  private async store(plan: FoldPlan, mark: number | null): Promise<ReadonlyMap<string, Write>> {
    const { cipher, writer, metrics } = this.parts;
    const written = new Map<string, Write>();
    const read = new Map<number, RingEntry>();
    let step = new Map<string, Write>();
    let bytes = 0;
    for (const [key, { n, text }] of plan.records) {
      const content = text === undefined ? await this.contentIn(read, n, key) : text;
      const value = content === null ? null : cipher.encrypt(key, Buffer.from(content, 'utf8'));
      const length = value?.length ?? 0;
      if (step.size === MAX_BATCH_KEYS - 1 || (step.size > 0 && bytes + length > MAX_BATCH_BYTES)) {
        await writer.write(step);
        step = new Map();
        bytes = 0;
      }
      step.set(key, value);
      written.set(key, value);
      bytes += length;
    }
    if (mark !== null) step.set(...this.markAt(mark));
    if (step.size > 0) await writer.write(step);
    this.ring.folded(plan);
    metrics.folded(plan.records.size);
    this.count();
    return written;
  }

  private async contentIn(read: Map<number, RingEntry>, n: number, key: string): Promise<string | null> {
    const entry = read.get(n) ?? (await this.entryAt(n));
    if (!entry) throw new AuthStateUnreadableError('damaged', `auth state ${key} is damaged: its entry is missing`);
    read.set(n, entry);
    return entry.changes.get(key) ?? null;
  }

  /** Returns `null` if the list of entries was older than the ring. */
  private async recovered(): Promise<WriteAheadRing | null> {
    const { bucket, session } = this.parts;
    const [listed, mark] = await Promise.all([bucket.list(ringKeys(session)), this.storedMark()]);
    const entries = listed.flatMap(({ value }) => {
      const { n, encrypted } = openEntry(value);
      return n > mark ? [this.decoded(n, encrypted)] : [];
    });
    const ring = WriteAheadRing.recover(entries, mark, isRemembered);
    // A list from a replica may still contain entries that were removed.
    if (ring.last > mark && (await this.slotOf(ring.last))?.n !== ring.last) return null;
    for (;;) {
      // Read from the leader, which has every acknowledged entry.
      const next = await this.slotOf(ring.last + 1);
      if (next === null) return ring.withoutOverwritten();
      const { n, encrypted } = next;
      const verdict = judgeNext(ring.last, n);
      if (verdict === 'none') return ring.withoutOverwritten();
      if (verdict === 'list-is-old') return null;
      ring.add(this.decoded(n, encrypted), true);
    }
  }

  private async storedMark(): Promise<number> {
    const key = ringMarkKey(this.parts.session);
    const stored = await this.parts.bucket.get(key);
    return stored === null ? 0 : (JSON.parse(this.parts.cipher.decrypt(key, stored.value).toString('utf8')) as { n: number }).n;
  }

  private markAt(n: number): [key: string, value: Write] {
    const key = ringMarkKey(this.parts.session);
    return [key, this.parts.cipher.encrypt(key, Buffer.from(JSON.stringify({ n }), 'utf8'))];
  }

  /** Reads the slot of `n` from the leader: that entry, or one of another round. `null` if it is empty. */
  private async slotOf(n: number): Promise<ReturnType<typeof openEntry> | null> {
    const stored = await this.parts.bucket.get(ringKey(this.parts.session, n));
    return stored && openEntry(stored.value);
  }

  private async entryAt(n: number): Promise<RingEntry | null> {
    const found = await this.slotOf(n);
    return found?.n === n ? this.decoded(n, found.encrypted) : null;
  }

  private decoded(n: number, encrypted: Buffer): RingEntry {
    const name = ringEntryName(this.parts.session, n);
    return { n, changes: decodeChanges(this.parts.cipher.decrypt(name, encrypted), this.prefix), bytes: encrypted.length };
  }

  private async readRecord(key: string): Promise<string | null> {
    const entry = await this.parts.bucket.get(key);
    return entry === null ? null : this.parts.cipher.decrypt(key, entry.value).toString('utf8');
  }

  private replace(ring: WriteAheadRing): void {
    this.ring = ring;
    this.count();
  }

  private setCounted(isCounted: boolean): void {
    this.isCounted = isCounted;
    this.count();
  }

  private count(): void {
    const entries = this.isCounted ? this.ring.length : 0;
    this.parts.metrics.entries(entries - this.counted);
    this.counted = entries;
  }
}

const isRemembered = (key: string): boolean => !isListedOnce(key);
