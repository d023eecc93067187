import { createHash, createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { LoggedEvent } from '@wabus/broker';
import { WEBHOOK_HEADERS, WabusError, type AttemptAnswer } from '@wabus/contracts';
import { STAGES, tracing, type Span, type StageEnd } from '@wabus/runtime/tracing';
import { Egress } from '../../egress/egress.js';
import { webhookFormatOf, secretsOf, type WebhookRecord } from '../definition/webhook-record.policy.js';
import { WebhookFormats, type FormedRequest, type TestEnvelope, type WebhookFormat } from '../formats/webhook-formats.registry.js';
import { WebhookLimits } from '../webhook-limits.js';
import { retryAfterMs, verdictOfError, verdictOfStatus, type Verdict } from './verdict.table.js';

const PREFIX = 'whsec_';
const ANSWER_BYTES = 2_048;
/** The most bytes read of the response to a challenge: instead of the expected text, an endpoint may return a whole page. */
const PAGE_BYTES = 262_144;
const HIDDEN = '(hidden)';

/**
 * Returns the value of `webhook-signature` as in Standard Webhooks: `v1,` and the base64 HMAC-SHA256 of `<id>.<timestamp>.<body>`. The key
 * is the decoded base64 part of the secret. `timestamp` is in seconds.
 */
export function sign(secret: string, { id, timestamp, body }: { id: string; timestamp: number; body: string }): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  // Two updates avoid a copy of the body.
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}

/** Returns the id of a delivery. It is the same whenever the same events go to the same webhook, so that a receiver recognizes repeated deliveries. */
export function deliveryId(webhook: string, events: readonly { readonly session: string; readonly id: string }[]): string {
  const hash = createHash('sha256').update(webhook);
  for (const { session, id } of events) hash.update(`\n${session}\n${id}`);
  return `msg_${hash.digest('base64url').slice(0, 27)}`;
}

/** If a delivery consists of several requests, each request after the first has an id of its own. */
const requestId = (delivery: string, index: number): string => (index === 0 ? delivery : `${delivery}.${index}`);

/** Returns the id of the delivery to which a request with this id belongs. */
export const deliveryIdOf = (request: string): string => request.replace(/\.\d+$/, '');

/** The outcome of one delivery attempt. */
export interface AttemptResult {
  readonly deliveryId: string;
  readonly verdict: Verdict;
  readonly status: number | null;
  /** Static text that describes the error, or `null` if there was none. */
  readonly error: string | null;
  readonly durationMs: number;
  /** The delay that the endpoint requested. */
  readonly retryAfterMs: number | null;
  /**
   * The headers of the request; values that the webhook's owner configured are hidden. `null` if nothing was sent, because the format does
   * not express these events or is not available now.
   */
  readonly request: Readonly<Record<string, string>> | null;
  /** The response of the endpoint. Unless the endpoint accepted the delivery, this includes the truncated body. */
  readonly answer: AttemptAnswer | null;
  /** The edge aborted the attempt, so the outcome reveals nothing about the endpoint. */
  readonly aborted: boolean;
}

/** The number of an attempt, and the signal that aborts it. */
export interface AttemptFacts {
  /** Starts at 1. */
  readonly attempt: number;
  readonly signal?: AbortSignal;
}

interface Posting extends AttemptFacts, FormedRequest {
  /** The trace context of the attempt for the receiver, or `undefined` if tracing is off. */
  readonly traceparent?: string | undefined;
  readonly id: string;
  readonly format: WebhookFormat;
}

function attemptSpan(events: readonly LoggedEvent[], attempt: number): Span {
  const [first, ...further] = events.map(({ facts }) => facts);
  const links = further.flatMap(({ traceparent }) => traceparent ?? []);
  return tracing.begin(STAGES.webhook(first!, attempt, links), first!.traceparent);
}

function attemptEnd(result: AttemptResult | null): StageEnd {
  if (result === null) return {};
  const status = result.status ?? undefined;
  return result.verdict.kind === 'delivered' ? { status } : { status, error: status === undefined ? 'unreachable' : String(status) };
}

const NOTHING_TO_SEND = {
  verdict: { kind: 'delivered' },
  status: null,
  error: null,
  durationMs: 0,
  retryAfterMs: null,
  request: null,
  answer: null,
  aborted: false
} as const;

/** Signs deliveries and sends them through the egress guard. */
@Injectable()
export class DeliverySender {
  private readonly timeoutMs: number;

  constructor(
    private readonly egress: Egress,
    private readonly formats: WebhookFormats,
    { settings }: WebhookLimits
  ) {
    this.timeoutMs = settings.timeoutMs;
  }

  /** Throws `EGRESS_DENIED` if deliveries to this address are not permitted. */
  check(url: string): Promise<void> {
    return this.egress.check(url);
  }

  /**
   * Throws `INVALID_ARGUMENTS` if the webhook's format cannot send it.
   * @param before the webhook before the change
   */
  checkFormat(webhook: WebhookRecord, before?: WebhookRecord): void {
    this.formats.check(webhook, before);
  }

  /**
   * Returns the request bodies of a delivery of these events in the webhook's format. The list is empty if the format does not express the
   * events or is not enabled. Throws the errors of the format.
   */
  async bodies(webhook: WebhookRecord, events: readonly LoggedEvent[]): Promise<readonly string[]> {
    const requests = await this.formats.of(webhook)?.requestsOf(webhook, events);
    return (requests ?? []).map(({ body }) => body);
  }

