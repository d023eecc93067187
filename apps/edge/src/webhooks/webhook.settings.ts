/** Times and limits of webhooks; times in ms. */
export interface WebhookSettings {
  /** For one attempt as a whole. */
  readonly timeoutMs: number;
  /** After so many failed attempts an event is a dead letter. */
  readonly maxAttempts: number;
  readonly retryBaseMs: number;
  readonly retryCapMs: number;
  /** Failed attempts in a row, over all sessions, that open the breaker. */
  readonly breakerFailures: number;
  /** Sessions that one webhook delivers for at once. */
  readonly parallel: number;
  /** An edge that has not renewed its lease for so long has lost its webhooks. */
  readonly leaseMs: number;
  /** Webhooks of the whole installation. */
  readonly maxWebhooks: number;
  /** That one token has made. */
  readonly maxWebhooksPerToken: number;
}
