import type { Cursor } from '@wabus/contracts';
import { STAGES, tracing } from '@wabus/runtime/tracing';
import { AuthStateUnreadableError, retryWhileUnavailable } from '../auth-state/auth-state.errors.js';
import {
  Inbox,
  INBOX_TYPE,
  InboxPass,
  type InboxContent,
  type InboxDraft,
  type KeptStanza,
  type MessageIdentity,
  type InboxRecovery
} from '../whatsapp/inbox.js';
import { InboxBacklogLimiter } from './inbox-backlog.limiter.js';
import { InboxContentStore } from './inbox-content.store.js';
import { bytesOfKept, keptContentOf, earlier, type InboxRecord, type InboxValue } from './inbox-record.codec.js';
import { InboxRing, type InboxEntry } from './inbox-ring.state.js';
import type { EventClaim, InboxJournalParts } from './inbox-journal.types.js';

/** The key of the mark next to the slots: the number up to which entries are finished, written when no further entry may follow for long. */
const MARK = 'done';
const IDLE_MS = 5_000;
/** Half of the default limit of a NATS server: the bytes of larger contents are stored in separate records. */
const MAX_RECORD_BYTES = 512 * 1024;
/** Number of large contents that are kept after their event is stored, for ciphertexts that arrive again. */
const KEPT_LARGE = 2;

/** The inbox of one session under one lease, in its auth state: each entry is stored together with the ratchet step of its ciphertext. */
export class InboxJournal extends Inbox {
  private ring = new InboxRing();
  private loading: Promise<void> | null = null;
  private current: Pass | null = null;
  /** The position of the oldest entry whose event may or may not be in the log; read before the first recovery. */
  private unsure: Cursor | null = null;
  private recovering = false;
  /** Stanzas that a former owner has published, as far as the slots still have them. */
  private former: KeptStanza[] = [];
  private marked = 0;
  private kept: readonly InboxContent[] = [];
  private idle: NodeJS.Timeout | null = null;
  private readonly backlog = new InboxBacklogLimiter();
  private readonly contents: InboxContentStore;
  /** Number of pieces of large entry contents, by `n`. */
  private readonly pieces = new Map<number, number>();
  private finishedLarge: number[] = [];
  private readonly underWay = new Map<string, Promise<void>>();
  /** Number of entries included in the metrics. */
  private counted = 0;

  constructor(private readonly parts: InboxJournalParts) {
    super();
    this.contents = new InboxContentStore(parts.auth);
  }

  load(ended: AbortSignal): Promise<void> {
    this.loading ??= this.read(ended).catch((error: unknown) => {
      this.loading = null;
      throw error;
    });
    return this.loading;
  }

  takeKept(): readonly InboxContent[] {
    const { kept } = this;
    this.kept = [];
    return kept;
  }

  begin(messageId: string, identify: () => MessageIdentity | null): InboxPass {
    return new Pass({
      messageId,
      identify,
      ring: this.ring,
      contents: this.contents,
      pieces: this.pieces,
      underWay: this.underWay,
      journal: this.parts,
      changed: () => this.count(),
      again: this.recovering,
      entered: pass => (this.current = pass),
      ended: pass => {
        if (this.current === pass) this.current = null;
      }
    });
  }

  room(): Promise<void> | null {
    return this.backlog.room(this.ring.pending);
  }

  /** Whether the current message, and with it its changes, was published before. */
  get isRepeat(): boolean {
    const message = this.current?.identify() ?? null;
    return message !== null && this.parts.published.knows(message);
  }

  /** Claims the entries from which an event with this message id results; `null` if there are none. Succeeds once per pass. */
  claim(messageId: string | null | undefined): EventClaim | null {
    const pass = this.current;
    if (!pass || pass.emitted || pass.messageId !== messageId) return null;
    const { ring } = this;
    const entries = pass.emit();
    const isCopy = entries.length > 0 && entries.every(entry => ring.stateOf(entry) !== 'committed');
    for (const entry of entries) ring.mark(entry, 'emitted');
    return {
      isCopy,
      follow: fate =>
        void fate.then(outcome => {
          if (outcome !== 'lost') this.finish(ring, entries);
        })
    };
  }