  /**
   * Resolves with the outcome and never rejects. If a delivery has several requests, the first failed one determines the outcome. The
   * requests after it are sent only if the endpoint refused it.
   */
  async send(webhook: WebhookRecord, events: readonly LoggedEvent[], { attempt, signal }: AttemptFacts): Promise<AttemptResult> {
    const id = deliveryId(
      webhook.id,
      events.map(({ facts }) => facts)
    );
    const unsent = { ...NOTHING_TO_SEND, deliveryId: id };
    const span = tracing.isOn ? attemptSpan(events, attempt) : null;
    let last: AttemptResult | null = null;
    try {
      const format = this.formats.of(webhook);
      if (format === null)
        return { ...unsent, verdict: { kind: 'retry' }, error: `the format ${webhookFormatOf(webhook)} is not enabled on this edge` };
      const requests = await format.requestsOf(webhook, events);
      let outcome: AttemptResult | null = null;
      for (const [index, request] of requests.entries()) {
        const posted = await this.post(webhook, {
          ...request,
          id: requestId(id, index),
          format,
          attempt,
          signal,
          traceparent: span?.traceparent
        });
        const result = { ...posted, deliveryId: id };
        last = result;
        if (outcome === null || outcome.verdict.kind === 'delivered') outcome = result;
        if (result.aborted || (result.verdict.kind !== 'delivered' && result.verdict.kind !== 'dead')) return result;
      }
      return outcome ?? unsent;
    } catch (thrown) {
      return { ...unsent, verdict: { kind: 'retry' }, error: WabusError.from(thrown).message };
    } finally {
      span?.end(attemptEnd(last));
    }
  }

  /** Sends a test event. Resolves with the outcome and never rejects. */
  async test(webhook: WebhookRecord, event: TestEnvelope): Promise<AttemptResult> {
    const unsent = { ...NOTHING_TO_SEND, deliveryId: event.id };
    const format = this.formats.of(webhook);
    if (format === null)
      return { ...unsent, verdict: { kind: 'retry' }, error: `the format ${webhookFormatOf(webhook)} is not enabled on this edge` };
    const request = format.testOf(webhook, event);
    return 'get' in request
      ? this.ask(webhook, { ...request, id: event.id })
      : this.post(webhook, { ...request, id: event.id, format, attempt: 1 });
  }

  /** Requests a text from the endpoint, by which the endpoint proves that it recognizes the webhook. */
  private async ask(
    webhook: WebhookRecord,
    { id, get, answer: wanted }: { id: string; get: string; answer: string }
  ): Promise<AttemptResult> {
    const began = performance.now();
    const asked = { ...NOTHING_TO_SEND, deliveryId: id, request: { ...AGENT, ...hidden(webhook.headers) } };
    const duration = (): number => Math.round(performance.now() - began);
    try {
      const headers = { ...AGENT, ...webhook.headers };
      const timeoutMs = webhook.timeoutMs ?? this.timeoutMs;
      const response = await this.egress.fetch({
        url: get,
        method: 'GET',
        headers,
        timeoutMs,
        redirects: 'refuse',
        response: { maxBytes: PAGE_BYTES }
      });
      const { status } = response;
      const isRight = status >= 200 && status < 300 && new TextDecoder().decode(response.body).trim() === wanted;
      if (isRight) return { ...asked, status, durationMs: duration() };
      const error =
        status < 200 || status >= 300
          ? `the endpoint answered with status ${status}`
          : 'the endpoint did not return the challenge that it received';
      return { ...asked, verdict: { kind: 'retry' }, status, error, durationMs: duration() };
    } catch (thrown) {
      const error = WabusError.from(thrown);
      return { ...asked, verdict: verdictOfError(error.code), error: error.message, durationMs: duration() };
    }
  }

  private async post(webhook: WebhookRecord, { id, format, attempt, signal, traceparent, ...request }: Posting): Promise<AttemptResult> {
    const { headers: given, timeoutMs } = webhook;
    const { body, url = webhook.url } = request;
    const timestamp = Math.floor(Date.now() / 1_000);
    const began = performance.now();
    const signatures = secretsOf(webhook, new Date()).map(secret => sign(secret, { id, timestamp, body }));
    const own = {
      'content-type': 'application/json',
      ...format.headersOf?.(webhook, { id, timestamp, body, attempt }),
      [WEBHOOK_HEADERS.id]: id,
      [WEBHOOK_HEADERS.timestamp]: String(timestamp),
      [WEBHOOK_HEADERS.signature]: signatures.join(' '),
      [WEBHOOK_HEADERS.attempt]: String(attempt),
      [WEBHOOK_HEADERS.idempotencyKey]: id,
      ...(traceparent === undefined ? {} : { traceparent })
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
        // A redirect would send events, signature and headers to an address that the owner of the webhook has not configured.
        redirects: 'refuse',
        response: { refusalBytes: ANSWER_BYTES },
        signal
      });
      const { status, headers } = response;
      const verdict = verdictOfStatus(status);
      const error = verdict.kind === 'delivered' ? null : `the endpoint answered with status ${status}`;
      const answer = { headers: shown(headers), body: new TextDecoder().decode(response.body) };
      return result({ verdict, status, error, retryAfterMs: retryAfterMs(headers['retry-after'], Date.now()), answer });
    } catch (thrown) {
      const error = WabusError.from(thrown);
      return result({ verdict: verdictOfError(error.code), status: null, error: error.message, retryAfterMs: null, answer: null });
    }
  }
}

/** Limits for the stored response headers: 50 attempts must fit into one record. */
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
