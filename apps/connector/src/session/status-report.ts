import { isDeepStrictEqual } from 'node:util';
import {
  NOTHING_OBSERVED,
  statusForControl,
  statusForReading,
  type LastDisconnect,
  type LinkedAccount,
  type SessionCounters,
  type SessionRecord,
  type SessionStatusRecord
} from '@wabus/contracts';
import type { Logger } from 'pino';
import type { SessionLease } from '../ownership/session-lease.js';
import type { SessionEvents } from './session-events.js';
import type { SessionStatusStore } from '../session-status/session-status.store.js';
import { forbidsAttempt } from './reconnect.policy.js';
import { isHalted, nextState, type SessionSignal } from './session.state.js';

/** The facts of a session besides its state. */
export interface StatusFacts {
  account?: LinkedAccount | null;
  lastDisconnect?: LastDisconnect | null;
  failures?: number;
  reconnectLoopSince?: string | null;
  snapshots?: readonly string[];
  restriction?: SessionStatusRecord['restriction'];
  newChats?: SessionStatusRecord['newChats'];
  clientVersion?: string;
  clientExpiresAt?: string | null;
  resendsHeldBackAt?: string;
  qr?: SessionStatusRecord['qr'];
  pairingCode?: SessionStatusRecord['pairingCode'];
  passkey?: SessionStatusRecord['passkey'];
  appeal?: SessionStatusRecord['appeal'];
  passkeyLinks?: SessionStatusRecord['passkeyLinks'];
  recordAt?: string;
}

/** Resolution of the time of the last held-back resend, in ms. */
const HELD_BACK_MS = 60_000;

interface ReportParts {
  readonly lease: SessionLease;
  readonly connector: string;
  readonly store: SessionStatusStore;
  readonly events: SessionEvents;
  readonly logger: Logger;
  /** Minimum interval between writes of the status if only counters have changed. */
  readonly intervalMs: number;
}

/**
 * The observed status of one session: keeps it, stores it and publishes `session.status` when its public part changed.
 * Counters and the time of the last frame are stored together with that; on their own, they are written at most once per `intervalMs`.
 */
export class StatusReport {
  private record: SessionStatusRecord;
  private readonly counters: SessionCounters;
  private readonly publishedBefore: number;
  private heldBackAt = -Infinity;
  private receivedAt: number | null = null;
  private messageAt: number | null = null;
  private writing: NodeJS.Timeout | null = null;

  private constructor(
    private readonly parts: ReportParts,
    private readonly previous: SessionStatusRecord | null
  ) {
    const {
      account,
      lastDisconnect,
      lastInboundAt,
      lastMessageAt,
      resendsHeldBackAt,
      clientVersion,
      clientExpiresAt,
      snapshots,
      counters,
      recordAt,
      appeal,
      restriction,
      newChats
    } = {
      recordAt: null,
      appeal: null,
      ...NOTHING_OBSERVED,
      ...previous
    };
    this.counters = { ...counters };
    this.publishedBefore = counters.eventsPublished;
    this.record = {
      ...NOTHING_OBSERVED,
      session: parts.lease.session,
      state: 'stopped',
      connector: parts.connector,
      epoch: parts.lease.epoch,
      account,
      lastDisconnect,
      lastInboundAt,
      clientVersion,
      clientExpiresAt,
      lastMessageAt,
      resendsHeldBackAt,
      counters,
      snapshots,
      restriction,
      newChats,
      appeal,
      updatedAt: new Date().toISOString(),
      qr: null,
      pairingCode: null,
      recordAt
    };
  }

  /** Starts from the status of the previous owner. */
  static async open(parts: ReportParts): Promise<StatusReport> {
    return new StatusReport(parts, await parts.store.read(parts.lease));
  }

  get current(): Readonly<SessionStatusRecord> {
    return this.record;
  }

  /** Returns whether the previous owner left the session logged out and the operator has not changed the record since. */
  leftLoggedOut(record: SessionRecord): boolean {
    return this.inherited(record)?.state === 'logged-out';
  }

  /** Returns the refusal that the previous owner was waiting out, unless the operator has changed the record since or the wait is over. */
  leftRefused(record: SessionRecord): LastDisconnect | null {
    const { state, lastDisconnect } = this.inherited(record) ?? {};
    if (!lastDisconnect || !forbidsAttempt(lastDisconnect.reason)) return null;
    const isDue = lastDisconnect.nextAttemptAt === null || Date.parse(lastDisconnect.nextAttemptAt) <= Date.now();
    return state === 'failed' || !isDue ? lastDisconnect : null;
  }

