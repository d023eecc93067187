import { createHmac, timingSafeEqual } from 'node:crypto';

/** A request as received. */
export interface SignedRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body before any parsing. */
  readonly body: Buffer;
  /** The current time in ms since 1970. */
  readonly now: number;
}

const TOLERANCE_SECONDS = 300;
const PREFIX = 'whsec_';

/** Whether a delivery was signed with the secret, as in Standard Webhooks, at most five minutes ago. */
export function isSigned(secret: string, { headers, body, now }: SignedRequest): boolean {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(name => headers[name]);
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') return false;
  if (!secret.startsWith(PREFIX) || !(Math.abs(now / 1000 - Number(timestamp)) < TOLERANCE_SECONDS)) return false;
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const expected = Buffer.from(`v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`);
  // There are several signatures while the secret is being replaced.
  return signatures.split(' ').some(each => Buffer.byteLength(each) === expected.length && timingSafeEqual(Buffer.from(each), expected));
}
