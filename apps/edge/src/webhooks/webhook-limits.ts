import { requireBelow } from '../auth/share.limiter.js';
import type { WebhookRecord } from './definition/webhook-record.policy.js';

/** Times and limits of webhooks; times in ms. */
export interface WebhookSettings {
  /** For one attempt as a whole. */
  readonly timeoutMs: number;
  /** After this many failed attempts an event is a dead letter. */
  readonly maxAttempts: number;
  readonly retryBaseMs: number;
  readonly retryCapMs: number;
  /** Failed attempts in a row, over all sessions, that open the breaker. */
  readonly breakerFailures: number;
  /** Events refused in a row that pause a webhook; 0 for never. */
  readonly pauseAfterRefusals: number;
  /** Deliveries of one webhook under way at once. */
  readonly parallel: number;
  /** An edge that has not renewed its lease for this long has lost its webhooks. */
  readonly leaseMs: number;
  /** Webhooks of the whole installation. */
  readonly maxWebhooks: number;
  /** That one token has made. */
  readonly maxWebhooksPerToken: number;
}

/** The settings of webhooks, injectable, and the limits they set to requests. */
export class WebhookLimits {
  constructor(readonly settings: WebhookSettings) {}

  /** Throws `LIMIT_REACHED` when the token, or all together, have as many webhooks as they may. */
  requireRoom({ creator }: WebhookRecord, existing: readonly WebhookRecord[]): void {
    const { maxWebhooks, maxWebhooksPerToken } = this.settings;
    const own = existing.filter(other => other.creator !== undefined && other.creator.id === creator?.id);
    requireBelow({ most: maxWebhooksPerToken, of: 'webhooks of one token', setting: 'WABUS_WEBHOOK_LIMIT_PER_TOKEN' }, own.length);
    requireBelow({ most: maxWebhooks, of: 'webhooks', setting: 'WABUS_WEBHOOK_LIMIT' }, existing.length);
  }
}
