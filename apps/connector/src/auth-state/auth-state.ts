import { randomBytes } from 'node:crypto';
import type { Entry, KeyValue, Write } from '@wabus/broker';
import { WabusError, type SessionId } from '@wabus/contracts';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { SessionLease } from '../ownership/session-lease.js';
import {
  authKeys,
  clearingKey,
  credentialsKey,
  decodeAuthRecord,
  decodeRecordValue,
  encodeRecord,
  encodeTyped,
  expiringKeys,
  expiringName,
  isListedOnce,
  namingKey,
  recordName,
  snapshotKeys,
  timeOfStamp
} from './auth-record.codec.js';
import type { AuthStateUnreadableError } from './auth-state.errors.js';
import type { AdoptedDevice, ExpiringRecord, ExpiringRecords, KeyChanges } from './auth-state.types.js';
import type { SessionCipher } from './encryption.codec.js';
import type { EpochWriter } from './epoch.writer.js';
import type { SessionRecords } from './session-records.store.js';
import { makeSnapshot, newestSnapshot, outdatedSnapshots, snapshotStamps } from './snapshot.policy.js';
import { RING_SLOTS, ringKey, ringKeys, ringMarkKey } from './write-ahead.codec.js';
import { WriteQueue } from './write.queue.js';

export const NAMING_KEY_BYTES = 32;
const MAX_STEP_KEYS = 1_000;
/** Up to this number, single writes cost a server less than one batch. */
const MAX_SINGLE_WRITES = 4;
/** Far below NATS's limit, even if every character needs three bytes. */
const MAX_EXPIRING_LENGTH = 300_000;
/** Maximum number of cached record names; each saves a hash per read and write. */
const MAX_NAMES = 500;
/** The cache entry of a record that does not exist. */
const ABSENT = '';

export interface AuthStateParts {
  readonly bucket: KeyValue;
  readonly lease: SessionLease;
  readonly cipher: SessionCipher;
  readonly writer: EpochWriter;
  readonly records: SessionRecords;
  /** The session's key for the names of its records, or the reason why it cannot be read. */
  readonly naming: Uint8Array | AuthStateUnreadableError;
  readonly cacheBytes: number;
  readonly logger: Logger;
}

/**
 * Credentials and Signal keys of one session, for as long as its lease holds.
 * Every method throws `LeaseLostError` if the lease is permanently lost, and waits while the lease has only lapsed because a renewal is late.
 * Writes wait for an unavailable broker and keep their order.
 * Reads throw `BROKER_UNAVAILABLE` then, and `AuthStateUnreadableError` if the stored data cannot be decrypted.
 * Only this process writes under the lease, so its cache stays valid.
 */
export class AuthState implements ExpiringRecords {
  private readonly session: SessionId;
  private readonly queue: WriteQueue;
  private readonly cache: LRUCache<string, string>;
  private readonly reading = new Map<string, Promise<string | null>>();
  /** Times to live of expiring keys that wait to be written, in ms. */
  private readonly lifetimes = new Map<string, number>();
  private readonly names = new Map<string, string>();
  private naming: Uint8Array | AuthStateUnreadableError;
  private namingStored = true;

  constructor(private readonly parts: AuthStateParts) {
    this.session = parts.lease.session;
    this.naming = parts.naming;
    this.queue = new WriteQueue(changes => this.store(changes), MAX_STEP_KEYS);
    this.cache = new LRUCache({ maxSize: parts.cacheBytes, sizeCalculation: (text, key) => text.length + key.length });
  }

  /** Returns the last stored credentials; `null` for a session that was never linked or was logged out. */
  async readCredentials(): Promise<Record<string, unknown> | null> {
    this.readableNaming();
    const text = await this.read(credentialsKey(this.session));
    return text === null ? null : (decodeRecordValue(text) as Record<string, unknown>);
  }

