import { isWebhookId } from '@wabus/contracts';
import type { WebhookRecord } from './webhook.record.js';

export function encodeJsonValue(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), 'utf8');
}

/** The object in a value, `null` when it is none. */
export function decodeJsonValue(value: Uint8Array): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(value).toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

export function encodeWebhook(record: WebhookRecord): Uint8Array {
  return encodeJsonValue(record);
}

/** The record in the value of a `webhook.<id>` key, `null` when it is none. */
export function decodeWebhook(value: Uint8Array): WebhookRecord | null {
  const record = decodeJsonValue(value) as Partial<WebhookRecord> | null;
  const valid =
    isWebhookId(record?.id) && typeof record.url === 'string' && typeof record.secret === 'string' && Array.isArray(record.events);
  return valid && typeof record.start?.cursor === 'string' ? (record as WebhookRecord) : null;
}
