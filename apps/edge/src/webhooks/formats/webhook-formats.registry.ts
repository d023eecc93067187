import { Injectable } from '@nestjs/common';
import type { LoggedEvent } from '@wabus/broker';
import { WabusError, type WebhookFormatName } from '@wabus/contracts';
import { webhookFormatOf, type WebhookRecord } from '../definition/webhook-record.policy.js';
import { WABUS_FORMAT } from './wabus-format.js';

/** One request of a delivery. */
export interface FormedRequest {
  readonly body: string;
  /** The target address, if it is not the URL of the webhook. The egress guard checks it in the same way. */
  readonly url?: string;
}

/** A request for which a format computes headers. `id` and `attempt` have the values of the Standard Webhooks headers, which every format sends as well. */
export interface RequestToSign {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
  readonly attempt: number;
}

/** A request that tests whether an endpoint accepts deliveries: a POST like any other, or a GET that the endpoint must answer with a given text. */
export type TestRequest = FormedRequest | { readonly get: string; readonly answer: string };

/** A test event: an envelope whose event name is not in the catalog. */
export interface TestEnvelope {
  readonly id: string;
  readonly session: string;
  readonly event: string;
  readonly data: object;
}

/** How a webhook expresses events. Position, order, retries and dead letters are the same in every format. */
export interface WebhookFormat {
  /** Returns what prevents a webhook from using this format, as the end of a sentence about the webhook, or `null` if nothing does. */
  readonly faultOf: (webhook: WebhookRecord) => string | null;
  /**
   * Returns the requests for events that are delivered together, which are sent in sequence. There are several only in bulk mode, and none
   * if the format does not express the events. The same events always yield the same requests. An error counts as a failed attempt.
   */
  readonly requestsOf: (
    webhook: WebhookRecord,
    events: readonly LoggedEvent[]
  ) => Promise<readonly FormedRequest[]> | readonly FormedRequest[];
  readonly testOf: (webhook: WebhookRecord, event: TestEnvelope) => TestRequest;
  /** Returns the additional headers of this format. */
  readonly headersOf?: (webhook: WebhookRecord, request: RequestToSign) => Readonly<Record<string, string>>;
}

/** The formats that this edge can send. Each room that defines a format registers it. */
@Injectable()
export class WebhookFormats {
  private readonly formats = new Map<WebhookFormatName, WebhookFormat>([['wabus', WABUS_FORMAT]]);

  add(name: WebhookFormatName, format: WebhookFormat): void {
    this.formats.set(name, format);
  }

  /** Returns the format of a webhook, or `null` if the format is disabled on this edge. */
  of(webhook: WebhookRecord): WebhookFormat | null {
    return this.formats.get(webhookFormatOf(webhook)) ?? null;
  }

  /**
   * Throws `INVALID_ARGUMENTS` if the webhook's format cannot send it. If the format is disabled, webhooks that already use it can still
   * be changed, for example paused.
   */
  check(webhook: WebhookRecord, before?: WebhookRecord): void {
    const [name, format] = [webhookFormatOf(webhook), this.of(webhook)];
    if (format === null && before !== undefined && webhookFormatOf(before) === name) return;
    const fault = format === null ? `"${name}" is not enabled on this edge` : format.faultOf(webhook);
    if (fault === null) return;
    throw new WabusError('INVALID_ARGUMENTS', { message: `Argument format: ${fault}.`, details: { fields: { format: [fault] } } });
  }
}