  /** Returns what the previous owner observed, unless the operator has changed the record since. */
  private inherited(record: SessionRecord): SessionStatusRecord | null {
    return this.previous?.recordAt === record.updatedAt ? this.previous : null;
  }

  /**
   * Applies a signal, with new facts. Returns `false`, without changes, if the signal has no effect in the current state.
   * A QR code or pairing code is removed by the first signal that does not set it.
   */
  signal(signal: SessionSignal, facts: StatusFacts = {}): boolean {
    const state = nextState(this.record.state, signal);
    if (state === null) return false;
    this.replace({ ...this.record, qr: null, pairingCode: state === 'pairing' ? this.record.pairingCode : null, ...facts, state });
    return true;
  }

  /** Records new facts in the same state. */
  note(facts: StatusFacts): void {
    this.replace({ ...this.record, ...facts });
  }

  /** Records that a frame arrived from WhatsApp. */
  received(): void {
    this.receivedAt = Date.now();
    this.writeLater();
  }

  count(counter: Exclude<keyof SessionCounters, 'eventsPublished'>, by = 1): void {
    this.counters[counter] += by;
    if (counter === 'messagesIn') this.messageAt = Date.now();
    this.writeLater();
  }

  /** Records that devices request more resends than are allowed. */
  heldBack(): void {
    const { resendsHeldBackAt } = this.record;
    const now = performance.now();
    if (resendsHeldBackAt && now - this.heldBackAt < HELD_BACK_MS) return;
    this.heldBackAt = now;
    this.note({ resendsHeldBackAt: new Date().toISOString() });
  }

  /** Reports that the session has no owner for now, and resolves when this is stored: between two owners, no reader may see the session as open. */
  async disown(): Promise<void> {
    this.stopCounting();
    if (!this.parts.lease.isValid()) return;
    const state = isHalted(this.record.state) ? this.record.state : 'starting';
    this.replace({ ...this.record, state, connector: null, qr: null, pairingCode: null, passkey: null, passkeyLinks: null });
    await this.store().catch((err: unknown) =>
      this.parts.logger.warn({ err, session: this.parts.lease.session }, 'failed to store status')
    );
  }

  /** Writes the status again and resolves when it is stored. */
  async store(): Promise<void> {
    this.record = this.counted(this.record);
    await this.parts.store.write(this.parts.lease, this.record);
  }

  /** Stops writes that are caused only by counters. */
  stopCounting(): void {
    if (this.writing) clearTimeout(this.writing);
    this.writing = null;
  }

  private writeLater(): void {
    this.writing ??= setTimeout(() => {
      this.writing = null;
      this.replace(this.record);
    }, this.parts.intervalMs).unref();
  }

  private replace(record: SessionStatusRecord): void {
    const before = this.record;
    this.record = this.counted(record);
    const { lease, store, events, logger } = this.parts;
    if (!lease.isValid()) return;
    store.write(lease, this.record).catch((err: unknown) => logger.warn({ err, session: lease.session }, 'failed to store status'));
    if (isDeepStrictEqual(newsOf(before), newsOf(record))) return;
    events.emit(lease, 'session.status', statusForReading(statusForControl(this.record)));
    logger.info({ session: lease.session, state: record.state, reason: record.lastDisconnect?.reason }, 'session state changed');
  }

  private counted(record: SessionStatusRecord): SessionStatusRecord {
    const { events, lease } = this.parts;
    this.counters.eventsPublished = this.publishedBefore + events.published(lease);
    const lastInboundAt = this.receivedAt === null ? record.lastInboundAt : new Date(this.receivedAt).toISOString();
    const lastMessageAt = this.messageAt === null ? record.lastMessageAt : new Date(this.messageAt).toISOString();
    return { ...record, lastInboundAt, lastMessageAt, counters: { ...this.counters }, updatedAt: new Date().toISOString() };
  }
}

/** Returns the facts that are relevant to subscribers of `session.status`. */
function newsOf({
  state,
  account,
  lastDisconnect,
  reconnectLoopSince,
  clientExpiresAt,
  snapshots,
  restriction,
  newChats,
  passkey
}: SessionStatusRecord) {
  return {
    ...{ state, account, lastDisconnect, reconnectLoopSince, clientExpiresAt, snapshots, restriction },
    // A single new chat does not change the published status.
    newChats: newChats?.state ?? 'NONE',
    passkey: passkey?.stage ?? null
  };
}
