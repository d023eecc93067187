import {
  parseProxyAddress,
  proxyContext,
  type AccountRestriction,
  type IgnorableChats,
  type LastDisconnect,
  type LinkedAccount,
  type NewChatQuota,
  type ProxyAddress,
  type SessionId,
  type SessionRecord,
  type SessionSettings
} from '@wabus/contracts';
import type { AuthStateStore } from '../auth-state/auth-state.store.js';
import { AuthStateUnreadableError } from '../auth-state/auth-state.errors.js';
import type { PresentedVersion } from '../client-version/client-versions.js';
import { versionText } from '../client-version/version.policy.js';
import { LeaseLostError } from '../ownership/session-lease.js';
import { describeRefusal } from '../whatsapp/connecting/login-refusal.codec.js';
import { describeFailure } from '../whatsapp/connecting/network-failure.mapper.js';
import { DISCONNECT_REASONS, type SocketClosed } from '../whatsapp/disconnect-reason.table.js';
import type { PasskeyExchange } from '../whatsapp/linking/passkey.exchange.js';
import type { SocketListener, WhatsAppSocket } from '../whatsapp/whatsapp-engine.js';
import { afterEnd, isReconnectLoop, reconnectDelayMs, type AfterEnd } from './reconnect.policy.js';
import type { SessionParts } from './session-parts.js';
import type { StatusFacts, StatusReport } from './status-report.js';
import { forgetCredentials } from './unlink.js';

/** Longer timers fire immediately. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The functions that a run requires from its session. */
export interface SessionRunParts extends SessionParts {
  /** Publishes the status, and notifies those who wait for a change. */
  readonly signal: (...args: Parameters<StatusReport['signal']>) => void;
  readonly passkey: PasskeyExchange;
  /** Returns the settings with which the next connection identifies itself. */
  readonly identity: () => SessionRecord['settings'];
  /** Releases the session, because another connector owns it. */
  readonly release: () => Promise<void>;
}

/** A period in which a session is supposed to run: one socket after another, until it is stopped or another attempt is pointless. */
export class SessionRun {
  private current: WhatsAppSocket | null = null;
  /** Counts connection attempts. A socket of an earlier attempt must not affect the current one. */
  private attempt = 0;
  private stopped = false;
  private failures = 0;
  private qrRounds = 0;
  private qrCodes = 0;
  /** A phone has just linked it: WhatsApp ends the connection next, which is not a failure. */
  private linking = false;
  private timer: NodeJS.Timeout | undefined;
  /** The version that the last attempt presented. */
  private presented: PresentedVersion | null = null;
  /** The versions refused since the last connection that opened: each is tried immediately only once. */
  private readonly refused = new Set<string>();
  private stopSeeking: (() => void) | null = null;

  constructor(
    private readonly parts: SessionRunParts,
    private reading: boolean
  ) {}

  /** The socket that is open or opening. */
  get socket(): WhatsAppSocket | null {
    return this.current;
  }

  /** Whether no part of the run may act anymore. */
  get isOver(): boolean {
    return this.stopped;
  }

  /** Whether it waits for a version that WhatsApp accepts. */
  get isOutdated(): boolean {
    return this.stopSeeking !== null;
  }

  /** Stops or resumes reading from the network. */
  setReading(reading: boolean): void {
    this.reading = reading;
    this.current?.setReading(reading);
  }

  /** Opens a socket. Resolves when the attempt has begun; never rejects. */
  async connect(): Promise<void> {
    const { lease, auth, inbox, engine, passkey, status, logger } = this.parts;
    if (this.stopped || !lease.isValid()) return;
    const attempt = ++this.attempt;
    this.endSeeking();
    this.parts.signal('connect');
    const { versions } = this.parts;
    if (!versions.isKnown) await versions.whenKnown();
    if (!this.isCurrent(attempt)) return;
    const { session } = lease;
    const settings = this.parts.identity();
    let proxy: ProxyAddress | null;
    try {
      proxy = proxyOf(this.parts.authStates, session, settings);
    } catch (err) {
      // The proxy is never bypassed: the account would appear at a different location.
      logger.error({ err, session }, "cannot use the session's proxy");
      return this.ended({ reason: 'proxy-failed', code: null });
    }
    const { version } = this.present(settings);
    const ignore = (): readonly IgnorableChats[] => this.parts.identity()?.ignore ?? [];
    try {
      const identities = this.parts.events.identitiesOf(lease);
      const socket = await engine.open({
        session,
        auth,
        inbox,
        identities,
        listener: this.listener(attempt),
        passkey,
        settings,
        ignore,
        version,
        proxy
      });
      if (!this.isCurrent(attempt)) return await socket.close();
      this.current = socket;
      if (!this.reading) socket.setReading(false);
      status.note({ account: socket.account });
    } catch (err) {
      if (!this.isCurrent(attempt)) return;
      logger.error({ err, session }, 'failed to open socket');
      this.ended({ reason: err instanceof AuthStateUnreadableError ? 'credentials-unreadable' : 'connection-failed', code: null });
    }
  }