  /** Stores the complete credentials. Resolves when they are on disk. Overlapping calls are coalesced: the newest content wins. */
  writeCredentials(credentials: object): Promise<void> {
    return this.write(new Map([[credentialsKey(this.session), encodeRecord('creds', credentials)]]));
  }

  /** Returns values by id, without missing ones. Includes its own pending writes. */
  async readKeys(type: string, ids: string[]): Promise<Record<string, unknown>> {
    const found = await Promise.all(ids.map(async id => [id, await this.read(this.nameOf(type, id))] as const));
    return Object.fromEntries(found.flatMap(([id, text]) => (text === null ? [] : [[id, decodeRecordValue(text)]])));
  }

  /** Returns all values of a type, by id. Includes its own pending writes. */
  listKeys(type: string): Promise<Record<string, unknown>> {
    // Runs after the pending writes.
    return this.queue.exclusively(async () => {
      await this.parts.writer.holdLease();
      this.readableNaming();
      return Object.fromEntries((await this.parts.records.list(type)).map(decodeAuthRecord));
    });
  }

  /**
   * Stores a whole key transaction atomically (beyond 1,000 records in several steps). Resolves when it is on disk. Overlapping calls may be combined.
   * Writes nothing if the epoch is stale.
   */
  async writeKeys(changes: KeyChanges): Promise<void> {
    const texts = new Map<string, string | null>();
    for (const [type, records] of Object.entries(changes)) {
      for (const [id, value] of Object.entries(records)) {
        texts.set(this.nameOf(type, id), value === null || value === undefined ? null : encodeTyped(type, id, value));
      }
    }
    await this.write(texts);
  }

  /** Returns the value of a record; `null` if it does not exist or has expired. Always reads the store, so that no value outlives its time in memory. */
  async readExpiring(type: string, id: string): Promise<unknown> {
    await this.parts.writer.holdLease();
    const key = expiringName(this.session, this.readableNaming(), type, id);
    const unwritten = this.queue.find(key);
    const text = unwritten === undefined ? await this.readRecord(key) : unwritten;
    return text === null ? null : decodeRecordValue(text);
  }

  /**
   * Stores a record: encrypted, fenced and in order like every other write. Resolves when it is on disk.
   * It is separate from the credentials: `clear` keeps it until it expires, no snapshot contains it, and `erase` removes it. Throws `PAYLOAD_TOO_LARGE`.
   */
  async writeExpiring({ type, id, value, ttlMs }: ExpiringRecord): Promise<void> {
    const key = expiringName(this.session, this.readableNaming(), type, id);
    const text = value === null ? null : encodeRecord(id, value);
    // A record that cannot be stored would make the rest of its step fail too.
    if (text !== null && text.length > MAX_EXPIRING_LENGTH) throw new WabusError('PAYLOAD_TOO_LARGE');
    this.parts.writer.requireHope();
    this.lifetimes.set(key, ttlMs);
    try {
      await this.queue.add(new Map([[key, text]]));
    } finally {
      if (this.queue.find(key) === undefined) this.lifetimes.delete(key);
    }
  }

  /** Removes everything after keeping a dated, encrypted snapshot, so that a spurious logout can be undone. */
  clear(): Promise<void> {
    return this.queue.exclusively(async () => {
      await this.parts.writer.holdLease();
      const unreadable = !(this.naming instanceof Uint8Array);
      // The records then form a complete snapshot.
      const drained = unreadable ? new Map<string, Write>() : await this.parts.records.drain();
      // A list may come from a replica that lacks the latest writes.
      const listed = (await this.list(authKeys(this.session))).filter(({ key }) => !drained.has(key));
      const entries = [...listed, ...[...drained].flatMap(([key, value]) => (value instanceof Uint8Array ? [{ key, value }] : []))];
      if (entries.some(entry => entry.key === credentialsKey(this.session))) await this.keepSnapshot(entries);
      await this.remove([
        ...entries.map(entry => entry.key).filter(key => unreadable || key !== namingKey(this.session)),
        ...(unreadable ? [ringMarkKey(this.session)] : [])
      ]);
      if (unreadable) this.renewNaming();
      this.parts.logger.info({ session: this.session, records: entries.length }, 'auth state cleared');
    });
  }

