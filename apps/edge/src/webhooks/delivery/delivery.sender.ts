import { Injectable } from '@nestjs/common';
import type { LoggedEvent } from '@wabus/broker';
import { WabusError, WEBHOOK_HEADERS } from '@wabus/contracts';
import type { WebhookRecord } from '../definition/webhook.record.js';
import { Egress } from '../../egress/egress.js';
import { WebhookLimits } from '../webhook.limits.js';
import { encodeDelivery } from './delivery-body.codec.js';
import { deliveryId, sign } from './delivery.signature.js';
import { retryAfterMs, verdictOfError, verdictOfStatus, type Verdict } from './verdict.table.js';

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
