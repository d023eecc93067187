import { Injectable } from '@nestjs/common';
import type { LoggedEvent } from '@wabus/broker';
import { WabusError, type WebhookFormatName } from '@wabus/contracts';
import { webhookFormatOf, type WebhookRecord } from '../definition/webhook-record.policy.js';
import { WABUS_FORMAT } from './wabus-format.js';

/** One request of a delivery. */
export interface FormedRequest {
  readonly body: string;
  /** Where it goes, when that is not the address of the webhook. The egress guard judges it likewise. */
  readonly url?: string;
}

/** A request about to be sent, for its headers. `id` and `attempt` as in the headers of Standard Webhooks, which every form has besides. */
export interface RequestToSign {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
  readonly attempt: number;
}

/** Asks an endpoint whether it takes deliveries: by a POST like any other, or by a GET that has to be answered with a text. */
export type TestRequest = FormedRequest | { readonly get: string; readonly answer: string };

/** A test event: an envelope with a name that is not in the catalog. */
export interface TestEnvelope {
  readonly id: string;
  readonly session: string;
  readonly event: string;
  readonly data: object;
}

/** How a webhook says what happened. Position, order, repetition and dead letters are the same in every form. */
export interface WebhookFormat {
  /** What a webhook of this form must not be or lacks, as the end of a sentence about it; `null` when nothing. */
  readonly faultOf: (webhook: WebhookRecord) => string | null;
  /**
   * The requests for events that are delivered together, several only in bulk mode: one after the other, none when the form has no words for them. The same events give the same requests.
   * What it throws counts as a failed attempt.
   */
  readonly requestsOf: (
    webhook: WebhookRecord,
    events: readonly LoggedEvent[]
  ) => Promise<readonly FormedRequest[]> | readonly FormedRequest[];
  readonly testOf: (webhook: WebhookRecord, event: TestEnvelope) => TestRequest;
  /** Headers that this form has besides. */
  readonly headersOf?: (webhook: WebhookRecord, request: RequestToSign) => Readonly<Record<string, string>>;
}

/** The forms that this edge can send. Each room that has one adds it. */
@Injectable()
export class WebhookFormats {
  private readonly formats = new Map<WebhookFormatName, WebhookFormat>([['wabus', WABUS_FORMAT]]);

  add(name: WebhookFormatName, format: WebhookFormat): void {
    this.formats.set(name, format);
  }

  /** The form of a webhook; `null` when this edge is set to do without it. */
  of(webhook: WebhookRecord): WebhookFormat | null {
    return this.formats.get(webhookFormatOf(webhook)) ?? null;
  }

  /** Throws `INVALID_ARGUMENTS` when a webhook cannot be sent in its form. An edge without a form changes webhooks that have it already, as to pause them. */
  check(webhook: WebhookRecord, before?: WebhookRecord): void {
    const [name, format] = [webhookFormatOf(webhook), this.of(webhook)];
    if (format === null && before !== undefined && webhookFormatOf(before) === name) return;
    const fault = format === null ? `"${name}" is not enabled on this edge` : format.faultOf(webhook);
    if (fault === null) return;
    throw new WabusError('INVALID_ARGUMENTS', { message: `Argument format: ${fault}.`, details: { fields: { format: [fault] } } });
  }
}
