import { createHash, randomBytes } from 'node:crypto';
import { type PasskeyError, type PasskeyLinks, type PasskeyOptions, type PasskeyRecord, steadyNow, WabusError } from '@wabus/contracts';
import { deriveHandoffKey, proveHandoff } from './passkey.codec.js';
import { isUnderWay, nextPasskeyStage, type PasskeySignal, type PasskeyState } from './passkey.state.js';

/** The time limits of a passkey link in milliseconds. */
export interface PasskeyTimes {
  /** The limit for the phone to continue, for a person to compare codes, and for the link itself; the official client waits as long. */
  readonly stepMs: number;
  /** How long the proof of the QR code's origin is valid. This also limits the wait for a signature, across connections. */
  readonly handoffMs: number;
}

export const PASSKEY_TIMES: PasskeyTimes = { stepMs: 120_000, handoffMs: 300_000 };

export interface PasskeyExchangeParts {
  readonly times: PasskeyTimes;
  /** Whether a person must compare the code even if the official client would not require it. */
  readonly compareAlways: () => boolean;
  /** Called when WhatsApp requests a passkey: no QR code may be shown from now on. */
  readonly begun: () => void;
  /** Called after each change. */
  readonly changed: (record: PasskeyRecord, links: PasskeyLinks | null) => void;
}

/** The state of the handshake between this device and the phone, from the assertion on. */
export interface PasskeyHandshake {
  readonly ephemeralPrivate: Buffer;
  readonly nonce: Buffer;
  readonly deviceType: number;
  readonly reference: string;
}

const TOKEN_BYTES = 32;
/** The number of one-time addresses of one exchange; a further address invalidates the oldest. */
const MAX_LINKS = 8;

/**
 * The passkey link of one session: at most one is in progress. It exists only in memory, but outlives a connection: a person can sign while a new connection
 * opens. Its secrets are wiped when it ends for any reason.
 */
export class PasskeyExchange {
  private stage: PasskeyState = null;
  private preparing = false;
  private begunAt = 0;
  private expiresAt: number | null = null;
  private code: string | null = null;
  private compare = false;
  private error: PasskeyError | null = null;
  private lastError: PasskeyError | null = null;
  private linked = false;
  private proved = false;
  private handoff: Buffer | null = null;
  private requested: PasskeyOptions | null = null;
  private handshake: PasskeyHandshake | null = null;
  private links: PasskeyLinks | null = null;
  private timer: NodeJS.Timeout | undefined;
  private over: () => void = () => undefined;

  constructor(private readonly parts: PasskeyExchangeParts) {}

  get record(): PasskeyRecord {
    return {
      stage: this.stage,
      requestedAt: new Date(this.begunAt).toISOString(),
      expiresAt: this.expiresAt === null ? null : new Date(this.expiresAt).toISOString(),
      code: this.code,
      compare: this.compare,
      error: this.error
    };
  }

  /** The data to sign now; `null` in any stage except `assertion`. */
  get options(): PasskeyOptions | null {
    return this.stage === 'assertion' ? this.requested : null;
  }

  /** Whether the exchange is in progress, so that no QR codes are shown. */
  get isUnderWay(): boolean {
    return this.preparing || isUnderWay(this.stage);
  }

  /** The error `PASSKEY_NOT_REQUESTED`, with the current stage, whether the last exchange linked the account, and why it failed. */
  get notRequested(): WabusError {
    return new WabusError('PASSKEY_NOT_REQUESTED', { details: { stage: this.stage, linked: this.linked, error: this.lastError } });
  }

  /** Sets the only function that replaces the connection when the exchange fails or is canceled. */
  onOver(over: () => void): void {
    this.over = over;
  }

  /** Begins an exchange because WhatsApp requests a passkey, with the current ADV secret. Returns `false` and changes nothing if one is in progress. */
  begin(advSecret: Buffer): boolean {
    if (this.isUnderWay) return false;
    this.clear();
    this.preparing = true;
    this.begunAt = steadyNow();
    this.handoff = deriveHandoffKey(advSecret);
    this.links = null;
    this.linked = false;
    this.lastError = null;
    this.parts.begun();
    return true;
  }

  /** Sets the data to sign. Until an assertion is submitted, later data replaces earlier data. */
  request(options: PasskeyOptions): void {
    const again = this.stage === 'assertion';
    if (!again && !this.preparing) return;
    this.preparing = false;
    this.requested = options;
    const { timeout } = options;
    // WhatsApp's timeout is ten minutes, but the proof expires after five.
    const proofEnds = this.begunAt + this.parts.times.handoffMs;
    const until = typeof timeout === 'number' && timeout > 0 ? Math.min(steadyNow() + timeout, proofEnds) : proofEnds;
    const expiry = { until, then: () => this.end('given-up') };
    if (again) this.expire(expiry);
    else this.go('requested', expiry);
  }

  /** Notes that an assertion is being sent. Throws `PASSKEY_NOT_REQUESTED`. */
  submitted(): void {
    this.require('submitted', null);
  }

