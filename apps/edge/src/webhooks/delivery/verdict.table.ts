import type { PauseReason, WebhookFormatName } from '@wabus/contracts';

/**
 * The consequence of an attempt for its events. `dead`: another attempt would get the same response. `pause`: nothing may be sent to the endpoint any more.
 */
export type Verdict = { readonly kind: 'delivered' | 'retry' | 'dead' } | { readonly kind: 'pause'; readonly reason: PauseReason };

const DELIVERED: Verdict = { kind: 'delivered' };
const RETRY: Verdict = { kind: 'retry' };
const DEAD: Verdict = { kind: 'dead' };

/** Statuses that refuse this particular request: the same request would be refused again. */
const REFUSALS = new Set([400, 406, 411, 413, 414, 415, 422, 431]);

/**
 * Returns the verdict for a response status. 2xx: delivered. 410: the endpoint refuses all further events. A refusal of this request: dead
 * at once. All other statuses are states of the endpoint that may pass: 401, 403 and 404 after a faulty deployment, 3xx because redirects
 * are not followed, 408, 425, 429 and 5xx by definition.
 */
export function verdictOfStatus(status: number): Verdict {
  if (status >= 200 && status < 300) return DELIVERED;
  if (status === 410) return { kind: 'pause', reason: 'gone' };
  return REFUSALS.has(status) ? DEAD : RETRY;
}

/** Statuses with which a component in front of the program reports that the program is unavailable or busy. All others come from the program. */
const AWAY = new Set([401, 407, 408, 425, 429, 502, 503, 504]);
/** Takes about 30 s. Evolution API (`WEBHOOK_RETRY_…` of its example.env): ten attempts, none after 400, 401, 403, 404 and 422; later events do not wait. */
const FOREIGN_ATTEMPTS = 6;

/**
 * Returns how often an event is sent before it becomes a dead letter. A program written for another gateway responds with 404 or 500 to each event that it
 * does not expect, every time. Because Wabus keeps the order of a chat, one such event would block the chat until the last of the usual attempts.
 */
export function attemptsFor(status: number | null, { format, maxAttempts }: { format: WebhookFormatName; maxAttempts: number }): number {
  const isAnswered = status !== null && !AWAY.has(status);
  return format !== 'wabus' && isAnswered ? Math.min(FOREIGN_ATTEMPTS, maxAttempts) : maxAttempts;
}

/** Returns the verdict for a missing response. A denied address stays denied until the address or the setting changes. */
export function verdictOfError(code: string): Verdict {
  return code === 'EGRESS_DENIED' ? { kind: 'pause', reason: 'egress-denied' } : RETRY;
}

/** Parses `Retry-After`, in seconds or as a date, into ms. Returns `null` if it is missing or invalid. */
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
 * Returns the delay in ms after failed attempt number `attempt` (from 1). The delay doubles up to the cap. Up to half of it is subtracted
 * at random, so that endpoints that failed at the same time are not tried at the same time.
 */
export function retryDelayMs(attempt: number, { retryBaseMs, retryCapMs }: RetrySchedule, random: () => number = Math.random): number {
  const full = Math.min(retryCapMs, retryBaseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full * (1 - random() / 2));
}
