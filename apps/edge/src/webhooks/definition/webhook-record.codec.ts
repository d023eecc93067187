import { decodeJsonRecord, isWebhookId } from '@wabus/contracts';
import type { WebhookRecord } from './webhook.record.js';

/** The record in the value of a `webhook.<id>` key, `null` when it is none. */
export function decodeWebhook(value: Uint8Array): WebhookRecord | null {
  const record = decodeJsonRecord<Partial<WebhookRecord>>(value);
  const valid =
    isWebhookId(record?.id) && typeof record.url === 'string' && typeof record.secret === 'string' && Array.isArray(record.events);
  return valid && typeof record.start?.cursor === 'string' ? (record as WebhookRecord) : null;
}
