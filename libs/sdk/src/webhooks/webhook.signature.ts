import { WabusError } from '../errors/wabus.error.js';
import type { AnyEvent } from '../events/event-envelope.js';

/** A delivery of a webhook, as received. */
export interface WebhookRequest {
  /** The secret that was returned when the webhook was created: `whsec_…`. Pass several secrets while it is being replaced. */
  readonly secret: string | readonly string[];
  /** The headers of the request: a `Headers` object, or the headers of a Node.js request. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body as received, before any parsing. */
  readonly body: string | Uint8Array | ArrayBuffer;
  /** The maximum difference between the two clocks plus the age of the delivery, in seconds. Default: 300. */
  readonly toleranceSeconds?: number;
  /** The current time in ms since 1970. Default: the clock. */
  readonly now?: number;
}

/** A delivery with a valid signature. */
export interface VerifiedWebhook {
  /** The id of the delivery, which is the same for every attempt to deliver the same event: skip those that you have already handled. */
  readonly id: string;
  /** The number of the attempt: 1 for the first. */
  readonly attempt: number;
  /** The events: one, or several in bulk mode; none for the test event `webhook.test`. */
  readonly events: AnyEvent[];
  /** The parsed body. */
  readonly body: unknown;
}

/**
 * Verifies that a delivery was signed with the secret (HMAC-SHA256, compared in constant time) and is recent, so that nobody can forge or replay one. Rejects
 * with `BAD_SIGNATURE`, where `details.reason` is `missing-header`, `too-old`, `mismatch`, `not-json` or `bad-secret`. Answer with status 401, except for
 * `bad-secret`, which means that the configured secret is malformed.
 */
export async function verifyWebhook(request: WebhookRequest): Promise<VerifiedWebhook> {
  const { secret, headers, body, toleranceSeconds = 300, now = Date.now() } = request;
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(name => headerOf(headers, name));
  if (!id || !timestamp || !signatures) throw refusal('missing-header');
  if (!(Math.abs(now / 1000 - Number(timestamp)) <= toleranceSeconds)) throw refusal('too-old');
  const content = bytesOf(body);
  const signed = joined(new TextEncoder().encode(`${id}.${timestamp}.`), content);
  const given = signatures
    .split(' ')
    .flatMap(signature => (signature.startsWith('v1,') ? [fromBase64(signature.slice(3)) ?? new Uint8Array()] : []));
  const keys = await Promise.all([secret].flat().map(importKey));
  const checks = keys.flatMap(key => given.map(signature => crypto.subtle.verify('HMAC', key, signature, signed)));
  if (!(await Promise.all(checks)).includes(true)) throw refusal('mismatch');
  const parsed = parse(new TextDecoder().decode(content));
  return { id, attempt: Number(headerOf(headers, 'webhook-attempt') ?? 1), events: eventsOf(parsed), body: parsed };
}

function headerOf(headers: WebhookRequest['headers'], name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const key = Object.keys(headers).find(candidate => candidate.toLowerCase() === name);
  const value = key === undefined ? undefined : headers[key];
  return typeof value === 'string' ? value : value?.[0];
}

function importKey(secret: string): Promise<CryptoKey> {
  const key = secret.startsWith('whsec_') ? fromBase64(secret.slice('whsec_'.length)) : null;
  if (key === null || key.length === 0) throw refusal('bad-secret');
  return crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), character => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function bytesOf(body: WebhookRequest['body']): Uint8Array {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  return body instanceof Uint8Array ? body : new Uint8Array(body);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal('not-json');
  }
}

/** Returns the events in the text of a body whose signature was verified. */
export function eventsOfBody(text: string): AnyEvent[] {
  return eventsOf(parse(text));
}

function eventsOf(body: unknown): AnyEvent[] {
  const { events, event } = (typeof body === 'object' && body !== null ? body : {}) as { events?: unknown; event?: unknown };
  if (Array.isArray(events)) return events as AnyEvent[];
  return typeof event === 'string' && event !== 'webhook.test' ? [body as AnyEvent] : [];
}

function refusal(reason: string): WabusError {
  return new WabusError('BAD_SIGNATURE', { details: { reason } });
}
