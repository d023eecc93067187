import type { PauseReason, WebhookFormatName } from '@wabus/contracts';

/** What an attempt means for its events. `dead`: trying again would bring the same answer. `pause`: nothing may be sent there any more. */
export type Verdict = { readonly kind: 'delivered' | 'retry' | 'dead' } | { readonly kind: 'pause'; readonly reason: PauseReason };

const DELIVERED: Verdict = { kind: 'delivered' };
const RETRY: Verdict = { kind: 'retry' };
const DEAD: Verdict = { kind: 'dead' };

/** Answers that refuse this very request, so that the same one would be refused again. */
const REFUSALS = new Set([400, 406, 411, 413, 414, 415, 422, 431]);

/**
 * The meaning of a response's status. 2xx: delivered. 410: the endpoint refuses all further events. A refusal of this request: dead at once. Everything else is
 * a state of the
 * endpoint that may pass: 401, 403 and 404 after a wrong deployment, 3xx since redirects are not followed, 408, 425, 429 and 5xx by their meaning.
 */
export function verdictOfStatus(status: number): Verdict {
  if (status >= 200 && status < 300) return DELIVERED;
  if (status === 410) return { kind: 'pause', reason: 'gone' };
  return REFUSALS.has(status) ? DEAD : RETRY;
}

/** Answers by which something before the program says that it is away or busy. The others are the program's own. */
const AWAY = new Set([401, 407, 408, 425, 429, 502, 503, 504]);
/** About half a minute. Evolution API (`WEBHOOK_RETRY_…` of its example.env): ten attempts, none after 400, 401, 403, 404 and 422; later events do not wait. */
const FOREIGN_ATTEMPTS = 6;

/**
 * How often an event is sent before it becomes a dead letter. A program of another gateway answers 404 or 500 to what it does not expect, each
 * time. As the order of a chat is kept here, one such event would hold up the chat until the last of the usual attempts.
 */
export function attemptsFor(status: number | null, { format, maxAttempts }: { format: WebhookFormatName; maxAttempts: number }): number {
  const isAnswered = status !== null && !AWAY.has(status);
  return format !== 'wabus' && isAnswered ? Math.min(FOREIGN_ATTEMPTS, maxAttempts) : maxAttempts;
}

/** The meaning of a missing response. A denied address stays denied until somebody changes it or the setting. */
export function verdictOfError(code: string): Verdict {
  return code === 'EGRESS_DENIED' ? { kind: 'pause', reason: 'egress-denied' } : RETRY;
}

/** What a `Retry-After` asks for in ms, in seconds or as a date; `null` when it asks for nothing that can be read. */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

export interface RetrySchedule {
  readonly retryBaseMs: number;
  readonly retryCapMs: number;
}

/**
 * How long to wait after failed attempt number `attempt` (from 1): doubling up to the cap, of which a random half is taken off, so that endpoints that failed
 * together are not tried together.
 */
export function retryDelayMs(attempt: number, { retryBaseMs, retryCapMs }: RetrySchedule, random: () => number = Math.random): number {
  const full = Math.min(retryCapMs, retryBaseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full * (1 - random() / 2));
}
