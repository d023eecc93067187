import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import {
  WabusError,
  type LinkedAccount,
  type PairingCodeIssued,
  type RestoredSession,
  type SessionRecord,
  type SessionState
} from '@wabus/contracts';
import type { Logger } from 'pino';
import type { AuthState, ExpiringRecords } from '../auth-state/auth-state.store.js';
import { LeaseLostError } from '../ownership/lease-lost.error.js';
import type { SessionLease } from '../ownership/session-lease.js';
import { DISCONNECT_REASONS, type SocketClosed } from '../whatsapp/disconnect-reason.table.js';
import type { Inbox } from '../whatsapp/inbox.js';
import type { SocketListener, WhatsAppEngine, WhatsAppSocket } from '../whatsapp/whatsapp-engine.js';
import { afterEnd, isReconnectLoop, reconnectDelayMs, type AfterEnd } from './reconnect.policy.js';
import { publishLeft } from './left-messages.js';
import type { CommandTarget, ServedCommands, SessionCommands } from './session-commands.js';
import type { SessionEvents } from './session-events.js';
import type { SessionSettings } from './session.settings.js';
import { isHalted } from './session.state.js';
import type { StatusFacts, StatusReport } from './status-report.js';
import { unlink } from './unlink.js';

const COMMANDS_LIMIT_MS = 2_000;
/** Where no socket is being opened. */
const RESTORABLE: ReadonlySet<SessionState> = new Set(['logged-out', 'failed', 'pairing', 'waiting']);

/** What a session is made of. */
export interface SessionParts {
  readonly lease: SessionLease;
  readonly auth: AuthState;
  /** `null` when messages are not kept until they are published. */
  readonly inbox: Inbox | null;
  readonly engine: WhatsAppEngine;
  readonly events: SessionEvents;
  readonly commands: SessionCommands;
  readonly status: StatusReport;
  readonly settings: SessionSettings;
  readonly logger: Logger;
}

/** A stretch of time in which the session is wanted to run, with one socket after the other. */
interface Run {
  /** Aborted when the session is to stop: nothing of the run may act any more. */
  readonly over: AbortController;
  readonly commands: Promise<ServedCommands>;
  socket: WhatsAppSocket | null;
  failures: number;
  qrRounds: number;
  qrCodes: number;
  /** A phone has just linked it: WhatsApp ends the connection next, which is no failure. */
  linking: boolean;
  timer?: NodeJS.Timeout;
}

/** The life of one session under one lease. Calls of `reconcile` must not overlap. */
export class Session implements CommandTarget {
  readonly lease: SessionLease;
  readonly records: ExpiringRecords;
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private run: Run | null = null;
  private seen: SessionRecord | null = null;
  private reading = true;
  private releasing: Promise<void> | null = null;
  private restoring = false;

  constructor(private readonly parts: SessionParts) {
    this.lease = parts.lease;
    this.records = parts.auth;
  }

  /** Makes the session what the record wants; see `SessionRunner.reconcile`. */
  async reconcile(record: SessionRecord): Promise<void> {
    if (this.releasing) return;
    const before = this.seen;
    this.seen = record;
    switch (record.desired) {
      case 'running':
        if (this.run && record.generation === before?.generation && !(this.halted && record.updatedAt !== before.updatedAt)) return;
        await this.stopRun();
        this.parts.status.note({ recordAt: record.updatedAt });
        return this.startRun(before === null && this.parts.status.leftLoggedOut(record) ? 'wait-for-operator' : 'connect');
      case 'stopped':
        await this.stopRun();
        this.parts.status.note({ recordAt: record.updatedAt });
        this.signal('stop');
        return this.parts.status.store();
      case 'logged-out':
      case 'deleted':
        return this.forgetAccount(record.desired);
    }
  }

  /**
   * Closes the socket and settles when nothing of the session runs any more. Under a lease that still holds, the status says so too; otherwise nothing is written.
   * Can be called at any time, and again.
   */
  release(): Promise<void> {
    this.releasing ??= this.letGo();
    return this.releasing;
  }

