import { requireBelow } from '../auth/limit.policy.js';
import type { WebhookRecord } from './definition/webhook.record.js';
import type { WebhookSettings } from './webhook.settings.js';

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