  /** Removes everything, including snapshots. */
  erase(): Promise<void> {
    return this.queue.exclusively(async () => {
      await this.parts.writer.holdLease();
      const entries = (await Promise.all([authKeys, snapshotKeys, expiringKeys].map(keys => this.list(keys(this.session))))).flat();
      await this.remove([...entries.map(entry => entry.key), ringMarkKey(this.session)]);
      this.renewNaming();
      this.parts.logger.info({ session: this.session, records: entries.length }, 'auth state erased');
    });
  }

  /**
   * Reads the current owner of the session.
   * Resolves if it is still this lease; throws `LeaseLostError` if another process has taken it, or `BROKER_UNAVAILABLE`.
   */
  confirmOwner(): Promise<void> {
    return this.parts.writer.confirmOwner();
  }

  /** Returns the times of the session's snapshots, as ISO times, newest first. */
  async snapshots(): Promise<string[]> {
    return snapshotStamps((await this.list(snapshotKeys(this.session))).map(entry => entry.key)).map(timeOfStamp);
  }

  /**
   * Replaces credentials and keys with those of the newest snapshot, which is kept.
   * Resolves with its time, or with `null` and without changes if there is none.
   * Throws `AuthStateUnreadableError`, without changes, if it cannot be decrypted. No socket may use the auth state meanwhile.
   */
  restore(): Promise<string | null> {
    return this.queue.exclusively(async () => {
      await this.parts.writer.holdLease();
      const snapshot = newestSnapshot(await this.list(snapshotKeys(this.session)));
      if (snapshot === null) return null;
      const { stamp, records } = snapshot;
      records.delete(clearingKey(this.session));
      for (const [key, value] of records) this.parts.cipher.decrypt(key, value);
      const present = (await this.list(authKeys(this.session))).map(entry => entry.key);
      // An unreadable ring begins again at 1: entries below its former mark would count as void.
      const isUnreadable = !(this.naming instanceof Uint8Array);
      await this.remove([...present, ...(isUnreadable ? [ringMarkKey(this.session)] : [])]);
      await this.putBack(records);
      this.parts.logger.info({ session: this.session, records: records.size }, 'auth state restored');
      return timeOfStamp(stamp);
    });
  }

  /**
   * Replaces everything with a device from elsewhere, after a `clear` of the existing state.
   * Each step stores up to 1,000 keys and yields the number of records stored so far; the last step contains the credentials.
   * If the generator ends early for any reason, nothing is kept. No socket may use the auth state meanwhile.
   */
  async *adopt({ credentials, records }: AdoptedDevice): AsyncGenerator<number, void> {
    await this.clear();
    let whole = false;
    try {
      let stored = 0;
      // The marker exists until the credentials do: another owner discards everything stored before then.
      for (const step of inSteps(records, MAX_STEP_KEYS - 2)) {
        const texts = step.map(({ type, id, value }) => [this.nameOf(type, id), encodeRecord(id, value)] as const);
        await this.queue.exclusively(() => this.storeStep(new Map(texts), new Uint8Array([1])));
        stored += step.length;
        yield stored;
      }
      const last = new Map([[credentialsKey(this.session), encodeRecord('creds', credentials)]]);
      await this.queue.exclusively(() => this.storeStep(last, null));
      whole = true;
      this.parts.logger.info({ session: this.session, records: stored }, 'auth state adopted');
      yield stored;
    } finally {
      this.cache.clear();
      this.reading.clear();
      if (!whole) await this.finishClearing();
    }
  }

  /** Removes what an owner that ended during `clear`, `erase` or `adopt` has left. */
  finishClearing(): Promise<void> {
    return this.queue.exclusively(async () => {
      const entries = await this.list(authKeys(this.session));
      await this.remove(entries.map(entry => entry.key).filter(key => key !== namingKey(this.session)));
    });
  }