  private async letGo(): Promise<void> {
    await this.stopRun();
    await this.parts.status.disown();
    await this.parts.events.settled(this.lease);
  }

  /** Serves no further command; settles when those under way are answered, or after a limit. */
  async refuseCommands(): Promise<void> {
    const stopped = this.run?.commands.then(commands => commands.stop()).catch(() => undefined);
    await Promise.race([stopped, limit(COMMANDS_LIMIT_MS)]);
  }

  /** Stops or resumes reading from the network. */
  setReading(reading: boolean): void {
    this.reading = reading;
    this.run?.socket?.setReading(reading);
  }

  connected(): WhatsAppSocket {
    const { state, account } = this.parts.status.current;
    const socket = this.run?.socket;
    if (state === 'open' && socket && this.lease.isValid()) return socket;
    throw new WabusError(account ? 'NOT_CONNECTED' : 'NOT_PAIRED');
  }

  async requestPairingCode(request: { phoneNumber: string; customCode?: string; signal: AbortSignal }): Promise<PairingCodeIssued> {
    const socket = await this.pairingSocket(request.signal);
    const code = await socket.requestPairingCode(request.phoneNumber.replace(/\D/g, ''), request.customCode);
    const issuedAt = new Date().toISOString();
    this.parts.status.note({ pairingCode: { code, issuedAt } });
    this.parts.events.emit(this.lease, 'auth.pairing-code', { code, at: issuedAt });
    return { code, at: issuedAt };
  }

  async restore(): Promise<RestoredSession> {
    const { run } = this;
    const { account, state } = this.parts.status.current;
    if (account) throw new WabusError('ALREADY_PAIRED');
    if (!run) throw new WabusError('NOT_CONNECTED', { message: 'The session does not run. Start it first.' });
    if (this.restoring || !RESTORABLE.has(state))
      throw new WabusError('NOT_CONNECTED', {
        message: 'The session is connecting at the moment. Try again when it shows a QR code or is logged out.'
      });
    this.restoring = true;
    let snapshotAt: string | null = null;
    try {
      clearTimeout(run.timer);
      const { socket } = run;
      run.socket = null;
      await socket?.close();
      await publishLeft(this.parts);
      snapshotAt = await this.parts.auth.restore();
      this.parts.inbox?.forget();
    } finally {
      this.restoring = false;
      // Without a snapshot it goes on as before: halted, or with another QR code.
      if (!run.over.signal.aborted && (snapshotAt !== null || !isHalted(state))) await this.beginAnew(run);
    }
    if (snapshotAt === null) throw new WabusError('NOT_FOUND', { message: 'There is no snapshot of credentials of this session.' });
    return { snapshotAt };
  }

  private async beginAnew(run: Run): Promise<void> {
    Object.assign(run, { failures: 0, qrRounds: 0, qrCodes: 0 });
    this.signal('start');
    await this.connect(run);
  }

  private async pairingSocket(signal: AbortSignal): Promise<WhatsAppSocket> {
    for (;;) {
      const { state, account } = this.parts.status.current;
      if (account) throw new WabusError('ALREADY_PAIRED');
      if (!this.run || this.halted)
        throw new WabusError('NOT_CONNECTED', { message: 'The session does not try to connect. Start it first.' });
      if (state === 'pairing' && this.run.socket) return this.run.socket;
      try {
        await once(this.changes, 'change', { signal });
      } catch {
        throw new WabusError('TIMEOUT', { message: 'WhatsApp did not offer to link in time. No code was asked for.' });
      }
    }
  }

  private get halted(): boolean {
    return isHalted(this.parts.status.current.state);
  }

  private async startRun(how: 'connect' | 'wait-for-operator'): Promise<void> {
    if (this.releasing) return;
    const run: Run = {
      over: new AbortController(),
      commands: this.parts.commands.serve(this),
      socket: null,
      failures: 0,
      qrRounds: 0,
      qrCodes: 0,
      linking: false
    };
    this.run = run;
    run.commands.catch((err: unknown) =>
      this.parts.logger.error({ err, session: this.lease.session }, 'commands of a session cannot be served')
    );
    // A logout is not tried again by the next owner, and a QR code comes on request only.
    if (how === 'wait-for-operator') return this.signal('unlink');
    this.signal('start');
    await this.connect(run);
  }

