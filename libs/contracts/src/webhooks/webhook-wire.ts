/** Headers of a delivery; the first three are those of Standard Webhooks. */
export const WEBHOOK_HEADERS = {
  /** Same for every attempt to deliver the same event to the same webhook. */
  id: 'webhook-id',
  /** Seconds since 1970 at which this attempt was signed. */
  timestamp: 'webhook-timestamp',
  /** `v1,` and the base64 HMAC-SHA256 of `<id>.<timestamp>.<body>`. */
  signature: 'webhook-signature',
  /** 1 for the first attempt. */
  attempt: 'webhook-attempt',
  idempotencyKey: 'idempotency-key'
} as const;

/** The event of a test delivery, in place of a name from the catalog. */
export const TEST_EVENT = 'webhook.test';
