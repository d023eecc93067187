import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  WabusError,
  type PairingCodeIssued,
  type ProxyAddress,
  type RestoredSession,
  type SessionRecord,
  type SessionState
} from '@wabus/contracts';
import type { AdoptedDevice, ExpiringRecords } from '../auth-state/auth-state.types.js';
import type { SessionLease } from '../ownership/session-lease.js';
import type { WhatsAppSocket } from '../whatsapp/whatsapp-engine.js';
import { adoptDevice, givenDevice, linkedCredentials } from './device-adoption.js';
import type { CommandTarget, ServedCommands } from './session-commands.js';
import type { SessionParts } from './session-parts.js';
import type { IncomingDevice, TransferTarget } from './session-transfers.js';
import { SessionPasskey } from './session-passkey.js';
import { SessionRun, proxyOf } from './session-run.js';
import { isHalted } from './session.state.js';
import type { StatusReport } from './status-report.js';
import { forgetCredentials, publishLeft, unlink } from './unlink.js';

const PASSKEY_GOES_ON = 'WhatsApp is asking for the passkey of the account. Finish or cancel the passkey link first.';
const COMMANDS_LIMIT_MS = 2_000;
/** The states in which no socket is being opened. */
const RESTORABLE: ReadonlySet<SessionState> = new Set(['logged-out', 'failed', 'pairing', 'waiting']);

/** One session under one lease. Calls of `reconcile` must not overlap. */
export class Session implements CommandTarget, TransferTarget {
  readonly lease: SessionLease;
  readonly records: ExpiringRecords;
  readonly passkey: SessionPasskey;
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private run: SessionRun | null = null;
  /** The commands of the current run. */
  private commands: Promise<ServedCommands> | null = null;
  private seen: SessionRecord | null = null;
  private reading = true;
  private releasing: Promise<void> | null = null;
  /** Set while credentials are being replaced; resolves afterwards. */
  private replacing: Promise<void> | null = null;
  private transfers: Promise<ServedCommands> | null = null;

  constructor(private readonly parts: SessionParts) {
    this.lease = parts.lease;
    this.records = parts.auth;
    this.passkey = new SessionPasskey({
      ...parts,
      times: parts.settings.passkeyTimes,
      compareAlways: () => this.seen?.settings?.passkeyCode === 'always',
      socket: () => this.run?.socket ?? null,
      pairingSocket: signal => this.pairingSocket(signal),
      change: signal => this.change(signal)
    });
  }

