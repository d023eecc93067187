import { requireBelow } from '../auth/share.limiter.js';
import type { WebhookRecord } from './definition/webhook-record.policy.js';

/** Times and limits of webhooks. Times are in ms. */
export interface WebhookSettings {
  /** The time limit of a whole attempt. */
  readonly timeoutMs: number;
  /** After this many failed attempts, an event becomes a dead letter. */
  readonly maxAttempts: number;
  readonly retryBaseMs: number;
  readonly retryCapMs: number;
  /** Consecutive failed attempts, over all sessions, that open the breaker. */
  readonly breakerFailures: number;
  /** Consecutive refused events after which a webhook is paused; 0 for never. */
  readonly pauseAfterRefusals: number;
  /** The most concurrent deliveries of one webhook. */
  readonly parallel: number;
  /** An edge that has not renewed its lease for this long loses its webhooks. */
  readonly leaseMs: number;
  /** The most webhooks of the installation. */
  readonly maxWebhooks: number;
  /** The most webhooks that one token may create. */
  readonly maxWebhooksPerToken: number;
}

/** The settings of webhooks, injectable, and the limits that they set for requests. */
export class WebhookLimits {
  constructor(readonly settings: WebhookSettings) {}

  /** Throws `LIMIT_REACHED` if the token or the installation has reached its maximum number of webhooks. */
  requireRoom({ creator }: WebhookRecord, existing: readonly WebhookRecord[]): void {
    const { maxWebhooks, maxWebhooksPerToken } = this.settings;
    const own = existing.filter(other => other.creator !== undefined && other.creator.id === creator?.id);
    requireBelow({ most: maxWebhooksPerToken, of: 'webhooks of one token', setting: 'WABUS_WEBHOOK_LIMIT_PER_TOKEN' }, own.length);
    requireBelow({ most: maxWebhooks, of: 'webhooks', setting: 'WABUS_WEBHOOK_LIMIT' }, existing.length);
  }
}
