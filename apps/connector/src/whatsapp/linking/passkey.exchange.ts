import { createHash, randomBytes } from 'node:crypto';
import { type PasskeyError, type PasskeyLinks, type PasskeyOptions, type PasskeyRecord, steadyNow, WabusError } from '@wabus/contracts';
import { deriveHandoffKey, proveHandoff } from './passkey.codec.js';
import { isUnderWay, nextPasskeyStage, type PasskeySignal, type PasskeyState } from './passkey.state.js';

/** How long things may take, ms. */
export interface PasskeyTimes {
  /** The phone, a person who compares codes, the link itself: as the official client waits. */
  readonly stepMs: number;
  /** How long the proof counts that the QR code was ours, and so how long a signature is waited for at most, also over new connections. */
  readonly handoffMs: number;
}

export const PASSKEY_TIMES: PasskeyTimes = { stepMs: 120_000, handoffMs: 300_000 };

export interface PasskeyExchangeParts {
  readonly times: PasskeyTimes;
  /** Whether a person compares the code even when the official client would not ask. */
  readonly compareAlways: () => boolean;
  /** WhatsApp asks for a passkey: no QR code must be shown from now on. */
  readonly begun: () => void;
  /** After each change. */
  readonly changed: (record: PasskeyRecord, links: PasskeyLinks | null) => void;
}

/** What is between us and the phone, from the assertion on. */
export interface PasskeyHandshake {
  readonly ephemeralPrivate: Buffer;
  readonly nonce: Buffer;
  readonly deviceType: number;
  readonly reference: string;
}

const TOKEN_BYTES = 32;
/** More one-time addresses of one exchange are not kept: the oldest ends then. */
const MAX_LINKS = 8;

/**
 * The passkey link of one session: at most one is in progress. Lives in memory and longer than a connection: what WhatsApp wants signed may be signed while a
 * new connection is
 * opened. Whatever ends it wipes its secrets.
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

  /** The data to sign now; `null` in any stage but `assertion`. */
  get options(): PasskeyOptions | null {
    return this.stage === 'assertion' ? this.requested : null;
  }

  /** Whether it keeps QR codes from being shown. */
  get isUnderWay(): boolean {
    return this.preparing || isUnderWay(this.stage);
  }

  /** `PASSKEY_NOT_REQUESTED`: the current stage, whether the last exchange linked the account, and why it failed. */
  get notRequested(): WabusError {
    return new WabusError('PASSKEY_NOT_REQUESTED', { details: { stage: this.stage, linked: this.linked, error: this.lastError } });
  }

  /** Who replaces the connection when it fails or is given up; one. */
  onOver(over: () => void): void {
    this.over = over;
  }

  /** WhatsApp asks for a passkey, while this is our ADV secret. `false`: it has asked before, and nothing changes. */
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

  /** The challenge is known; the latest one counts until something is signed. */
  request(options: PasskeyOptions): void {
    const again = this.stage === 'assertion';
    if (!again && !this.preparing) return;
    this.preparing = false;
    this.requested = options;
    const { timeout } = options;
    // WhatsApp says ten minutes; the proof ends after five.
    const proofEnds = this.begunAt + this.parts.times.handoffMs;
    const until = typeof timeout === 'number' && timeout > 0 ? Math.min(steadyNow() + timeout, proofEnds) : proofEnds;
    const expiry = { until, then: () => this.end('given-up') };
    if (again) this.expire(expiry);
    else this.go('requested', expiry);
  }

  /** An assertion is on its way. Throws `PASSKEY_NOT_REQUESTED`. */
  submitted(): void {
    this.require('submitted', null);
  }

  /** The proof for this encoded `ProloguePayload`; `null` when it would not count any more. */
  proofOf(prologue: Uint8Array): Buffer | null {
    if (this.handoff === null || steadyNow() - this.begunAt > this.parts.times.handoffMs) return null;
    return proveHandoff(this.handoff, prologue);
  }

  /** WhatsApp took it. Throws `PASSKEY_NOT_REQUESTED` when the exchange has ended meanwhile. */
  taken(handshake: PasskeyHandshake, proved: boolean): void {
    this.handshake = handshake;
    this.proved = proved;
    this.forgetHandoff();
    this.require('taken', this.step('phone-did-not-continue'));
  }

  /** What stands between us and the phone. Throws `PASSKEY_NOT_REQUESTED`. */
  get withPhone(): PasskeyHandshake {
    if (this.handshake === null) throw this.notRequested;
    return this.handshake;
  }

  /** The phone continues. Returns whether nobody has to compare the code. Throws `PASSKEY_NOT_REQUESTED`. */
  continued(code: string): boolean {
    this.code = code;
    this.compare = !this.proved || this.parts.compareAlways();
    if (this.compare) this.require('compare', this.step('not-finished'));
    else this.require('proceed', this.step('not-finished'));
    return !this.compare;
  }

  /** A person said that the codes are equal. Throws `PASSKEY_NOT_REQUESTED`. */
  agreed(): void {
    this.requireConfirmation();
    this.require('proceed', this.step('not-finished'));
  }

  /** Throws `PASSKEY_NOT_REQUESTED` unless somebody has to compare the code. */
  requireConfirmation(): void {
    if (this.stage !== 'confirmation') throw this.notRequested;
  }

  fail(reason: PasskeyError['reason'], { step = null, statusCode = null }: Partial<PasskeyError> = {}): void {
    if (!this.isUnderWay) return;
    this.clear();
    this.error = this.lastError = { reason, step, statusCode };
    // Who comes to the address when the next QR code is shown already learns it too.
    if (this.links) this.links = { ...this.links, error: this.error };
    this.go('fail', null);
    this.over();
  }

  /** The account is linked, or the exchange is given up. */
  end(outcome: 'linked' | 'given-up'): void {
    const wasUnderWay = this.isUnderWay;
    this.clear();
    // The first outcome stays: a session that is stopped after the link was linked anyway.
    if (wasUnderWay || this.stage === 'failed') {
      this.linked = outcome === 'linked';
      if (this.links) this.links = { ...this.links, over: outcome };
    }
    this.go('end', null);
    if (wasUnderWay && outcome === 'given-up') this.over();
  }

  /** The connection ended. A request that nobody has answered yet outlives it until it expires; any later stage fails, which is answered by `true`. */
  connectionClosed(): boolean {
    this.over = () => undefined;
    if (this.preparing) this.clear();
    if (!this.isUnderWay || this.stage === 'assertion') return false;
    this.fail('connection-lost');
    return true;
  }

  /** A new one-time address: the token of it. Throws `PASSKEY_NOT_REQUESTED`. */
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

/** When a stage expires, and how. */
interface Expiry {
  readonly until: number;
  readonly then: () => void;
}
