import type { WebhookView } from '@wabus/contracts';

/** What people call a webhook: its note, else the host it sends to. */
export function webhookName({ description, url }: Pick<WebhookView, 'description' | 'url'>): string {
  return description === null || description === '' ? new URL(url).host : description;
}