  /** Brings the session to the state of the record; see `SessionRunner.reconcile`. */
  async reconcile(record: SessionRecord): Promise<void> {
    if (this.releasing) return;
    await this.replacing;
    const before = this.seen;
    this.seen = record;
    switch (record.desired) {
      case 'running':
        if (this.run && before && !this.callsForConnection(before, record)) return;
        await this.stopRun();
        this.parts.status.note({ recordAt: record.updatedAt });
        return this.startRun(before === null ? record : null);
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
   * Closes the socket and resolves when no part of the session runs anymore. If the lease still holds, the status shows that too; otherwise nothing is written.
   * Can be called at any time and repeatedly.
   */
  release(): Promise<void> {
    this.releasing ??= this.shutDown();
    return this.releasing;
  }

  private async shutDown(): Promise<void> {
    await this.transfers?.then(served => served.stop()).catch(() => undefined);
    await this.stopRun();
    await this.parts.status.disown();
    await this.parts.events.settled(this.lease);
  }

  /** Stops accepting commands; resolves when those in progress are answered, or after a time limit. */
  async refuseCommands(): Promise<void> {
    const stopped = this.commands?.then(commands => commands.stop()).catch(() => undefined);
    await Promise.race([stopped, limit(COMMANDS_LIMIT_MS)]);
  }

  /** Stops or resumes reading from the network. */
  setReading(reading: boolean): void {
    this.reading = reading;
    this.run?.setReading(reading);
  }

  connected(): WhatsAppSocket {
    const { state, account } = this.parts.status.current;
    const socket = this.run?.socket;
    if (state === 'open' && socket && this.lease.isValid()) return socket;
    throw new WabusError(account ? 'NOT_CONNECTED' : 'NOT_PAIRED');
  }

  async requestPairingCode(request: { phoneNumber: string; customCode?: string; signal: AbortSignal }): Promise<PairingCodeIssued> {
    const socket = await this.pairingSocket(request.signal);
    if (this.passkey.exchange.isUnderWay)
      throw new WabusError('QR_NOT_AVAILABLE', { message: PASSKEY_GOES_ON, details: { passkey: true } });
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
    if (!run) throw new WabusError('NOT_CONNECTED', { message: 'The session is not running. Start it first.' });
    if (this.replacing || !RESTORABLE.has(state))
      throw new WabusError('NOT_CONNECTED', {
        message: 'The session is connecting. Try again when it shows a QR code or is logged out.'
      });
    const replaced = this.beginReplacing();
    let snapshotAt: string | null = null;
    try {
      await run.closeSocket();
      await publishLeft(this.parts);
      snapshotAt = await this.parts.auth.restore();
      this.parts.inbox?.forget();
    } finally {
      replaced();
      // Without a snapshot, it continues as before: halted, or with another QR code.
      if (!run.isOver && (snapshotAt !== null || !isHalted(state))) await run.restart();
    }
    if (snapshotAt === null) throw new WabusError('NOT_FOUND', { message: 'This session has no snapshot of its credentials.' });
    return { snapshotAt };
  }

  /** Serves transfers until the session is released. */
  openTransfers(): void {
    this.transfers = this.parts.transfers.serve(this);
    this.transfers.catch((err: unknown) =>
      this.parts.logger.error({ err, session: this.lease.session }, 'cannot serve credential transfers for a session')
    );
  }

  async requireVacant(): Promise<void> {
    if (this.replacing)
      throw new WabusError('NOT_CONNECTED', { message: 'Another import into this session is in progress. Try again later.' });
    if (this.parts.status.current.account || (await linkedCredentials(this.parts)) !== null) throw new WabusError('ALREADY_PAIRED');
  }

  async *adopt(device: IncomingDevice): AsyncGenerator<number, void> {
    await this.requireVacant();
    const replaced = this.beginReplacing();
    try {
      yield* adoptDevice(this.parts, this.run, device);
    } finally {
      replaced();
    }
  }

  async give(): Promise<AdoptedDevice> {
    if (this.run || this.replacing)
      throw new WabusError('INVALID_REQUEST', { message: 'The session is running, so its keys can change. Stop the session first.' });
    return givenDevice(this.parts);
  }

  linkedCredentials(): Promise<Readonly<Record<string, unknown>> | null> {
    return linkedCredentials(this.parts);
  }

  /** Until the returned function is called, records are not reconciled and no other credentials are installed. */
  private beginReplacing(): () => void {
    let settle = (): void => undefined;
    this.replacing = new Promise(resolve => (settle = resolve));
    return () => {
      this.replacing = null;
      settle();
    };
  }

  private async pairingSocket(signal: AbortSignal): Promise<WhatsAppSocket> {
    for (;;) {
      const { state, account } = this.parts.status.current;
      if (account) throw new WabusError('ALREADY_PAIRED');
      if (!this.run || this.halted)
        throw new WabusError('NOT_CONNECTED', { message: 'The session is not trying to connect. Start it first.' });
      if (state === 'pairing' && this.run.socket) return this.run.socket;
      await this.change(signal);
    }
  }

  private async change(signal: AbortSignal): Promise<void> {
    try {
      await once(this.changes, 'change', { signal });
    } catch {
      throw new WabusError('TIMEOUT', { message: 'WhatsApp did not offer to link the account in time. Nothing was sent.' });
    }
  }

  /** Returns whether a running session has to reconnect because its record has changed. */
  private callsForConnection(before: SessionRecord, record: SessionRecord): boolean {
    if (record.generation !== before.generation) return true;
    // A settings change keeps `updatedAt`, so it does not wake a session that waits for a person.
    if (this.halted) return record.updatedAt !== before.updatedAt;
    // A session whose version is refused must not wait up to an hour before it uses a different one.
    if (this.run?.isOutdated && !isDeepStrictEqual(record.settings?.version ?? null, before.settings?.version ?? null)) return true;
    return !isDeepStrictEqual(record.settings?.proxy ?? null, before.settings?.proxy ?? null);
  }

  private get halted(): boolean {
    return isHalted(this.parts.status.current.state);
  }

  /** @param inherited the record, if the run follows that of another owner */
  private async startRun(inherited: SessionRecord | null): Promise<void> {
    if (this.releasing) return;
    this.commands = this.parts.commands.serve(this);
    this.commands.catch((err: unknown) =>
      this.parts.logger.error({ err, session: this.lease.session }, 'cannot serve commands for a session')
    );
    const signal = (...args: Parameters<StatusReport['signal']>): void => this.signal(...args);
    const identity = (): SessionRecord['settings'] => this.seen?.settings;
    const run = new SessionRun(
      { ...this.parts, signal, identity, passkey: this.passkey.exchange, release: () => this.release() },
      this.reading
    );
    this.run = run;
    // The next owner does not retry after a logout, and QR codes are shown only on request.
    if (inherited !== null && this.parts.status.leftLoggedOut(inherited)) return this.signal('unlink');
    const refused = inherited === null ? null : this.parts.status.leftRefused(inherited);
    this.signal('start');
    if (refused === null) await run.connect();
    else run.waitOut(refused);
  }

  private async stopRun(): Promise<void> {
    const { run, commands } = this;
    if (!run) return;
    this.run = this.commands = null;
    run.finish();
    this.passkey.exchange.end('given-up');
    this.changes.emit('change');
    const commandsAnswered = Promise.race([commands?.then(served => served.stop()).catch(() => undefined), limit(COMMANDS_LIMIT_MS)]);
    // A command in progress may finish, but never without a lease.
    if (this.lease.isValid()) await commandsAnswered;
    await Promise.all([run.socket?.close(), commandsAnswered]);
  }

  private async forgetAccount(desired: 'logged-out' | 'deleted'): Promise<void> {
    const { auth, authStates, engine, versions, settings, logger, status } = this.parts;
    const version = () => versions.presentedBy(this.seen?.settings);
    const proxy = (): ProxyAddress | null => proxyOf(authStates, this.lease.session, this.seen?.settings);
    const open = status.current.state === 'open' ? this.run?.socket : null;
    if (open) {
      // The session itself ends this connection, so it must not reconnect.
      this.run?.finish();
      await open.logout(settings.unlinkLimitMs);
    }
    await this.stopRun();
    if (!open) await unlink({ lease: this.lease, auth, engine, version, proxy, limitMs: settings.unlinkLimitMs, logger });
    const snapshots = await forgetCredentials(this.parts, desired === 'deleted' ? 'with-snapshots' : 'keep-snapshots');
    this.signal('unlink', { account: null, snapshots, recordAt: this.seen?.updatedAt });
    // A deleted status must not be written again.
    if (desired === 'deleted') status.stopCounting();
    await status.store();
  }

  private signal(...args: Parameters<StatusReport['signal']>): void {
    this.parts.status.signal(...args);
    this.changes.emit('change');
  }
}

function limit(ms: number): Promise<void> {
  return delay(ms, undefined, { ref: false });
}
