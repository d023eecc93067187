import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventLog } from '@wabus/broker';
import { WabusError, decodeCursor, encodeCursor, type Cursor, type CursorPosition } from '@wabus/contracts';
import { LeaseLostError, type SessionLease } from '../ownership/session-lease.js';
import { BoundedCache } from '../whatsapp/bounded.cache.js';
import type { MessageIdentity } from '../whatsapp/inbox.js';
import { KnownIdentities } from '../whatsapp/known-identities.js';
import { messageEventId } from './event.encoder.js';
import type { EventClaim, EventFate, PublishedEvents } from './inbox-journal.types.js';
import type { InboxJournal } from './inbox.journal.js';
import type { RememberedMessages } from './remembered-messages.js';

/** Maximum number of a session's messages tracked while their events are on the way to the log; those in the log are remembered with the auth state. */
const REMEMBERED_MESSAGES = 5_000;
const LEASE_POLL_MS = 50;

/** An event on its way to the log. */
export interface Waiting {
  /** Monotonic time in ms. */
  readonly since: number;
  /** Never rejects. */
  readonly done: Promise<void>;
}

/** The publications under one lease. */
export class SessionPublications implements PublishedEvents {
  /** Number of events that the log did not have before. */
  published = 0;
  inbox: InboxJournal | null = null;
  /** `null` if the session has no inbox. */
  memory: RememberedMessages | null = null;
  readonly identities = new KnownIdentities();
  readonly waiting = new Set<Waiting>();
  private numbers = 0;
  private readonly fates = new BoundedCache<string, Promise<EventFate>>({ max: REMEMBERED_MESSAGES });
  private held = 0;
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly lease: SessionLease,
    private readonly log: EventLog,
    private readonly end: KnownLogEnd
  ) {
    // Every event on its way listens to this signal.
    setMaxListeners(0, lease.lost);
  }

  nextNumber(): number {
    return ++this.numbers;
  }

  /** Returns the outcome of a message's event that is in the log or on its way there; `null` if it must be published. */
  fateOf(id: string, claim: EventClaim | null): Promise<EventFate> | null {
    // Without an earlier event, only the entries show that it was emitted.
    return this.fates.get(id) ?? this.rememberedFate(id) ?? (claim?.isCopy ? Promise.resolve('lost') : null);
  }

  /** Like `fateOf`, for an id that the message has with its other addressing. */
  fateOfCopy(id: string | null): Promise<EventFate> | null {
    return id === null ? null : (this.fates.get(id) ?? this.rememberedFate(id));
  }

  remember(id: string, fate: Promise<EventFate>): Promise<EventFate> {
    this.fates.set(id, fate);
    void fate.then(outcome => outcome === 'stored' && this.isStored(id));
    return fate;
  }

  /** Whether the lease holds and no earlier event waits for it. */
  get mayPublish(): boolean {
    return this.held === 0 && this.lease.isValid();
  }

  /**
   * Runs `send` in call order when `prepare` has settled and the lease holds; the lease may lapse while a renewal is late.
   * Rejects as `prepare` does, and with `LeaseLostError` if the lease is lost.
   */
  inTurn<Prepared, T>(prepare: () => Promise<Prepared>, send: (prepared: Prepared) => Promise<T>): Promise<T> {
    this.held++;
    const ready = this.turn.then(async () => {
      const prepared = await prepare();
      await this.leaseHolds();
      return prepared;
    });
    this.turn = ready.then(
      () => undefined,
      () => undefined
    );
    return ready.then(
      prepared => {
        this.held--;
        return send(prepared);
      },
      (error: unknown) => {
        this.held--;
        throw error;
      }
    );
  }

  position(): Cursor | null {
    return this.end.cursor;
  }

  locate(): Promise<void> {
    return this.end.locate();
  }

  async learn(after: Cursor): Promise<void> {
    try {
      for await (const { facts } of this.log.read(after, { sessions: [this.lease.session], events: ['messages.upsert'] }))
        void this.remember(facts.id, Promise.resolve('stored'));
    } catch (error) {
      // The position belongs to a log that no longer exists.
      if (!(error instanceof WabusError) || error.code !== 'INVALID_REQUEST') throw error;
    }
  }

  knows(key: MessageIdentity): boolean {
    const id = this.eventIdOf(key);
    return id !== undefined && (this.fates.has(id) || this.memory?.has(id) === true);
  }

  isPublished(key: MessageIdentity): void {
    const id = this.eventIdOf(key);
    if (id !== undefined) this.isStored(id);
  }

  private eventIdOf({ known, ...key }: MessageIdentity): string | undefined {
    return messageEventId(this.lease.session, { key, ...known });
  }

  private isStored(id: string): void {
    if (this.memory?.add(id)) void this.inbox?.storeMemory();
    else this.inbox?.rest();
  }

  private rememberedFate(id: string): Promise<EventFate> | null {
    return this.memory?.has(id) ? Promise.resolve('stored') : null;
  }

  private async leaseHolds(): Promise<void> {
    while (!this.lease.isValid()) {
      if (this.lease.lost.aborted) throw new LeaseLostError(this.lease.session);
      await delay(LEASE_POLL_MS, undefined, { signal: this.lease.lost }).catch(() => undefined);
    }
  }
}

/** The end of the log as far as this process can tell: whatever is published from now on comes after it. */
export class KnownLogEnd {
  private position: CursorPosition | null = null;

  constructor(private readonly log: EventLog) {}

  get cursor(): Cursor | null {
    return this.position && encodeCursor(this.position);
  }

  /** Reads the end of the log. */
  async locate(): Promise<void> {
    const end = decodeCursor(await this.log.end());
    if (end && (this.position?.stream !== end.stream || this.position.sequence < end.sequence)) this.position = end;
  }

  /** Records that the log has acknowledged an event. */
  note(sequence: number): void {
    if (this.position && this.position.sequence < sequence) this.position = { ...this.position, sequence };
  }
}
