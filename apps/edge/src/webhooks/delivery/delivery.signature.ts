import { createHash, createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/**
 * The value of `webhook-signature`, as in Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `<id>.<timestamp>.<body>` under the bytes that the
 * base64 of the secret stands for. `timestamp` in seconds.
 */
export function sign(secret: string, { id, timestamp, body }: { id: string; timestamp: number; body: string }): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64')}`;
}

/** The id of a delivery: the same whenever the same events go to the same webhook, so that a receiver recognises what it has. */
export function deliveryId(webhook: string, events: readonly { readonly session: string; readonly id: string }[]): string {
  const hash = createHash('sha256').update(webhook);
  for (const { session, id } of events) hash.update(`\n${session}\n${id}`);
  return `msg_${hash.digest('base64url').slice(0, 27)}`;
}
