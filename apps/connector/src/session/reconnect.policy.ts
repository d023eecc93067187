import type { DisconnectReasonName } from '../whatsapp/disconnect-reason.table.js';

/** What is known when a connection has ended. */
export interface EndedConnection {
  readonly reason: DisconnectReasonName;
  /** Attempts since the last connection that stayed open for a while, this one included; those that only ran out of QR codes do not count. */
  readonly failures: number;
  /** How often the QR codes have run out since the session was started, this time included. */
  readonly qrRounds: number;
  /** How often they may. */
  readonly maxQrRounds: number;
  /** When WhatsApp lets the account in again, ms since 1970; `null` when it did not say. */
  readonly refusedUntil: number | null;
}

export type AfterEnd =
  /**
   * `contended`: somebody else uses the same credentials. Find out whether this process still owns the session; if so, go slowly.
   * `outdated`: look for a newer version of the client, and connect with it at once when there is one; otherwise go slowly.
   */
  | { readonly next: 'reconnect'; readonly pace: ReconnectPace }
  /** No attempt before then. */
  | { readonly next: 'reconnect'; readonly pace: 'at-the-end'; readonly until: number }
  | { readonly next: 'halt'; readonly signal: 'unlink' | 'fail'; readonly forgetCredentials: boolean };

/** `slow`: minutes, then hours. */
export type ReconnectPace = 'at-once' | 'backoff' | 'contended' | 'slow' | 'outdated';

type Rule = (ended: EndedConnection) => AfterEnd;

/** More restarts in a row than WhatsApp ever asks for. */
const MAX_RESTARTS_AT_ONCE = 3;
/** Refusals of the session data in a row that are no accident. */
const MAX_BAD_SESSIONS = 5;

const backoff: Rule = () => ({ next: 'reconnect', pace: 'backoff' });
const fail: Rule = () => ({ next: 'halt', signal: 'fail', forgetCredentials: false });

const RULES: Readonly<Record<DisconnectReasonName, Rule>> = {
  'logged-out': () => ({ next: 'halt', signal: 'unlink', forgetCredentials: true }),
  'restart-required': ({ failures }) => ({ next: 'reconnect', pace: failures <= MAX_RESTARTS_AT_ONCE ? 'at-once' : 'backoff' }),
  replaced: () => ({ next: 'reconnect', pace: 'contended' }),
  'qr-expired': ({ qrRounds, maxQrRounds }) =>
    qrRounds < maxQrRounds ? { next: 'reconnect', pace: 'at-once' } : { next: 'halt', signal: 'unlink', forgetCredentials: false },
  // It takes a person and a phone to come to another one.
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
  // Refusals come to accounts at different times, and once a later attempt with the same number was accepted (Baileys 2733).
  'client-outdated': () => ({ next: 'reconnect', pace: 'outdated' }),
  'device-mismatch': fail,
  'bad-session': ended => (ended.failures < MAX_BAD_SESSIONS ? backoff(ended) : fail(ended)),
  'server-not-trusted': fail,
  'credentials-unreadable': fail
};

/** What to do when a connection has ended. */
export function afterEnd(ended: EndedConnection): AfterEnd {
  return RULES[ended.reason](ended);
}

/** Reasons after which an attempt that no person asked for does harm: a lock grows longer with each (waxum 66, fazer-ai PR 341). */
const HARMFUL: ReadonlySet<string> = new Set<DisconnectReasonName>([
  'forbidden',
  'banned',
  'client-refused',
  'temporarily-banned',
  'rate-limited'
]);

/** Whether the next owner of a session must continue the wait of the last one, and not connect at once. */
export function forbidsAttempt(reason: string | undefined): boolean {
  return reason !== undefined && HARMFUL.has(reason);
}

/** Failures in a row that make a reconnect loop. */
const LOOP_FAILURES = 5;

/** Whether enough connections in a row have failed to report it. */
export function isReconnectLoop(failures: number): boolean {
  return failures >= LOOP_FAILURES;
}

/** How long to wait before an attempt. */
export interface ReconnectTiming {
  /** The longest wait before the second attempt; it doubles with each failure. */
  readonly baseMs: number;
  readonly capMs: number;
  /** The same for contended credentials. */
  readonly contendedBaseMs: number;
  readonly contendedCapMs: number;
  /** The same where WhatsApp says that there were too many attempts. */
  readonly slowBaseMs: number;
  readonly slowCapMs: number;
  /** The same while the version is refused. */
  readonly outdatedBaseMs: number;
  readonly outdatedCapMs: number;
}

/** The wait before the next attempt: exponential with full jitter, so that many sessions that failed together do not come back together. `random` is in [0, 1). */
export function reconnectDelayMs(pace: ReconnectPace, failures: number, timing: ReconnectTiming, random: number): number {
  const exponential = (baseMs: number, capMs: number) => Math.min(capMs, baseMs * 2 ** Math.min(Math.max(failures, 1) - 1, 30));
  switch (pace) {
    case 'at-once':
      return 0;
    case 'backoff':
      return Math.round(random * exponential(timing.baseMs, timing.capMs));
    // Never soon: the other one must get the chance to be the only one.
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
