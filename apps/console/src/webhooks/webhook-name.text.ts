import type { WebhookView } from '@wabus/contracts';

/** Returns the display name of a webhook: its description, otherwise the host that it sends to. */
export function webhookName({ description, url }: Pick<WebhookView, 'description' | 'url'>): string {
  return description === null || description === '' ? new URL(url).host : description;
}