  private async stopRun(): Promise<void> {
    const run = this.run;
    if (!run) return;
    this.run = null;
    run.over.abort();
    clearTimeout(run.timer);
    this.changes.emit('change');
    const commandsAnswered = Promise.race([
      run.commands.then(commands => commands.stop()).catch(() => undefined),
      limit(COMMANDS_LIMIT_MS)
    ]);
    // A command under way may finish, but never without a lease.
    if (this.lease.isValid()) await commandsAnswered;
    await Promise.all([run.socket?.close(), commandsAnswered]);
  }

  private async connect(run: Run): Promise<void> {
    if (run.over.signal.aborted || !this.lease.isValid()) return;
    this.signal('connect');
    const { session } = this.lease;
    const { auth, inbox } = this.parts;
    try {
      const socket = await this.parts.engine.open({ session, auth, inbox, listener: this.listenerOf(run), settings: this.seen?.settings });
      if (run.over.signal.aborted) return await socket.close();
      run.socket = socket;
      if (!this.reading) socket.setReading(false);
      this.parts.status.note({ account: socket.account });
    } catch (err) {
      if (run.over.signal.aborted) return;
      this.parts.logger.error({ err, session }, 'socket could not be opened');
      this.ended(run, { reason: 'credentials-unreadable', code: null });
    }
  }

  private listenerOf(run: Run): SocketListener {
    const whileRunning =
      <Args extends unknown[]>(handle: (...args: Args) => void) =>
      (...args: Args): void => {
        if (!run.over.signal.aborted) handle(...args);
      };
    return {
      // The compiler does not see that a payload of Baileys' map is one of the larger map.
      event: (name, payload) => this.parts.events.emit(this.lease, name, payload as never),
      progress: told => this.parts.events.emit(this.lease, 'message.progress', told),
      heard: () => this.parts.status.heard(),
      counted: (what, messages) => this.parts.status.count(what, messages),
      qr: whileRunning((text: string, ttlMs: number) => this.offered(run, text, ttlMs)),
      linked: whileRunning(() => {
        run.linking = true;
        this.parts.status.note({ qr: null, pairingCode: null });
      }),
      opened: whileRunning((account: LinkedAccount) => this.opened(run, account)),
      closed: whileRunning((why: SocketClosed) => this.ended(run, why))
    };
  }

  private offered(run: Run, text: string, ttlMs: number): void {
    const now = Date.now();
    const attempt = ++run.qrCodes;
    const issuedAt = new Date(now).toISOString();
    this.signal('offer', { qr: { text, attempt, issuedAt, expiresAt: new Date(now + ttlMs).toISOString() } });
    this.parts.events.emit(this.lease, 'auth.qr', { qr: text, ttlMs, attempt, at: issuedAt });
  }

  private opened(run: Run, account: LinkedAccount): void {
    Object.assign(run, { qrRounds: 0, qrCodes: 0 });
    clearTimeout(run.timer);
    run.timer = setTimeout(() => this.stable(run), this.parts.settings.stableOpenMs).unref();
    this.parts.status.count('opens');
    this.signal('open', { account });
  }

  private stable(run: Run): void {
    run.failures = 0;
    this.parts.status.note({ failures: 0, reconnectLoopSince: null });
  }

  private ended(run: Run, why: SocketClosed): void {
    run.socket = null;
    clearTimeout(run.timer);
    if (why.reason === 'qr-expired') run.qrRounds += 1;
    else if (!run.linking) run.failures += 1;
    run.linking = false;
    const decision = afterEnd({
      reason: why.reason,
      failures: run.failures,
      qrRounds: run.qrRounds,
      maxQrRounds: this.parts.settings.maxQrRounds
    });
    if (decision.next === 'halt') void this.halt(run, why, decision);
    else {
      this.comeBack(run, why, reconnectDelayMs(decision.pace, run.failures, this.parts.settings.reconnect, Math.random()));
      if (decision.pace === 'contended') void this.confirmOwner();
    }
  }

