import { EventEmitter, once } from 'node:events';
import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { KeyValueBuckets, type Change, type KeyValue, type Watch } from '@wabus/broker';
import {
  DEFAULT_SETTINGS,
  REGISTRY_BUCKET,
  SEALING_KEY,
  WabusError,
  decodeJsonRecord,
  encodeJsonRecord,
  parseRegistryKey,
  recordKey,
  type SealingKey,
  type SessionId,
  type SessionRecord,
  type SessionSettings,
  type SessionStatus,
  type SessionStatusRecord,
  type SessionView
} from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import { LostOwnerAnnouncer } from './lost-owner-announcer.js';
import { withoutOwner } from './owner-liveness.policy.js';
import { OwnerWatch } from './owner.watch.js';
import { RegistryState, decodeRecord } from './registry.state.js';
import type { KnownConnector } from './ownership-view.policy.js';
import { editRecord, newRecord, publicStatus, sessionStateOf, sessionViewOf, type LifecycleCommand } from './session-view.policy.js';

const ANY_CHANGE = 'any';

/** A session as far as this edge knows it. */
export interface KnownSession {
  readonly record: SessionRecord;
  /** Missing until an owner has reported. Contains codes that link an account. */
  readonly status?: SessionStatusRecord;
}

/** The properties of a new session that differ from the defaults. */
export interface NewSession {
  readonly desired?: 'running' | 'stopped';
  readonly settings?: Partial<SessionSettings>;
  /** Set until `finish` is called. */
  readonly unfinishedBy?: string;
}

/**
 * The sessions of the registry. Reads use a watched copy, so lists and checks cost no round trip. Writes are compare-and-set on the broker,
 * and are visible in the copy at once.
 */
@Injectable()
export class SessionRegistryStore implements OnModuleInit, BeforeApplicationShutdown {
  private readonly known = new RegistryState();
  private readonly bucket: KeyValue;
  private readonly logger: Logger;
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private readonly owners: OwnerWatch;
  /** Sessions whose owner was gone at the last check. */
  private abandoned = new Set<SessionId>();
  private watch: Watch | null = null;

  constructor(
    buckets: KeyValueBuckets,
    log: Log,
    private readonly announcer: LostOwnerAnnouncer
  ) {
    this.bucket = buckets.bucket(REGISTRY_BUCKET);
    this.logger = log.for('commands-out');
    this.owners = new OwnerWatch(buckets, this.logger);
  }

