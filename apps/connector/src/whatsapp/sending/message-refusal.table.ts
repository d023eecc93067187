/** What a refusal of a message says about another attempt. */
export interface MessageRefusal {
  /** The same message may be taken later. */
  readonly retryable: boolean;
  /** Not before; `null`: no wait is known to help, or no attempt does. */
  readonly waitMs: number | null;
}

const MINUTE_MS = 60_000;
const FINAL: MessageRefusal = { retryable: false, waitMs: null };

/**
 * The codes in an `<ack class="message" error>`. The waits that the service expects are not known; these are from reports.
 * - 400, 405: the stanza is not as it should be (whatsapp-rust PR 731). 400 at times is taken later (whatsmeow 1149), but a wrong namespace never is
 * - 403: some people, fine after one or two hours (whatsmeow 679)
 * - 429, with the text `rate-overlimit`: too fast
 * - 463: restricted, or without a token; each attempt counts as one more (fazer-ai PR 341)
 * - 479: devices or sessions are stale, cured by fresh ones (whatsmeow 690, 922); ours are forgotten when it comes
 * - 500, 503: the service itself
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

/** Other codes are taken for final. */
export function messageRefusal(code: number): MessageRefusal {
  return REFUSALS[code] ?? FINAL;
}

/** The code in the `error` of an ack, which may be a text. */
export function ackCode(error: string): number {
  return error === 'rate-overlimit' ? 429 : Number(error);
}
