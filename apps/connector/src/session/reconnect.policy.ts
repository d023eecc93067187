import type { DisconnectReasonName } from '../whatsapp/disconnect-reason.table.js';

/** The facts about an ended connection. */
export interface EndedConnection {
  readonly reason: DisconnectReasonName;
  /** Number of attempts since the last connection that stayed open for a while, including this one; attempts that only ran out of QR codes do not count. */
  readonly failures: number;
  /** How often the QR codes have run out since the session was started, including this time. */
  readonly qrRounds: number;
  /** The maximum of `qrRounds`. */
  readonly maxQrRounds: number;
  /** When WhatsApp accepts the account again, ms since 1970; `null` if unknown. */
  readonly refusedUntil: number | null;
}

export type AfterEnd =
  /**
   * `contended`: another client uses the same credentials. Check whether this process still owns the session; if so, reconnect slowly.
   * `outdated`: look up a newer version of the client and connect with it immediately if there is one; otherwise reconnect slowly.
   */
  | { readonly next: 'reconnect'; readonly pace: ReconnectPace }
  /** No attempt before then. */
  | { readonly next: 'reconnect'; readonly pace: 'at-the-end'; readonly until: number }
  | { readonly next: 'halt'; readonly signal: 'unlink' | 'fail'; readonly forgetCredentials: boolean };

/** `slow`: minutes, then hours. */
export type ReconnectPace = 'at-once' | 'backoff' | 'contended' | 'slow' | 'outdated';

type Rule = (ended: EndedConnection) => AfterEnd;

/** More restarts in a row than WhatsApp ever requests. */
const MAX_RESTARTS_AT_ONCE = 3;
/** This many consecutive refusals of the session data are no accident. */
const MAX_BAD_SESSIONS = 5;

const backoff: Rule = () => ({ next: 'reconnect', pace: 'backoff' });
const fail: Rule = () => ({ next: 'halt', signal: 'fail', forgetCredentials: false });

const RULES: Readonly<Record<DisconnectReasonName, Rule>> = {
  'logged-out': () => ({ next: 'halt', signal: 'unlink', forgetCredentials: true }),
  'restart-required': ({ failures }) => ({ next: 'reconnect', pace: failures <= MAX_RESTARTS_AT_ONCE ? 'at-once' : 'backoff' }),
  replaced: () => ({ next: 'reconnect', pace: 'contended' }),
  'qr-expired': ({ qrRounds, maxQrRounds }) =>
    qrRounds < maxQrRounds ? { next: 'reconnect', pace: 'at-once' } : { next: 'halt', signal: 'unlink', forgetCredentials: false },
  // Another attempt requires a person with a phone.
  'passkey-ended': () => ({ next: 'reconnect', pace: 'at-once' }),
  'connection-lost': backoff,
  'timed-out': backoff,
  unreachable: backoff,
  'proxy-failed': backoff,
  'connection-closed': backoff,
  'http-refused': backoff,
  unavailable: backoff,
  'unacknowledged-stanza': backoff,
  'backlog-stalled': () => ({ next: 'reconnect', pace: 'at-once' }),
  'protocol-error': backoff,
  'connection-failed': backoff,
  'rate-limited': () => ({ next: 'reconnect', pace: 'slow' }),
  'temporarily-banned': ({ refusedUntil }) =>
    refusedUntil === null
      ? { next: 'halt', signal: 'fail', forgetCredentials: false }
      : { next: 'reconnect', pace: 'at-the-end', until: refusedUntil },
  forbidden: fail,
  banned: fail,
  'client-refused': fail,
  // Accounts are refused at different times, and one later attempt with the same version was accepted (Baileys 2733).
  'client-outdated': () => ({ next: 'reconnect', pace: 'outdated' }),
  'device-mismatch': fail,
  'bad-session': ended => (ended.failures < MAX_BAD_SESSIONS ? backoff(ended) : fail(ended)),
  'server-not-trusted': fail,
  'credentials-unreadable': fail
};

/** Decides what to do when a connection has ended. */
export function afterEnd(ended: EndedConnection): AfterEnd {
  return RULES[ended.reason](ended);
}

/** Reasons after which an automatic attempt does harm: each one extends a lock (waxum 66, fazer-ai PR 341). */
const HARMFUL: ReadonlySet<string> = new Set<DisconnectReasonName>([
  'forbidden',
  'banned',
  'client-refused',
  'temporarily-banned',
  'rate-limited'
]);

/** Returns whether the next owner of a session must continue the wait of the last one instead of connecting immediately. */
export function forbidsAttempt(reason: string | undefined): boolean {
  return reason !== undefined && HARMFUL.has(reason);
}

/** Number of consecutive failures that count as a reconnect loop. */
const LOOP_FAILURES = 5;

/** Returns whether enough connections in a row have failed to report a reconnect loop. */
export function isReconnectLoop(failures: number): boolean {
  return failures >= LOOP_FAILURES;
}

/** The delays before an attempt. */
export interface ReconnectTiming {
  /** The longest delay before the second attempt; it doubles with each failure. */
  readonly baseMs: number;
  readonly capMs: number;
  /** The same for contended credentials. */
  readonly contendedBaseMs: number;
  readonly contendedCapMs: number;
  /** The same if WhatsApp reports too many attempts. */
  readonly slowBaseMs: number;
  readonly slowCapMs: number;
  /** The same while the version is refused. */
  readonly outdatedBaseMs: number;
  readonly outdatedCapMs: number;
}

/**
 * Returns the delay before the next attempt: exponential with full jitter, so that many sessions that failed together do not reconnect together.
 * `random` is in [0, 1).
 */
export function reconnectDelayMs(pace: ReconnectPace, failures: number, timing: ReconnectTiming, random: number): number {
  const exponential = (baseMs: number, capMs: number) => Math.min(capMs, baseMs * 2 ** Math.min(Math.max(failures, 1) - 1, 30));
  switch (pace) {
    case 'at-once':
      return 0;
    case 'backoff':
      return Math.round(random * exponential(timing.baseMs, timing.capMs));
    // Never soon: the other client must get the chance to be the only one.
    case 'contended':
      return laterHalf(exponential(timing.contendedBaseMs, timing.contendedCapMs), random);
    case 'slow':
      return laterHalf(exponential(timing.slowBaseMs, timing.slowCapMs), random);
    case 'outdated':
      return laterHalf(exponential(timing.outdatedBaseMs, timing.outdatedCapMs), random);
  }
}

function laterHalf(limitMs: number, random: number): number {
  return Math.round(limitMs / 2 + (random * limitMs) / 2);
}