  async recover({ identify, handle, connected }: InboxRecovery, ended: AbortSignal): Promise<number> {
    await this.learn(ended);
    // Messages that an earlier connection has decrypted come before all that this one receives.
    await Promise.race([Promise.all(this.underWay.values()), aborted(ended)]);
    // The last ones may have been only in the memory of that owner.
    for (const stanza of this.former.splice(0)) {
      const message = identify(stanza);
      if (message) this.parts.published.isPublished(message);
    }
    let recovered = 0;
    for (const entries of this.ring.left()) {
      if (!connected()) break;
      const stanza = await this.stanzaOf(entries, ended);
      const message = stanza && identify(stanza);
      if (!stanza || (message && this.parts.published.knows(message))) {
        this.finish(this.ring, entries);
        continue;
      }
      recovered++;
      this.recovering = true;
      const emitted = await handle(stanza).finally(() => (this.recovering = false));
      // If the connection is still up, a stanza without an event will never have one.
      if (!emitted && connected()) this.finish(this.ring, entries);
    }
    if (recovered > 0) {
      this.parts.metrics.recovered(recovered);
      this.parts.logger.info({ session: this.parts.lease.session, messages: recovered }, 'recovered messages from the journal');
    }
    const surplus = this.ring.trim();
    if (surplus.length > 0) await this.parts.auth.writeKeys({ [INBOX_TYPE]: Object.fromEntries(surplus.map(({ slot }) => [slot, null])) });
    return recovered;
  }

  forget(): void {
    this.ring = new InboxRing();
    this.count();
    this.parts.memory.forget();
    this.pieces.clear();
    this.finishedLarge = [];
    this.former = [];
    this.kept = [];
    this.loading = null;
    this.unsure = null;
    this.marked = 0;
    this.cancelMark();
    this.backlog.end();
  }

  /** Stores the number up to which entries are finished, so that the next owner need not search the log for it. */
  async mark(): Promise<void> {
    this.cancelMark();
    const { done } = this.ring;
    if (this.parts.lease.lost.aborted) return;
    await Promise.all([this.parts.memory.store(), done > this.marked && this.parts.auth.writeKeys({ [INBOX_TYPE]: { [MARK]: { done } } })]);
    this.marked = Math.max(this.marked, done);
  }

  /** Stores which messages are in the log. Never rejects: what is not stored now is stored with the next ones. */
  async storeMemory(): Promise<void> {
    try {
      if (!this.parts.lease.lost.aborted) await this.parts.memory.store();
    } catch (err) {
      this.parts.logger.debug({ err, session: this.parts.lease.session }, 'failed to record which messages are published');
    }
  }

  /** Called after an event was stored: writes the mark unless another event follows soon. */
  rest(): void {
    if (this.idle || this.ring.pending > 0) return;
    this.idle = setTimeout(() => {
      this.mark().catch((err: unknown) =>
        this.parts.logger.debug({ err, session: this.parts.lease.session }, 'failed to store inbox position')
      );
    }, IDLE_MS).unref();
  }

  /** Ends the journal and removes its entries from the metrics. */
  close(): void {
    this.cancelMark();
    this.backlog.end();
    this.ring = new InboxRing();
    this.count();
  }