  private async write(texts: Map<string, string | null>): Promise<void> {
    this.parts.writer.requireHope();
    if (texts.size === 0) return;
    const stored = this.queue.add(texts);
    for (const [key, text] of texts) {
      this.reading.delete(key);
      if (!isListedOnce(key)) this.cache.set(key, text ?? ABSENT);
    }
    try {
      await stored;
    } catch (error) {
      // A change that was not stored must not be read.
      for (const key of texts.keys()) this.cache.delete(key);
      throw error;
    }
  }

  private async store(texts: ReadonlyMap<string, string | null>): Promise<void> {
    // Credentials last: they may refer to keys, but keys never refer to credentials.
    const last = credentialsKey(this.session);
    const ordered = [...texts].sort(([a], [b]) => Number(a === last) - Number(b === last));
    const { cipher, writer, records } = this.parts;
    const naming = this.readableNaming();
    const expiring = ordered.filter(([key]) => this.lifetimes.has(key));
    const lasting = expiring.length === 0 ? ordered : ordered.filter(([key]) => !this.lifetimes.has(key));
    if (!this.namingStored) await writer.write(new Map([[namingKey(this.session), cipher.encrypt(namingKey(this.session), naming)]]));
    this.namingStored = true;
    // Each is a separate commit, because the server tracks its expiration. They go first, so that a refusal by the server occurs before the rest is stored.
    const writes = expiring.map(([key, text]): [string, Write] => [
      key,
      text === null ? null : { value: cipher.encrypt(key, Buffer.from(text, 'utf8')), ttlMs: this.lifetimes.get(key)! }
    ]);
    const perStep = writes.length > MAX_SINGLE_WRITES ? MAX_STEP_KEYS : 1;
    for (const step of inSteps(writes, perStep)) await writer.write(new Map(step));
    if (lasting.length > 0) await records.commit(new Map(lasting));
    if (records.isFoldDue) this.foldLater();
  }

  /** Runs after the waiting writes. Its success does not matter until all slots are used. */
  private foldLater(): void {
    this.queue
      .exclusively(() => this.parts.records.fold())
      .catch((err: unknown) => this.parts.logger.debug({ err, session: this.session }, 'failed to compact the write-ahead ring'));
  }

  private async storeStep(texts: ReadonlyMap<string, string>, mark: Uint8Array | null): Promise<void> {
    const { cipher, writer } = this.parts;
    const changes = new Map<string, Uint8Array | null>([[clearingKey(this.session), mark]]);
    if (!this.namingStored) changes.set(namingKey(this.session), cipher.encrypt(namingKey(this.session), this.readableNaming()));
    for (const [key, text] of texts) changes.set(key, cipher.encrypt(key, Buffer.from(text, 'utf8')));
    await writer.write(changes);
    this.namingStored = true;
  }

  private async read(key: string): Promise<string | null> {
    await this.parts.writer.holdLease();
    const unwritten = this.queue.find(key);
    if (unwritten !== undefined) return unwritten;
    const cached = this.cache.get(key);
    if (cached !== undefined) return cached === ABSENT ? null : cached;
    const reading = this.reading.get(key) ?? this.parts.records.read(key);
    this.reading.set(key, reading);
    try {
      const text = await reading;
      if (this.reading.get(key) !== reading) return await this.read(key);
      if (!isListedOnce(key)) this.cache.set(key, text ?? ABSENT);
      return text;
    } finally {
      // If a write has removed the entry meanwhile, the fetched value is stale.
      if (this.reading.get(key) === reading) this.reading.delete(key);
    }
  }

  private async readRecord(key: string): Promise<string | null> {
    const entry = await this.parts.bucket.get(key);
    return entry === null ? null : this.parts.cipher.decrypt(key, entry.value).toString('utf8');
  }

  private list(filter: string): Promise<Entry[]> {
    return this.parts.bucket.list(filter);
  }