  /** Continues the wait of the previous owner: an attempt would make it worse. */
  waitOut(refused: LastDisconnect): void {
    const { nextAttemptAt } = refused;
    if (nextAttemptAt === null) return this.parts.signal('fail', { lastDisconnect: refused });
    this.parts.signal('wait', { lastDisconnect: refused });
    this.runAt(Date.parse(nextAttemptAt));
  }

  /** Closes the socket without another attempt. */
  async closeSocket(): Promise<void> {
    clearTimeout(this.timer);
    this.endSeeking();
    this.attempt += 1;
    const socket = this.current;
    this.current = null;
    await socket?.close();
    this.parts.passkey.end('given-up');
  }

  /** Connects as if nothing had been tried yet. */
  async restart(): Promise<void> {
    this.failures = this.qrRounds = this.qrCodes = 0;
    this.refused.clear();
    this.parts.signal('start');
    await this.connect();
  }

  /** Ends the run: the session ends the connection itself, and no part of the run acts anymore. The socket stays open. */
  finish(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.endSeeking();
    this.parts.versions.noteExpiration(this.parts.lease.session, '', null);
  }

  private isCurrent(attempt: number): boolean {
    return !this.stopped && attempt === this.attempt;
  }

  /** Returns the listener of a socket. Its events and figures count until it is closed; its state counts only while it belongs to the current attempt. */
  private listener(attempt: number): SocketListener {
    const { lease, events, status } = this.parts;
    const whileCurrent =
      <Args extends unknown[]>(handle: (...args: Args) => void) =>
      (...args: Args): void => {
        if (this.isCurrent(attempt)) handle(...args);
      };
    return {
      // Bound, not wrapped: every event of every session passes here.
      event: events.emit.bind(events, lease),
      history: (chunk, set) => events.emitHistory(lease, chunk, set),
      progress: progress => events.emit(lease, 'message.progress', progress),
      voted: vote => events.emit(lease, 'message.poll-vote', vote),
      unopened: unopened => events.emit(lease, 'message.unopened', unopened),
      notified: notification => events.emit(lease, 'whatsapp.notification', notification),
      received: () => status.received(),
      counted: (what, messages) => status.count(what, messages),
      qr: whileCurrent((...shown: [text: string, ttlMs: number, renewed: boolean]) => this.offered(...shown)),
      passkeyWaits: whileCurrent(() => this.parts.signal('offer')),
      pairingCode: whileCurrent((code: string | null) => this.codeReplaced(code)),
      linked: whileCurrent(() => {
        this.linking = true;
        this.parts.passkey.end('linked');
        status.note({ qr: null, pairingCode: null });
      }),
      limited: whileCurrent((restriction: AccountRestriction | null, newChats: NewChatQuota | null) =>
        status.note({ restriction, newChats })
      ),
      clientExpires: whileCurrent((at: string | null) => this.expires(at)),
      resendsHeldBack: () => status.heldBack(),
      collectionGivenUp: failure => events.emit(lease, 'app-state.collection-failed', failure),
      opened: whileCurrent((account: LinkedAccount) => this.opened(account)),
      closed: whileCurrent((why: SocketClosed) => this.ended(why))
    };
  }

  private offered(text: string, ttlMs: number, renewed: boolean): void {
    const now = Date.now();
    // A failure is shown until then.
    this.parts.passkey.end('given-up');
    if (!renewed) this.qrCodes += 1;
    const attempt = this.qrCodes;
    const issuedAt = new Date(now).toISOString();
    this.parts.signal('offer', { qr: { text, attempt, issuedAt, expiresAt: new Date(now + ttlMs).toISOString() } });
    this.parts.events.emit(this.parts.lease, 'auth.qr', { qr: text, ttlMs, attempt, at: issuedAt });
  }

  private codeReplaced(code: string | null): void {
    const at = new Date().toISOString();
    this.parts.status.note({ pairingCode: code === null ? null : { code, issuedAt: at } });
    this.parts.events.emit(this.parts.lease, 'auth.pairing-code', { code, at });
  }

