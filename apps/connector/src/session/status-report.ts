import { isDeepStrictEqual } from 'node:util';
import type { LastDisconnect, LinkedAccount, SessionStatus, SessionStatusRecord } from '@wabus/contracts';
import type { Logger } from 'pino';
import type { SessionLease } from '../ownership/session-lease.js';
import type { SessionEvents } from './session-events.js';
import type { SessionStatusStore } from './session-status.store.js';
import { isHalted, nextState, type SessionSignal } from './session.state.js';

/** What can be said of a session beside its state. */
export interface StatusFacts {
  account?: LinkedAccount | null;
  lastDisconnect?: LastDisconnect | null;
  qr?: SessionStatusRecord['qr'];
  pairingCode?: SessionStatusRecord['pairingCode'];
}

interface ReportParts {
  readonly lease: SessionLease;
  readonly connector: string;
  readonly store: SessionStatusStore;
  readonly events: SessionEvents;
  readonly logger: Logger;
}

/** The observed status of one session: keeps it, writes it down and publishes `session.status` when the public part of it changed. */
export class StatusReport {
  private record: SessionStatusRecord;

  private constructor(
    private readonly parts: ReportParts,
    previous: SessionStatusRecord | null
  ) {
    this.record = {
      session: parts.lease.session,
      state: 'stopped',
      connector: parts.connector,
      epoch: parts.lease.epoch,
      account: previous?.account ?? null,
      lastDisconnect: previous?.lastDisconnect ?? null,
      updatedAt: new Date().toISOString(),
      qr: null,
      pairingCode: null
    };
  }

  /** Begins with what the previous owner knew of the account and the last disconnection. */
  static async open(parts: ReportParts): Promise<StatusReport> {
    return new StatusReport(parts, await parts.store.read(parts.lease));
  }

  get current(): Readonly<SessionStatusRecord> {
    return this.record;
  }

  /**
   * Applies a signal, with new facts. Returns `false`, and changes nothing, when the signal means nothing in the present state.
   * A QR or pairing code is gone with the first signal that does not bring it.
   */
  signal(signal: SessionSignal, facts: StatusFacts = {}): boolean {
    const state = nextState(this.record.state, signal);
    if (state === null) return false;
    this.replace({ ...this.record, qr: null, pairingCode: state === 'pairing' ? this.record.pairingCode : null, ...facts, state });
    return true;
  }

  /** New facts in the same state. */
  note(facts: StatusFacts): void {
    this.replace({ ...this.record, ...facts });
  }

  /** Says that nobody owns the session for now, and settles when it is stored: whoever looks between two owners must not read that it is open. */
  async disown(): Promise<void> {
    if (!this.parts.lease.isValid()) return;
    const state = isHalted(this.record.state) ? this.record.state : 'starting';
    this.replace({ ...this.record, state, connector: null, qr: null, pairingCode: null });
    await this.store().catch((err: unknown) =>
      this.parts.logger.warn({ err, session: this.parts.lease.session }, 'status could not be stored')
    );
  }

  /** Writes the status once more and settles when it is stored. */
  async store(): Promise<void> {
    await this.parts.store.write(this.parts.lease, this.record);
  }

  private replace(record: SessionStatusRecord): void {
    const before = this.record;
    this.record = { ...record, updatedAt: new Date().toISOString() };
    const { lease, store, events, logger } = this.parts;
    if (!lease.isValid()) return;
    store.write(lease, this.record).catch((err: unknown) => logger.warn({ err, session: lease.session }, 'status could not be stored'));
    if (isDeepStrictEqual(newsOf(before), newsOf(record))) return;
    events.emit(lease, 'session.status', publicPart(this.record));
    logger.info({ session: lease.session, state: record.state, reason: record.lastDisconnect?.reason }, 'session state changed');
  }
}

/** The status without the codes that link an account. */
function publicPart({ qr: _qr, pairingCode: _pairingCode, ...status }: SessionStatusRecord): SessionStatus {
  return status;
}

/** What a subscriber of `session.status` wants to hear of. */
function newsOf({ state, account, lastDisconnect }: SessionStatusRecord) {
  return { state, account, lastDisconnect };
}
