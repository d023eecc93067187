import { WabusError } from '@wabus/contracts';
import type { WebhookSettings } from './webhook.settings.js';

/** The settings of webhooks, injectable, and the limits they set to requests. */
export class WebhookLimits {
  constructor(readonly settings: WebhookSettings) {}

  /** Throws `INVALID_REQUEST` when there are as many webhooks as there may be. */
  requireRoom(existing: number): void {
    const { maxWebhooks } = this.settings;
    if (existing >= maxWebhooks) {
      throw new WabusError('INVALID_REQUEST', {
        message: `There may not be more than ${maxWebhooks} webhooks.`,
        details: { limit: maxWebhooks }
      });
    }
  }
}