  private async read(ended: AbortSignal): Promise<void> {
    const { auth, published } = this.parts;
    const [stored] = await retryWhileUnavailable(
      () => Promise.all([auth.listKeys(INBOX_TYPE), published.locate(), this.parts.memory.load()]),
      ended
    );
    const { [MARK]: mark, ...slots } = stored as Record<string, InboxRecord> & { [MARK]?: { done: number } };
    const entries = Object.entries(slots).sort(([, a], [, b]) => a.n - b.n);
    const done = Math.max(0, mark?.done ?? 0, ...entries.map(([, record]) => record.done));
    // Large ones that wait for their event are read when it is their turn.
    const records = entries.map(([, record]) => record).filter(({ n, pieces = 0 }) => pieces === 0 || n <= done);
    const contents = await retryWhileUnavailable(() => Promise.all(records.map(record => this.readableContentOf(record))), ended);
    this.kept = contents.flatMap((content, i) => (content ? [{ hash: records[i]!.hash, ...content }] : []));
    for (const [slot, { n, group, hash, pieces = 0 }] of entries) {
      this.ring.restore({ slot: Number(slot), n, group, hash }, done);
      if (pieces > 0) this.pieces.set(n, pieces);
    }
    this.finishedLarge = [...this.pieces.keys()].filter(n => n <= done);
    this.unsure = entries.filter(([, { n }]) => n > done).reduce<Cursor | null>((lowest, [, { after }]) => earlier(lowest, after), null);
    this.former = entries.filter(([, { n }]) => n <= done).map(([, { stanza }]) => stanza);
    this.marked = mark?.done ?? 0;
    this.count();
  }

  /** Updates the metrics. Late changes, to a former ring or without the lease, are not counted. */
  private count(): void {
    const pending = this.parts.lease.lost.aborted ? 0 : this.ring.pending;
    this.parts.metrics.pending(pending - this.counted);
    this.counted = pending;
  }

  /** The content of a finished message is useful but not required: a damaged one counts as gone. */
  private readableContentOf(record: InboxRecord): Promise<InboxValue | null> {
    return keptContentOf(record, this.contents).catch((error: unknown) => {
      if (error instanceof AuthStateUnreadableError) return null;
      throw error;
    });
  }

  private async learn(ended: AbortSignal): Promise<void> {
    const { unsure } = this;
    if (unsure === null) return;
    await retryWhileUnavailable(() => this.parts.published.learn(unsure), ended);
    this.unsure = null;
  }

  private async stanzaOf(entries: readonly InboxEntry[], ended: AbortSignal): Promise<KeptStanza | null> {
    const newest = String(entries.at(-1)!.slot);
    const records = await retryWhileUnavailable(() => this.parts.auth.readKeys(INBOX_TYPE, [newest]), ended);
    const record = records[newest] as InboxRecord | undefined;
    const content = record && (await retryWhileUnavailable(() => keptContentOf(record, this.contents), ended));
    return content?.stanza ?? null;
  }

  private finish(ring: InboxRing, entries: readonly InboxEntry[]): void {
    if (ring !== this.ring) return;
    for (const entry of entries) {
      ring.mark(entry, 'finished');
      if (this.pieces.has(entry.n) && !this.finishedLarge.includes(entry.n)) this.finishedLarge.push(entry.n);
    }
    void this.removeLarge();
    this.count();
    this.backlog.finished(ring.pending);
    if (ring.pending > 0) return;
    this.cancelMark();
    this.rest();
  }

  /** Removes the contents of all finished large entries except the newest. Never rejects: what remains expires. */
  private async removeLarge(): Promise<void> {
    while (this.finishedLarge.length > KEPT_LARGE) {
      const n = this.finishedLarge.shift()!;
      const pieces = this.pieces.get(n) ?? 0;
      this.pieces.delete(n);
      await this.contents.remove(n, pieces).catch((err: unknown) => {
        this.parts.logger.debug({ err, session: this.parts.lease.session }, 'failed to remove large journal content');
      });
    }
  }

  private cancelMark(): void {
    if (this.idle) clearTimeout(this.idle);
    this.idle = null;
  }
}