  async onModuleInit(): Promise<void> {
    this.watch = await this.bucket.watch('>', change => this.take(change));
    await this.watch.ready;
    this.owners.start(
      () => this.known.connectors(),
      () => this.looked()
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.owners.stop();
    await this.watch?.stop();
  }

  list(): SessionView[] {
    return this.known.all().map(record => sessionViewOf(record, this.statusOf(record.session)));
  }

  /** Returns the connectors that this edge knows, including those that are gone. */
  connectors(): KnownConnector[] {
    return [...this.known.connectors()].map(id => ({ id, ...this.owners.presence(id), report: this.known.report(id) ?? null }));
  }

  /** Returns the view of a session. A session that is being deleted is shown until its owner has removed it. Throws `UNKNOWN_SESSION`. */
  async view(session: SessionId): Promise<SessionView> {
    return this.viewNow(await this.find(session));
  }

  /** Returns the last status that the owner reported, including codes that link an account. Throws `UNKNOWN_SESSION`. */
  async status(session: SessionId): Promise<SessionStatusRecord | undefined> {
    await this.requireLiving(session);
    return this.statusOf(session);
  }

  /** Returns the record of a session. Throws `UNKNOWN_SESSION` if no session has this id, or if the session is being deleted. */
  async requireLiving(session: SessionId): Promise<SessionRecord> {
    const record = await this.find(session);
    if (record.desired === 'deleted') throw this.beingDeleted('UNKNOWN_SESSION', session);
    return record;
  }

  /**
   * Returns the public key that seals secrets of settings for the connectors. Returns `null` until a connector has started, and if the
   * record is damaged; the next connector that starts writes it again.
   */
  async sealingKey(): Promise<SealingKey | null> {
    const entry = await this.bucket.get(SEALING_KEY);
    return entry && decodeJsonRecord<SealingKey>(entry.value, isSealingKey);
  }

  /** Creates a session. Throws `SESSION_EXISTS`, also while an older session with this id is still being deleted. */
  async create(session: SessionId, { desired, settings, unfinishedBy }: NewSession = {}): Promise<SessionView> {
    const made = { ...newRecord(session, new Date(), desired), ...(unfinishedBy === undefined ? {} : { unfinishedBy }) };
    const record = settings === undefined ? made : { ...made, settings: { ...DEFAULT_SETTINGS, ...settings } };
    const outcome = await this.bucket.compareAndSet(recordKey(session), encodeJsonRecord(record), 0);
    if (outcome.written) return this.written(record, outcome.revision);
    const existing = await this.read(session);
    throw existing?.record.desired === 'deleted'
      ? this.beingDeleted('SESSION_EXISTS', session)
      : new WabusError('SESSION_EXISTS', { details: { session } });
  }

  /**
   * Changes the desired state of a session. The broker decides a race with another edge, and the change is tried again. Throws `UNKNOWN_SESSION`, `TIMEOUT`.
   */
  async edit(session: SessionId, command: LifecycleCommand, deadlineAt: number): Promise<SessionView> {
    do {
      const found = await this.read(session);
      if (found === null) throw unknown(session);
      const { record, revision } = found;
      if (record.desired === 'deleted' && command !== 'deleteSession') throw this.beingDeleted('UNKNOWN_SESSION', session);
      const edited = editRecord(record, command, sessionStateOf(record, this.statusOf(session)), new Date());
      if (edited === record) return this.viewNow(record);
      const outcome = await this.bucket.compareAndSet(recordKey(session), encodeJsonRecord(edited), revision);
      if (outcome.written) return this.written(edited, outcome.revision);
    } while (performance.now() < deadlineAt);
    throw new WabusError('TIMEOUT', { details: { session } });
  }

  /** Returns the session as it is now. Throws `UNKNOWN_SESSION`, also if it is being deleted. */
  async session(session: SessionId): Promise<KnownSession> {
    const record = await this.requireLiving(session);
    return { record, status: this.statusOf(session) };
  }

  /** Returns the newest status that satisfies `wanted`. Waits for it until `signal` is aborted, because this edge may be the last to receive it. */
  async findStatus(wanted: (status: SessionStatusRecord) => boolean, signal: AbortSignal): Promise<SessionStatusRecord | undefined> {
    for (;;) {
      const found = this.known.findStatus(wanted);
      if (found || signal.aborted) return found;
      await once(this.changes, ANY_CHANGE, { signal }).catch(() => undefined);
    }
  }

  /**
   * Resolves when the known state of a session satisfies `wanted` (`null`: the session does not exist), or with the current state when `signal` is aborted.
   */
  async until(session: SessionId, wanted: (known: KnownSession | null) => boolean, signal: AbortSignal): Promise<KnownSession | null> {
    for (;;) {
      const record = this.known.record(session);
      const known = record ? { record, status: this.statusOf(session) } : null;
      if (wanted(known) || signal.aborted) return known;
      await once(this.changes, recordKey(session), { signal }).catch(() => undefined);
    }
  }

  /**
   * Changes the settings of a session, which apply from its next connection. `change` receives the current settings, and is called again
   * after a race with another edge. Throws `UNKNOWN_SESSION`, `TIMEOUT`.
   */
  async editSettings(
    session: SessionId,
    change: (settings: SessionSettings) => SessionSettings,
    deadlineAt: number
  ): Promise<SessionSettings> {
    do {
      const found = await this.read(session);
      if (found === null) throw unknown(session);
      const { record, revision } = found;
      if (record.desired === 'deleted') throw this.beingDeleted('UNKNOWN_SESSION', session);
      const before = record.settings ?? DEFAULT_SETTINGS;
      const settings = change(before);
      if (settings === before) return before;
      const edited = { ...record, settings };
      const outcome = await this.bucket.compareAndSet(recordKey(session), encodeJsonRecord(edited), revision);
      if (!outcome.written) continue;
      this.written(edited, outcome.revision);
      return settings;
    } while (performance.now() < deadlineAt);
    throw new WabusError('TIMEOUT', { details: { session } });
  }

  /** Marks a session that is created in several steps as finished. Throws `UNKNOWN_SESSION`, `TIMEOUT`. */
  async finish(session: SessionId, deadlineAt: number): Promise<void> {
    do {
      const found = await this.read(session);
      if (found === null) throw unknown(session);
      const { unfinishedBy, ...record } = found.record;
      if (record.desired === 'deleted') throw this.beingDeleted('UNKNOWN_SESSION', session);
      if (unfinishedBy === undefined) return;
      const outcome = await this.bucket.compareAndSet(recordKey(session), encodeJsonRecord(record), found.revision);
      if (outcome.written) return void this.written(record, outcome.revision);
    } while (performance.now() < deadlineAt);
    throw new WabusError('TIMEOUT', { details: { session } });
  }

  private async find(session: SessionId): Promise<SessionRecord> {
    // The copy may lag behind a session that another edge has just created.
    const record = this.known.record(session) ?? (await this.read(session))?.record;
    if (record === undefined) throw unknown(session);
    return record;
  }

  private async read(session: SessionId): Promise<{ record: SessionRecord; revision: number } | null> {
    const entry = await this.bucket.get(recordKey(session));
    if (entry === null) return null;
    this.known.apply(entry);
    const record = decodeRecord(session, entry.value);
    return record && { record, revision: entry.revision };
  }

  private written(record: SessionRecord, revision: number): SessionView {
    this.known.apply({ key: recordKey(record.session), value: encodeJsonRecord(record), revision });
    this.changes.emit(recordKey(record.session));
    this.logger.info({ session: record.session, desired: record.desired, generation: record.generation }, 'session record written');
    return this.viewNow(record);
  }

  /** The name becomes available once the data of the session is erased. */
  private beingDeleted(code: 'UNKNOWN_SESSION' | 'SESSION_EXISTS', session: SessionId): WabusError {
    const owner = this.known.status(session)?.connector ?? null;
    const why = owner === null ? ' No connector has started the deletion: it begins as soon as a connector runs.' : '';
    const hint = code === 'SESSION_EXISTS' ? ' Its name becomes available once all of its data is erased: try again then.' : '';
    return new WabusError(code, {
      message: `Session "${session}" is being deleted.${why}${hint}`,
      details: { session, desired: 'deleted', connector: owner },
      ...(code === 'SESSION_EXISTS' ? { retryable: true } : {})
    });
  }

  private viewNow(record: SessionRecord): SessionView {
    return sessionViewOf(record, this.statusOf(record.session));
  }

  /** Returns the current status. If the owner is gone, its last status is corrected, because the owner can no longer do so. */
  private statusOf(session: SessionId): SessionStatusRecord | undefined {
    const status = this.known.status(session);
    return status === undefined || this.owners.judge(status) === 'here' ? status : withoutOwner(status);
  }

  private looked(): void {
    const lost: SessionStatus[] = [];
    const abandoned = new Set<SessionId>();
    for (const { session } of this.known.all()) {
      const status = this.known.status(session);
      const verdict = status === undefined ? 'here' : this.owners.judge(status);
      if (status === undefined || verdict === 'here') continue;
      abandoned.add(session);
      const shown = withoutOwner(status);
      if (verdict === 'lost' && shown.state !== status.state) lost.push(publicStatus(shown));
    }
    const changed = [...abandoned, ...this.abandoned].filter(session => abandoned.has(session) !== this.abandoned.has(session));
    this.abandoned = abandoned;
    for (const session of changed) this.changes.emit(recordKey(session));
    void this.announcer.announce(lost);
  }

  private take(change: Change): void {
    const known = this.known.apply(change.kind === 'put' ? change.entry : { key: change.key, value: null, revision: change.revision });
    const key = change.kind === 'put' ? change.entry.key : change.key;
    if (!known) this.logger.warn({ record: key }, 'skipping malformed registry entry');
    const session = parseRegistryKey(key)?.session;
    if (session !== undefined) this.changes.emit(recordKey(session));
    this.changes.emit(ANY_CHANGE);
  }
}

function unknown(session: SessionId): WabusError {
  return new WabusError('UNKNOWN_SESSION', { details: { session } });
}

const isSealingKey = ({ key, publicKey }: Partial<SealingKey>): boolean => typeof key === 'string' && typeof publicKey === 'string';