  private opened(account: LinkedAccount): void {
    this.qrRounds = this.qrCodes = 0;
    this.refused.clear();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.stable(), this.parts.settings.stableOpenMs).unref();
    this.parts.status.count('opens');
    this.parts.signal('open', { account, appeal: null });
  }

  private stable(): void {
    this.failures = 0;
    this.parts.status.note({ failures: 0, reconnectLoopSince: null });
  }

  private ended(why: SocketClosed): void {
    this.current = null;
    clearTimeout(this.timer);
    if (why.reason === 'qr-expired') this.qrRounds += 1;
    else if (!this.linking && why.reason !== 'passkey-ended') this.failures += 1;
    this.linking = false;
    this.parts.engine.figures.connectionEnded(why.reason);
    const decision = afterEnd({
      reason: why.reason,
      failures: this.failures,
      qrRounds: this.qrRounds,
      maxQrRounds: this.parts.settings.maxQrRounds,
      refusedUntil: why.refusal?.until ? Date.parse(why.refusal.until) : null
    });
    if (why.appealToken !== undefined) this.parts.status.note({ appeal: { token: why.appealToken, at: new Date().toISOString() } });
    if (decision.next === 'halt') this.inBackground(this.halt(why, decision));
    else if (decision.pace === 'at-the-end') this.comeBack(why, Math.max(0, decision.until - Date.now()));
    else {
      const delayMs = reconnectDelayMs(decision.pace, this.failures, this.parts.settings.reconnect, Math.random());
      if (decision.pace === 'outdated') this.seekVersion(why, delayMs);
      else this.comeBack(why, delayMs);
      if (decision.pace === 'contended') this.inBackground(this.confirmOwner());
    }
  }

  /** These steps are not awaited, and an unhandled rejection would end the process with all its sessions. */
  private inBackground(step: Promise<void>): void {
    step.catch((err: unknown) => this.parts.logger.error({ err, session: this.parts.lease.session }, 'session step failed'));
  }

  /** The other client of the credentials may be the next owner, which this process has not observed yet. */
  private async confirmOwner(): Promise<void> {
    const { auth, lease, logger } = this.parts;
    const { session } = lease;
    try {
      await auth.confirmOwner();
    } catch (err) {
      // Without an answer, the lease decides, and the wait is long enough for that.
      if (!(err instanceof LeaseLostError)) return logger.warn({ err, session }, 'failed to confirm the owner of a session');
      logger.warn({ session }, 'another connector owns the session and has replaced this connection, releasing the session');
      await this.parts.release();
    }
  }

  /** @param step what follows the wait */
  private comeBack(why: SocketClosed, delayMs: number, step = (): Promise<void> => this.connect()): void {
    const { status } = this.parts;
    status.count('reconnects');
    const { reconnectLoopSince } = status.current;
    const looping = isReconnectLoop(this.failures);
    if (looping && reconnectLoopSince === null) status.count('reconnectLoops');
    this.parts.signal(delayMs === 0 ? 'connect' : 'wait', {
      lastDisconnect: this.disconnection(why, delayMs),
      failures: this.failures,
      reconnectLoopSince: looping ? (reconnectLoopSince ?? new Date().toISOString()) : null
    });
    this.runAt(Date.now() + delayMs, step);
  }

  private runAt(at: number, step = (): Promise<void> => this.connect()): void {
    const leftMs = Math.max(0, at - Date.now());
    this.timer = setTimeout(
      () => {
        if (leftMs > LONGEST_TIMER_MS) this.runAt(at, step);
        else this.inBackground(step());
      },
      Math.min(leftMs, LONGEST_TIMER_MS)
    );
  }

  /** Records the version that the attempt presents. An announced expiration applies to the previous version. */
  private present(settings: SessionRecord['settings']): PresentedVersion {
    const { versions, status, lease } = this.parts;
    const presented = versions.presentedBy(settings);
    const clientVersion = versionText(presented.version);
    const { clientVersion: before, clientExpiresAt } = status.current;
    const same = clientVersion === before;
    if (!same) status.note({ clientVersion, clientExpiresAt: null });
    versions.noteExpiration(lease.session, clientVersion, same ? clientExpiresAt : null);
    this.presented = presented;
    return presented;
  }

  private expires(at: string | null): void {
    const { versions, status, lease, logger } = this.parts;
    const { session } = lease;
    const { clientVersion, clientExpiresAt } = status.current;
    if (at === clientExpiresAt || clientVersion === null) return;
    status.note({ clientExpiresAt: at });
    versions.noteExpiration(session, clientVersion, at);
    if (at === null) logger.info({ session, clientVersion }, 'whatsapp no longer announces that it will refuse this version');
    else logger.warn({ session, clientVersion, expiresAt: at }, 'whatsapp will refuse this version');
  }

  /** Waits long, and connects immediately as soon as there is a version that was not refused yet, whichever connector found it. */
  private seekVersion(why: SocketClosed, delayMs: number): void {
    const { versions, status } = this.parts;
    const { attempt, presented } = this;
    if (presented === null) return this.comeBack(why, delayMs);
    this.refused.add(versionText(presented.version));
    const connectWithOther = (): boolean => {
      if (!this.isCurrent(attempt) || this.stopSeeking === null) return true;
      const next = versions.presentedBy(this.parts.identity());
      if (this.refused.has(versionText(next.version))) return false;
      clearTimeout(this.timer);
      this.inBackground(this.connect());
      return true;
    };
    const lookUp = () => (presented.fixedBy === null ? versions.lookUp('refused') : Promise.resolve());
    const explain = (): void => {
      const { lastDisconnect } = status.current;
      if (lastDisconnect) status.note({ lastDisconnect: { ...lastDisconnect, message: versions.outdated(presented) } });
    };
    this.comeBack(why, delayMs, () => lookUp().then(() => (connectWithOther() ? undefined : this.connect())));
    this.stopSeeking = versions.onChange(connectWithOther);
    if (!connectWithOther()) this.inBackground(lookUp().then(() => void (connectWithOther() || explain())));
  }

  private endSeeking(): void {
    this.stopSeeking?.();
    this.stopSeeking = null;
  }

  private async halt(why: SocketClosed, decision: Extract<AfterEnd, { next: 'halt' }>): Promise<void> {
    const facts: StatusFacts = { lastDisconnect: this.disconnection(why, null), failures: this.failures, reconnectLoopSince: null };
    try {
      if (decision.forgetCredentials) facts.snapshots = await forgetCredentials(this.parts, 'keep-snapshots');
    } catch (err) {
      this.parts.logger.error({ err, session: this.parts.lease.session }, 'failed to clear the credentials of an unlinked session');
    }
    if (this.stopped) return;
    this.parts.signal(decision.signal, decision.forgetCredentials ? { ...facts, account: null, appeal: null } : facts);
  }

  private disconnection({ reason, code, network, refusal, unacknowledged }: SocketClosed, delayMs: number | null): LastDisconnect {
    const now = Date.now();
    const until = this.parts.status.current.restriction?.until;
    const wasRestricted = reason === 'logged-out' && until !== undefined && (until === null || Date.parse(until) > now);
    const meaning = wasRestricted ? unlinkedWhileRestricted(until) : DISCONNECT_REASONS[reason].meaning;
    return {
      code,
      reason,
      message: network ? describeFailure(network) : meaning + (refusal ? describeRefusal(refusal) : ''),
      at: new Date(now).toISOString(),
      willReconnect: delayMs !== null,
      nextAttemptAt: delayMs === null ? null : new Date(now + delayMs).toISOString(),
      ...(refusal && { refusal }),
      ...(wasRestricted && { restrictedUntil: until }),
      ...(unacknowledged && { unacknowledged })
    };
  }
}

/** No user has unlinked the device, and a new link would be restricted as well: Baileys 2441, WAHA 2147. */
function unlinkedWhileRestricted(until: string | null): string {
  const end = until === null ? 'the restriction ends' : until;
  return `WhatsApp unlinked this device while the account was restricted. Do not link it again before ${end}: a new link would be restricted as well.`;
}

/**
 * Returns the proxy in the settings of a session, with user and password; `null` if there is none.
 * Throws `AuthStateUnreadableError` if its secrets cannot be decrypted here, and `ProxyAddressError`.
 */
export function proxyOf(
  secrets: Pick<AuthStateStore, 'openSecret'>,
  session: SessionId,
  settings: Pick<SessionSettings, 'proxy'> | undefined
): ProxyAddress | null {
  const stored = settings?.proxy;
  if (!stored) return null;
  const address = parseProxyAddress(stored.url);
  if (!stored.credentials) return address;
  const [username, password] = JSON.parse(secrets.openSecret(proxyContext(session, stored.url), stored.credentials)) as [string, string];
  return { ...address, credentials: { username, password } };
}
