import { createHash, createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { LoggedEvent } from '@wabus/broker';
import { encodeEnvelope, WEBHOOK_HEADERS, WabusError } from '@wabus/contracts';
import { Egress } from '../../egress/egress.js';
import type { WebhookRecord } from '../definition/webhook-record.policy.js';
import { WebhookLimits } from '../webhook-limits.js';
import { retryAfterMs, verdictOfError, verdictOfStatus, type Verdict } from './verdict.table.js';

/** The body of a delivery: an envelope, or `{"events": […]}` in bulk mode. */
export function encodeDelivery(events: readonly LoggedEvent[], bulk: boolean): string {
  return bulk ? `{"events":[${events.map(event => encodeEnvelope(event)).join(',')}]}` : encodeEnvelope(events[0]!);
}

const PREFIX = 'whsec_';

/**
 * The value of `webhook-signature`, as in Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `<id>.<timestamp>.<body>` under the bytes that the
 * base64 of the secret stands for. `timestamp` in seconds.
 */
export function sign(secret: string, { id, timestamp, body }: { id: string; timestamp: number; body: string }): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  // In two parts: joined, the body would be copied.
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}

/** The id of a delivery: the same whenever the same events go to the same webhook, so that a receiver recognises what it has. */
export function deliveryId(webhook: string, events: readonly { readonly session: string; readonly id: string }[]): string {
  const hash = createHash('sha256').update(webhook);
  for (const { session, id } of events) hash.update(`\n${session}\n${id}`);
  return `msg_${hash.digest('base64url').slice(0, 27)}`;
}

/** One attempt to deliver. */
export interface AttemptResult {
  readonly deliveryId: string;
  readonly verdict: Verdict;
  readonly status: number | null;
  /** Static text: what went wrong, `null` when nothing did. */
  readonly error: string | null;
  readonly durationMs: number;
  /** What the endpoint asks to wait for. */
  readonly retryAfterMs: number | null;
  /** It was given up by us, so it says nothing about the endpoint. */
  readonly aborted: boolean;
}

export interface Posting {
  readonly id: string;
  readonly body: string;
  /** From 1. */
  readonly attempt: number;
  readonly signal?: AbortSignal;
}

/** Signs deliveries and sends them through the egress guard. */
@Injectable()
export class DeliverySender {
  private readonly timeoutMs: number;

  constructor(
    private readonly egress: Egress,
    { settings }: WebhookLimits
  ) {
    this.timeoutMs = settings.timeoutMs;
  }

  /** Throws `EGRESS_DENIED` when deliveries to this address would not be let out. */
  check(url: string): Promise<void> {
    return this.egress.check(url);
  }

  /** Settles with what came of it; never rejects. */
  send(
    webhook: WebhookRecord,
    events: readonly LoggedEvent[],
    { attempt, signal }: Pick<Posting, 'attempt' | 'signal'>
  ): Promise<AttemptResult> {
    const id = deliveryId(
      webhook.id,
      events.map(({ facts }) => facts)
    );
    return this.post(webhook, { id, body: encodeDelivery(events, webhook.bulk !== null), attempt, signal });
  }

  /** Settles with what came of it; never rejects. */
  async post({ url, secret, headers }: WebhookRecord, { id, body, attempt, signal }: Posting): Promise<AttemptResult> {
    const timestamp = Math.floor(Date.now() / 1_000);
    const began = performance.now();
    const result = (rest: Omit<AttemptResult, 'deliveryId' | 'durationMs' | 'aborted'>): AttemptResult => ({
      deliveryId: id,
      durationMs: Math.round(performance.now() - began),
      aborted: signal?.aborted === true,
      ...rest
    });
    try {
      const response = await this.egress.fetch({
        url,
        method: 'POST',
        headers: {
          'user-agent': 'Wabus-Webhooks/1',
          ...headers,
          'content-type': 'application/json',
          [WEBHOOK_HEADERS.id]: id,
          [WEBHOOK_HEADERS.timestamp]: String(timestamp),
          [WEBHOOK_HEADERS.signature]: sign(secret, { id, timestamp, body }),
          [WEBHOOK_HEADERS.attempt]: String(attempt),
          [WEBHOOK_HEADERS.idempotencyKey]: id
        },
        body,
        timeoutMs: this.timeoutMs,
        // A redirect would take events, signature and headers somewhere the owner of the webhook has not named.
        redirects: 'refuse',
        response: 'none',
        signal
      });
      const { status } = response;
      const verdict = verdictOfStatus(status);
      const error = verdict.kind === 'delivered' ? null : `the endpoint answered ${status}`;
      return result({ verdict, status, error, retryAfterMs: retryAfterMs(response.headers['retry-after'], Date.now()) });
    } catch (thrown) {
      const error = WabusError.from(thrown);
      return result({ verdict: verdictOfError(error.code), status: null, error: error.message, retryAfterMs: null });
    }
  }
}
