import type { WebhookRecord } from '../webhooks/definition/webhook-record.policy.js';
import { given, isJsonObject, wrongField } from './peer-fields.policy.js';

/** What peers and Wabus show instead of a secret. A program that writes it back keeps the stored secret. */
export const STORED_SECRET = '***';

/** A webhook that a program of a peer sets, in the fields of Wabus. */
export interface WantedWebhook {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly formatOptions?: object;
  readonly [field: string]: unknown;
}

/** Webhooks with `before` are changed and keep their position; the others are new. */
export interface WebhookPlan {
  readonly wanted: readonly { readonly webhook: WantedWebhook; readonly before: WebhookRecord | null }[];
  readonly gone: readonly WebhookRecord[];
}

/** Plans the change. Each wanted webhook replaces the existing one with the same URL, or else one of the remaining ones, in order. */
export function planWebhooks(before: readonly WebhookRecord[], wanted: readonly WantedWebhook[]): WebhookPlan {
  const left = [...before];
  const take = (at: number): WebhookRecord | null => (at < 0 ? null : (left.splice(at, 1)[0] ?? null));
  const byAddress = wanted.map(({ url }) => take(left.findIndex(one => one.url === url)));
  const matched = byAddress.map(found => found ?? take(0));
  return { wanted: wanted.map((webhook, i) => ({ webhook: withStored(webhook, matched[i]!), before: matched[i]! })), gone: left };
}

/** Returns the webhook with the stored secrets filled in. Throws `INVALID_ARGUMENTS` if there is no stored secret. */
function withStored(webhook: WantedWebhook, before: WebhookRecord | null): WantedWebhook {
  const stored = new Map(Object.entries(before?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const headers = Object.entries(webhook.headers ?? {}).map(([name, value]) => [name, kept(name, value, stored.get(name.toLowerCase()))]);
  const { formatOptions } = webhook;
  const key = isJsonObject(formatOptions) ? formatOptions['hmacKey'] : undefined;
  const hmacKey = typeof key === 'string' ? kept('hmac.key', key, before?.formatOptions?.hmacKey) : key;
  return {
    ...webhook,
    ...(webhook.headers === undefined ? {} : { headers: Object.fromEntries(headers) as Record<string, string> }),
    ...(formatOptions === undefined ? {} : { formatOptions: { ...formatOptions, ...given({ hmacKey }) } })
  };
}

function kept(name: string, value: string, stored: string | undefined): string {
  if (value !== STORED_SECRET) return value;
  if (stored === undefined) throw wrongField(name, `must be a value: ${STORED_SECRET} stands for a stored one, but none is stored`);
  return stored;
}
