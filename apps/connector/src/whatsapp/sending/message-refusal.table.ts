/** The consequences of a message's refusal for another attempt. */
export interface MessageRefusal {
  /** Whether WhatsApp may accept the same message later. */
  readonly retryable: boolean;
  /** The minimum wait before another attempt; `null` if no wait is known to help, or no attempt can succeed. */
  readonly waitMs: number | null;
}

const MINUTE_MS = 60_000;
const FINAL: MessageRefusal = { retryable: false, waitMs: null };

/**
 * The codes in an `<ack class="message" error>`. The waits that WhatsApp expects are unknown; these are based on reports.
 * - 400, 405: the stanza is invalid (whatsapp-rust PR 731). After 400, a message is sometimes accepted later (whatsmeow 1149), but never in a wrong namespace
 * - 403: for some people, resolved after one or two hours (whatsmeow 679)
 * - 429, with the text `rate-overlimit`: too many messages in a short time
 * - 463: the account is restricted or lacks a token; each attempt counts against it (fazer-ai PR 341)
 * - 479: devices or sessions are stale; fresh ones solve it (whatsmeow 690, 922), so ours are forgotten on this code
 * - 500, 503: a failure of WhatsApp's server
 */
const REFUSALS: Readonly<Record<number, MessageRefusal>> = {
  400: FINAL,
  403: { retryable: true, waitMs: 60 * MINUTE_MS },
  405: FINAL,
  429: { retryable: true, waitMs: MINUTE_MS },
  463: FINAL,
  479: { retryable: true, waitMs: 1_000 },
  500: { retryable: true, waitMs: 10_000 },
  503: { retryable: true, waitMs: 10_000 }
};

/** Returns the consequences of a code; an unknown code is final. */
export function messageRefusal(code: number): MessageRefusal {
  return REFUSALS[code] ?? FINAL;
}

/** Returns the code for the `error` of an ack, which may be a text. */
export function ackCode(error: string): number {
  return error === 'rate-overlimit' ? 429 : Number(error);
}