  /** Returns the proof for an encoded `ProloguePayload`; `null` if the proof has expired. */
  proofOf(prologue: Uint8Array): Buffer | null {
    if (this.handoff === null || steadyNow() - this.begunAt > this.parts.times.handoffMs) return null;
    return proveHandoff(this.handoff, prologue);
  }

  /** Notes that WhatsApp has accepted the assertion. Throws `PASSKEY_NOT_REQUESTED` if the exchange has ended in the meantime. */
  taken(handshake: PasskeyHandshake, proved: boolean): void {
    this.handshake = handshake;
    this.proved = proved;
    this.forgetHandoff();
    this.require('taken', this.step('phone-did-not-continue'));
  }

  /** The handshake with the phone. Throws `PASSKEY_NOT_REQUESTED` if there is none. */
  get withPhone(): PasskeyHandshake {
    if (this.handshake === null) throw this.notRequested;
    return this.handshake;
  }

  /** Notes that the phone continues. Returns whether the link can finish without a person who compares the code. Throws `PASSKEY_NOT_REQUESTED`. */
  continued(code: string): boolean {
    this.code = code;
    this.compare = !this.proved || this.parts.compareAlways();
    if (this.compare) this.require('compare', this.step('not-finished'));
    else this.require('proceed', this.step('not-finished'));
    return !this.compare;
  }

  /** Notes that a person found the codes equal. Throws `PASSKEY_NOT_REQUESTED`. */
  agreed(): void {
    this.requireConfirmation();
    this.require('proceed', this.step('not-finished'));
  }

  /** Throws `PASSKEY_NOT_REQUESTED` unless a person must compare the code now. */
  requireConfirmation(): void {
    if (this.stage !== 'confirmation') throw this.notRequested;
  }

  fail(reason: PasskeyError['reason'], { step = null, statusCode = null }: Partial<PasskeyError> = {}): void {
    if (!this.isUnderWay) return;
    this.clear();
    this.error = this.lastError = { reason, step, statusCode };
    // The one-time address still shows the failure after the next QR code is shown.
    if (this.links) this.links = { ...this.links, error: this.error };
    this.go('fail', null);
    this.over();
  }

  /** Ends the exchange because the account is linked or the exchange was canceled. */
  end(outcome: 'linked' | 'given-up'): void {
    const wasUnderWay = this.isUnderWay;
    this.clear();
    // The first outcome is kept: a session that stops after the link has been linked nevertheless.
    if (wasUnderWay || this.stage === 'failed') {
      this.linked = outcome === 'linked';
      if (this.links) this.links = { ...this.links, over: outcome };
    }
    this.go('end', null);
    if (wasUnderWay && outcome === 'given-up') this.over();
  }

  /** Handles the end of the connection. An unanswered request outlives it until it expires. Any later stage fails; returns whether that happened. */
  connectionClosed(): boolean {
    this.over = () => undefined;
    if (this.preparing) this.clear();
    if (!this.isUnderWay || this.stage === 'assertion') return false;
    this.fail('connection-lost');
    return true;
  }

  /** Creates a one-time address and returns its token. Throws `PASSKEY_NOT_REQUESTED`. */
  newLink(): string {
    if (this.stage === null) throw this.notRequested;
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const hash = createHash('sha256').update(token).digest('base64url');
    this.links = { hashes: [...(this.links?.hashes ?? []), hash].slice(-MAX_LINKS), over: null };
    this.parts.changed(this.record, this.links);
    return token;
  }

  private step(late: PasskeyError['reason']): Expiry {
    return { until: steadyNow() + this.parts.times.stepMs, then: () => this.fail(late) };
  }

  private require(signal: PasskeySignal, expiry: Expiry | null): void {
    if (!this.go(signal, expiry)) throw this.notRequested;
  }

  private go(signal: PasskeySignal, expiry: Expiry | null): boolean {
    const next = nextPasskeyStage(this.stage, signal);
    if (next === undefined) return false;
    this.stage = next;
    clearTimeout(this.timer);
    this.expiresAt = null;
    if (expiry) this.expire(expiry);
    this.parts.changed(this.record, this.links);
    return true;
  }

  private expire({ until, then }: Expiry): void {
    clearTimeout(this.timer);
    this.expiresAt = until;
    this.timer = setTimeout(then, Math.max(0, until - steadyNow())).unref();
  }

  private clear(): void {
    clearTimeout(this.timer);
    this.preparing = false;
    this.expiresAt = this.code = this.error = null;
    this.compare = this.proved = false;
    this.forgetHandoff();
    this.handshake?.ephemeralPrivate.fill(0);
    this.handshake?.nonce.fill(0);
    this.handshake = null;
    this.requested = null;
  }

  private forgetHandoff(): void {
    this.handoff?.fill(0);
    this.handoff = null;
  }
}

/** The time at which a stage expires, in milliseconds of `steadyNow()`, and the function to call then. */
interface Expiry {
  readonly until: number;
  readonly then: () => void;
}
