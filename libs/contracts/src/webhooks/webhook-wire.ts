/** The headers of a delivery. The first three are those of Standard Webhooks. */
export const WEBHOOK_HEADERS = {
  /** The id of the delivery, which is the same for every attempt to deliver the same event to the same webhook. */
  id: 'webhook-id',
  /** When this attempt was signed, in seconds since 1970. */
  timestamp: 'webhook-timestamp',
  /** `v1,` followed by the base64 HMAC-SHA256 of `<id>.<timestamp>.<body>`. */
  signature: 'webhook-signature',
  /** The number of the attempt: 1 for the first. */
  attempt: 'webhook-attempt',
  idempotencyKey: 'idempotency-key'
} as const;

/** The formats in which a webhook delivers events: that of Wabus, or that of another program, for bots that were written for it. */
export const WEBHOOK_FORMATS = ['wabus', 'cloud-api', 'waha', 'evolution'] as const;

export type WebhookFormatName = (typeof WEBHOOK_FORMATS)[number];

/**
 * Additional content of webhooks with the format `cloud-api`, which otherwise deliver only messages to the account and statuses. `echoes`: messages typed on a
 * phone or sent in another way. `groups`: messages of groups. `edits`: edits and revocations. Older programs do not expect the last two.
 */
export const CLOUD_EXTRAS = ['echoes', 'groups', 'edits'] as const;

export type CloudExtra = (typeof CLOUD_EXTRAS)[number];

/** The event name of a test delivery. The catalog does not contain it. */
export const TEST_EVENT = 'webhook.test';

export const WEBHOOK_ID_PATTERN = /^wh_[A-Za-z0-9_-]{16,40}$/;

export function isWebhookId(value: unknown): value is string {
  return typeof value === 'string' && WEBHOOK_ID_PATTERN.test(value);
}

/** Returns the key of a webhook's definition. */
export const webhookKey = (id: string): string => `webhook.${id}`;
/** Returns the key of an edge's lease, which the edge renews while it is running. */
export const edgeKey = (edge: string): string => `edge.${edge}`;
/** Returns the key of the edge that drains a webhook. Its revision is the epoch under which that edge writes. */
export const drainerKey = (id: string): string => `drainer.${id}`;
/** Returns the key of a webhook's progress. */
export const progressKey = (id: string): string => `progress.${id}`;
/** Returns the key of the last attempts at deliveries. */
export const attemptsKey = (id: string): string => `attempts.${id}`;
/** Returns the key of a dead letter. `letter` is the event's position in the log. */
export const webhookDeadLetterKey = (id: string, letter: string): string => `dead.${id}.${letter}`;
/** Returns the key of a requested redrive. */
export const redriveKey = (id: string, letter: string): string => `redrive.${id}.${letter}`;

/** Returns the id in a key of two tokens; `null` if the key is of another kind. */
export function idInKey(kind: string, key: string): string | null {
  const [first, id, ...rest] = key.split('.');
  return first === kind && id !== undefined && rest.length === 0 ? id : null;
}

/** Headers that belong to the connection or that Wabus sets itself. */
const RESERVED = new Set([
  'host',
  'content-length',
  'content-type',
  'content-encoding',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'via',
  'forwarded',
  'idempotency-key'
]);

const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
/** Visible ASCII, spaces and tabs. Line breaks are excluded, because they would turn the value into another header. */
const VALUE = /^[\t\x20-\x7e]{0,2048}$/;

/** Returns the fault of a header that a webhook configures, as the end of a sentence; `null` if the header is valid. The result never contains the value. */
export function headerFault(name: string, value: unknown): string | null {
  if (!TOKEN.test(name)) return 'has a name that is not a header name';
  const lower = name.toLowerCase();
  if (RESERVED.has(lower) || lower.startsWith('webhook-') || lower.startsWith('x-forwarded-') || lower.startsWith('sec-')) {
    return `must not contain "${lower}": it is set by Wabus or belongs to the connection`;
  }
  if (typeof value !== 'string' || !VALUE.test(value))
    return `has a value for "${lower}" that is not a line of up to 2048 ASCII characters`;
  return null;
}
