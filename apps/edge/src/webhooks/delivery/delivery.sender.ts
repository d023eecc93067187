import { createHash, createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { LoggedEvent } from '@wabus/broker';
import { encodeEnvelope, WEBHOOK_HEADERS, WabusError, type AttemptAnswer } from '@wabus/contracts';
import { Egress } from '../../egress/egress.js';
import { secretsOf, type WebhookRecord } from '../definition/webhook-record.policy.js';
import { WebhookLimits } from '../webhook-limits.js';
import { retryAfterMs, verdictOfError, verdictOfStatus, type Verdict } from './verdict.table.js';

/** The body of a delivery: an envelope, or `{"events": […]}` in bulk mode. */
export function encodeDelivery(events: readonly LoggedEvent[], bulk: boolean): string {
  return bulk ? `{"events":[${events.map(event => encodeEnvelope(event)).join(',')}]}` : encodeEnvelope(events[0]!);
}

const PREFIX = 'whsec_';
const ANSWER_BYTES = 2_048;
const HIDDEN = '(hidden)';

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
  /** Headers of the request; values that the webhook's owner gave are hidden. */
  readonly request: Readonly<Record<string, string>>;
  /** What the endpoint answered; the text, cut short, unless it took the delivery. */
  readonly answer: AttemptAnswer | null;
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
  async post(webhook: WebhookRecord, { id, body, attempt, signal }: Posting): Promise<AttemptResult> {
    const { url, headers: given, timeoutMs } = webhook;
    const timestamp = Math.floor(Date.now() / 1_000);
    const began = performance.now();
    const signatures = secretsOf(webhook, new Date()).map(secret => sign(secret, { id, timestamp, body }));
    const own = {
      'content-type': 'application/json',
      [WEBHOOK_HEADERS.id]: id,
      [WEBHOOK_HEADERS.timestamp]: String(timestamp),
      [WEBHOOK_HEADERS.signature]: signatures.join(' '),
      [WEBHOOK_HEADERS.attempt]: String(attempt),
      [WEBHOOK_HEADERS.idempotencyKey]: id
    };
    const result = (rest: Pick<AttemptResult, 'verdict' | 'status' | 'error' | 'retryAfterMs' | 'answer'>): AttemptResult => ({
      deliveryId: id,
      durationMs: Math.round(performance.now() - began),
      aborted: signal?.aborted === true,
      request: { ...AGENT, ...hidden(given), ...own },
      ...rest
    });
    try {
      const response = await this.egress.fetch({
        url,
        method: 'POST',
        headers: { ...AGENT, ...given, ...own },
        body,
        timeoutMs: timeoutMs ?? this.timeoutMs,
        // A redirect would take events, signature and headers somewhere the owner of the webhook has not named.
        redirects: 'refuse',
        response: { refusalBytes: ANSWER_BYTES },
        signal
      });
      const { status, headers } = response;
      const verdict = verdictOfStatus(status);
      const error = verdict.kind === 'delivered' ? null : `the endpoint answered ${status}`;
      const answer = { headers: shown(headers), body: new TextDecoder().decode(response.body) };
      return result({ verdict, status, error, retryAfterMs: retryAfterMs(headers['retry-after'], Date.now()), answer });
    } catch (thrown) {
      const error = WabusError.from(thrown);
      return result({ verdict: verdictOfError(error.code), status: null, error: error.message, retryAfterMs: null, answer: null });
    }
  }
}

/** What is kept of a response's headers: fifty attempts have to fit into one record. */
const SHOWN = { headers: 24, nameChars: 64, valueChars: 200 };

function shown(headers: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(headers).filter(([name]) => name !== 'set-cookie');
  return Object.fromEntries(
    entries.slice(0, SHOWN.headers).map(([name, value]) => [name.slice(0, SHOWN.nameChars), value.slice(0, SHOWN.valueChars)])
  );
}

const AGENT = { 'user-agent': 'Wabus-Webhooks/1' };

const hidden = (headers: WebhookRecord['headers']): Record<string, string> =>
  Object.fromEntries(Object.keys(headers).map(name => [name, HIDDEN]));