  /** The other one that uses the credentials may be the next owner, of which this process has not heard yet. */
  private async confirmOwner(): Promise<void> {
    const { auth, logger } = this.parts;
    const { session } = this.lease;
    try {
      await auth.confirmOwner();
    } catch (err) {
      // Without an answer the lease decides, and the wait is long enough for that.
      if (!(err instanceof LeaseLostError)) return logger.warn({ err, session }, 'the owner of a session could not be confirmed');
      logger.warn({ session }, 'another connector owns the session and its connection replaced ours, yielding');
      await this.release();
    }
  }

  private comeBack(run: Run, why: SocketClosed, delayMs: number): void {
    const { status } = this.parts;
    status.count('reconnects');
    const { reconnectLoopSince } = status.current;
    const looping = isReconnectLoop(run.failures);
    if (looping && reconnectLoopSince === null) status.count('reconnectLoops');
    this.signal(delayMs === 0 ? 'connect' : 'wait', {
      lastDisconnect: this.disconnection(why, delayMs),
      failures: run.failures,
      reconnectLoopSince: looping ? (reconnectLoopSince ?? new Date().toISOString()) : null
    });
    run.timer = setTimeout(() => void this.connect(run), delayMs);
  }

  private async halt(run: Run, why: SocketClosed, decision: Extract<AfterEnd, { next: 'halt' }>): Promise<void> {
    const facts: StatusFacts = { lastDisconnect: this.disconnection(why, null), failures: run.failures, reconnectLoopSince: null };
    try {
      if (decision.forgetCredentials) facts.snapshots = await this.clearCredentials('keep-snapshots');
    } catch (err) {
      this.parts.logger.error({ err, session: this.lease.session }, 'credentials of an unlinked session could not be cleared');
    }
    if (run.over.signal.aborted) return;
    this.signal(decision.signal, decision.forgetCredentials ? { ...facts, account: null } : facts);
  }

  private disconnection({ reason, code }: SocketClosed, delayMs: number | null) {
    const now = Date.now();
    return {
      code,
      reason,
      message: DISCONNECT_REASONS[reason].meaning,
      at: new Date(now).toISOString(),
      willReconnect: delayMs !== null,
      nextAttemptAt: delayMs === null ? null : new Date(now + delayMs).toISOString()
    };
  }

  private async forgetAccount(desired: 'logged-out' | 'deleted'): Promise<void> {
    const { auth, engine, settings, logger, status } = this.parts;
    const open = status.current.state === 'open' ? this.run?.socket : null;
    if (open) {
      // The end of this connection is ours, not one to come back from.
      this.run?.over.abort();
      await open.logout(settings.unlinkLimitMs);
    }
    await this.stopRun();
    if (!open) await unlink({ lease: this.lease, auth, engine, limitMs: settings.unlinkLimitMs, logger });
    const snapshots = await this.clearCredentials(desired === 'deleted' ? 'with-snapshots' : 'keep-snapshots');
    this.signal('unlink', { account: null, snapshots, recordAt: this.seen?.updatedAt });
    // What is deleted must not be written again.
    if (desired === 'deleted') status.stopCounting();
    await status.store();
  }

  private async clearCredentials(how: 'keep-snapshots' | 'with-snapshots'): Promise<string[]> {
    const { auth, inbox } = this.parts;
    await publishLeft(this.parts);
    if (how === 'keep-snapshots') await auth.clear();
    else await auth.erase();
    inbox?.forget();
    return how === 'keep-snapshots' ? auth.snapshots() : [];
  }

  private signal(...args: Parameters<StatusReport['signal']>): void {
    this.parts.status.signal(...args);
    this.changes.emit('change');
  }
}

function limit(ms: number): Promise<void> {
  return delay(ms, undefined, { ref: false });
}