  private async keepSnapshot(entries: readonly Pick<Entry, 'key' | 'value'>[]): Promise<void> {
    const earlier = (await this.list(snapshotKeys(this.session))).map(entry => entry.key);
    for (const [key, value] of makeSnapshot(this.session, entries, new Date())) await this.parts.writer.write(new Map([[key, value]]));
    const outdated = outdatedSnapshots(earlier);
    if (outdated.length > 0) await this.parts.writer.write(new Map(outdated.map(key => [key, null])));
  }

  /**
   * The first step removes the credentials and the whole ring, and a marker exists until the last step, so that no later owner treats the remainder as
   * complete.
   * Ring entries are removed too; the ring's own mark stays unless it is among the keys.
   */
  private async remove(records: readonly string[]): Promise<void> {
    const mark = clearingKey(this.session);
    const credentials = credentialsKey(this.session);
    const ringMark = ringMarkKey(this.session);
    // Without a mark, an entry that is missing in a replica's list would count for a later owner.
    const slots = Array.from({ length: RING_SLOTS }, (_, n) => ringKey(this.session, n));
    const entries = records.includes(ringMark) ? slots : (await this.list(ringKeys(this.session))).map(entry => entry.key);
    const keys = [...records, ...entries];
    const ordered = keys
      .filter(key => key !== mark && key !== ringMark)
      .sort((a, b) => Number(b === credentials) - Number(a === credentials));
    const steps = Math.max(1, Math.ceil(ordered.length / (MAX_STEP_KEYS - 2)));
    for (let step = 0; step < steps; step++) {
      const changes = new Map<string, Write>(
        ordered.slice(step * (MAX_STEP_KEYS - 2), (step + 1) * (MAX_STEP_KEYS - 2)).map(key => [key, null])
      );
      if (step === 0) for (const [key, write] of this.parts.records.voided()) changes.set(key, write);
      if (step === steps - 1 && keys.includes(ringMark)) changes.set(ringMark, null);
      if (step < steps - 1) changes.set(mark, new Uint8Array([1]));
      else if (steps > 1 || keys.includes(mark)) changes.set(mark, null);
      await this.parts.writer.write(changes);
    }
    this.parts.records.reset();
    this.cache.clear();
    this.reading.clear();
  }

  /** The last step writes the credentials; a marker exists until then. */
  private async putBack(records: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const { cipher, writer } = this.parts;
    const naming = namingKey(this.session);
    const credentials = credentialsKey(this.session);
    const ordered = [...records].sort(([a], [b]) => Number(a === credentials) - Number(b === credentials));
    for (let from = 0; from < ordered.length; from += MAX_STEP_KEYS - 1) {
      const changes = new Map<string, Uint8Array | null>(ordered.slice(from, from + MAX_STEP_KEYS - 1));
      const last = from + MAX_STEP_KEYS - 1 >= ordered.length;
      if (!last) changes.set(clearingKey(this.session), new Uint8Array([1]));
      else if (from > 0) changes.set(clearingKey(this.session), null);
      await writer.write(changes);
    }
    const stored = records.get(naming);
    if (stored) this.naming = cipher.decrypt(naming, stored);
    this.names.clear();
    this.namingStored = stored !== undefined;
  }

  /** A naming key serves only the existing records: without any, it can be replaced. */
  private renewNaming(): void {
    this.naming = randomBytes(NAMING_KEY_BYTES);
    this.names.clear();
    this.namingStored = false;
  }

  private readableNaming(): Uint8Array {
    if (this.naming instanceof Uint8Array) return this.naming;
    throw this.naming;
  }

  private nameOf(type: string, id: string): string {
    const naming = this.readableNaming();
    const known = this.names.get(`${type}\n${id}`);
    if (known !== undefined) return known;
    const name = recordName(this.session, naming, type, id);
    // Removes the oldest entry, which a map returns first.
    if (this.names.size >= MAX_NAMES) this.names.delete(this.names.keys().next().value!);
    this.names.set(`${type}\n${id}`, name);
    return name;
  }
}

function* inSteps<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