interface PassParts {
  readonly messageId: string;
  readonly identify: () => MessageIdentity | null;
  readonly ring: InboxRing;
  readonly contents: InboxContentStore;
  /** Number of pieces of entry contents, by `n`. */
  readonly pieces: Map<number, number>;
  /** Entries being written, by hash; each promise settles with the write. */
  readonly underWay: Map<string, Promise<void>>;
  readonly journal: InboxJournalParts;
  /** The journal itself replays these ciphertexts. */
  readonly again: boolean;
  /** The set of entries changed. */
  readonly changed: () => void;
  readonly entered: (pass: Pass) => void;
  readonly ended: (pass: Pass) => void;
}

class Pass extends InboxPass {
  emitted = false;
  private readonly entries: InboxEntry[] = [];

  constructor(private readonly parts: PassParts) {
    super();
  }

  get messageId(): string {
    return this.parts.messageId;
  }

  identify(): MessageIdentity | null {
    return this.parts.identify();
  }

  emit(): readonly InboxEntry[] {
    this.emitted = true;
    return this.entries;
  }

  async recall(hash: string): Promise<Uint8Array | null> {
    const { ring, journal, again, underWay } = this.parts;
    // Another connection may have decrypted it, and be waiting for the disk.
    await underWay.get(hash);
    const entry = ring.find(hash);
    if (!entry) return null;
    const { [entry.slot]: record } = (await journal.auth.readKeys(INBOX_TYPE, [String(entry.slot)])) as Record<string, InboxRecord>;
    const content = record?.hash === hash ? await keptContentOf(record, this.parts.contents) : null;
    if (content === null) {
      ring.forget(entry);
      this.parts.changed();
      return null;
    }
    this.entries.push(entry);
    if (!again) journal.metrics.redelivered();
    return content.plaintext;
  }

  async draft({ hash, plaintext, stanza }: InboxContent): Promise<InboxDraft> {
    const { ring, journal, pieces: known } = this.parts;
    const reservation = ring.reserve();
    const group = this.entries[0]?.group ?? reservation.n;
    const { n, slot } = reservation;
    const after = journal.published.position();
    const settle = this.begun(hash);
    const { session } = journal.lease;
    const span = tracing.isOn ? tracing.begin(STAGES.commit(session), tracing.originOf(session, this.messageId)) : null;
    const dropped = (): void => {
      span?.end({ error: 'dropped' });
      ring.cancel(reservation);
      settle();
    };
    try {
      const { value: content, pieces } = await this.lightened(n, { plaintext, stanza });
      // Computed without the entry itself, which is reserved.
      const value: InboxRecord = { n, group, hash, ...content, ...(pieces > 0 ? { pieces } : {}), after, done: ring.done };
      return {
        record: { id: String(slot), value },
        stored: () => {
          span?.end();
          if (pieces > 0) known.set(n, pieces);
          this.entries.push(ring.commit(reservation, hash, group));
          this.parts.changed();
          settle();
        },
        dropped
      };
    } catch (error) {
      dropped();
      throw error;
    }
  }

  /** Registers that an entry is being written. Returns a function that ends this. */
  private begun(hash: string): () => void {
    const { underWay } = this.parts;
    let settle = (): void => undefined;
    const settled = new Promise<void>(resolve => (settle = resolve));
    underWay.set(hash, settled);
    return () => {
      if (underWay.get(hash) === settled) underWay.delete(hash);
      settle();
    };
  }

  /** Returns the content in a form that fits one record. */
  private async lightened(n: number, content: InboxValue): Promise<{ value: InboxValue; pieces: number }> {
    const bytes = ((content.plaintext.length + bytesOfKept(content.stanza)) * 4) / 3;
    if (bytes <= MAX_RECORD_BYTES) return { value: content, pieces: 0 };
    const { value, pieces } = await this.parts.contents.put(n, content);
    return { value: value as InboxValue, pieces };
  }

  enter(): void {
    this.parts.entered(this);
  }

  end(): void {
    this.parts.ended(this);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
}
