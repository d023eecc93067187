/** Headers of a delivery; the first three are those of Standard Webhooks. */
export const WEBHOOK_HEADERS = {
  /** Same for every attempt to deliver the same event to the same webhook. */
  id: 'webhook-id',
  /** Seconds since 1970 at which this attempt was signed. */
  timestamp: 'webhook-timestamp',
  /** `v1,` and the base64 HMAC-SHA256 of `<id>.<timestamp>.<body>`. */
  signature: 'webhook-signature',
  /** 1 for the first attempt. */
  attempt: 'webhook-attempt',
  idempotencyKey: 'idempotency-key'
} as const;

/** In which form a webhook gets its events: our own, or that of another program for bots that were written for it. */
export const WEBHOOK_FORMATS = ['wabus', 'cloud-api', 'waha', 'evolution'] as const;

export type WebhookFormatName = (typeof WEBHOOK_FORMATS)[number];

/**
 * What a webhook of the form `cloud-api` carries beside messages to the account and statuses: `echoes`, messages that were typed on a phone or sent in another way; `groups`, the messages of
 * groups; `edits`, edits and revocations. Older programs do not expect the last two.
 */
export const CLOUD_EXTRAS = ['echoes', 'groups', 'edits'] as const;

export type CloudExtra = (typeof CLOUD_EXTRAS)[number];

/** The event of a test delivery, instead of a name from the catalog. */
export const TEST_EVENT = 'webhook.test';

export const WEBHOOK_ID_PATTERN = /^wh_[A-Za-z0-9_-]{16,40}$/;

export function isWebhookId(value: unknown): value is string {
  return typeof value === 'string' && WEBHOOK_ID_PATTERN.test(value);
}

/** Definition of a webhook. */
export const webhookKey = (id: string): string => `webhook.${id}`;
/** The lease of an edge: renewed while it lives. */
export const edgeKey = (edge: string): string => `edge.${edge}`;
/** Which edge drains a webhook; the revision of this key is the epoch under which it writes. */
export const drainerKey = (id: string): string => `drainer.${id}`;
/** How far a webhook is. */
export const progressKey = (id: string): string => `progress.${id}`;
/** The last attempts to deliver. */
export const attemptsKey = (id: string): string => `attempts.${id}`;
/** An event that was given up on; `letter` is its place in the log. */
export const webhookDeadLetterKey = (id: string, letter: string): string => `dead.${id}.${letter}`;
/** Somebody wants a dead letter delivered after all. */
export const redriveKey = (id: string, letter: string): string => `redrive.${id}.${letter}`;

/** The parts of a key of two tokens, `null` when its kind is another. */
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
/** Visible ASCII, blanks and tabs: no line breaks, with which a value would become another header. */
const VALUE = /^[\t\x20-\x7e]{0,2048}$/;

/** What is wrong with a header that a webhook wants to send, `null` when nothing is. The value never appears in the answer. */
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
