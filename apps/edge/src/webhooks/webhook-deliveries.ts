import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { EventLog, type LoggedEvent } from '@wabus/broker';
import { decodeCursor, TEST_EVENT, WabusError, type AttemptView, type DeliveryView, type TestDelivery } from '@wabus/contracts';
import type { WebhookRecord } from './definition/webhook-record.policy.js';
import { deliveryId, deliveryIdOf, DeliverySender, type AttemptResult } from './delivery/delivery.sender.js';
import { WebhookDeadLetterStore } from './dispatching/dead-letter.store.js';
import { WebhookReports } from './webhook-reports.js';

/** The most characters of a body that are shown. */
const SHOWN_CHARACTERS = 65_536;

/** Single deliveries of a webhook: tests, and the deliveries of its latest attempts, as long as the log contains their events. */
@Injectable()
export class WebhookDeliveries {
  constructor(
    private readonly log: EventLog,
    private readonly reports: WebhookReports,
    private readonly letters: WebhookDeadLetterStore,
    private readonly sender: DeliverySender
  ) {}

  /**
   * Returns the attempts and the body of a delivery. Throws `NOT_FOUND`.
   * @param request the id of the delivery or of one of its requests
   */
  async view(webhook: WebhookRecord, request: string): Promise<DeliveryView> {
    const id = deliveryIdOf(request);
    const attempts = await this.attempts(webhook, id);
    const events = await this.events(webhook, attempts[0]!);
    // A format may express several events in separate requests.
    const body = events && (await this.sender.bodies(webhook, events)).join('\n');
    return {
      deliveryId: id,
      attempts,
      requestBody: body && body.slice(0, SHOWN_CHARACTERS),
      cut: body !== null && body.length > SHOWN_CHARACTERS
    };
  }

  /** Sends a delivery again now, under the same id. Throws `NOT_FOUND`, and `INVALID_REQUEST` for a dead letter, which must be redriven. */
  async retry(webhook: WebhookRecord, request: string): Promise<TestDelivery> {
    const id = deliveryIdOf(request);
    const letter = (await this.letters.list(webhook.id)).find(each => deliveryIdOf(each.deliveryId) === id);
    if (letter !== undefined)
      throw new WabusError('INVALID_REQUEST', {
        message: `This delivery is a dead letter: redrive it with POST …/dead-letters/${letter.sequence}/redrive.`,
        details: { letter: String(letter.sequence) }
      });
    const [last] = await this.attempts(webhook, id);
    const events = await this.events(webhook, last!);
    if (events === null)
      throw new WabusError('NOT_FOUND', {
        message: 'The event log no longer contains the events of this delivery, or the delivery contained too many events to list.'
      });
    const {
      verdict,
      deliveryId: sent,
      status,
      error,
      durationMs
    } = await this.sender.send(webhook, events, { attempt: last!.attempt + 1 });
    return { delivered: verdict.kind === 'delivered', deliveryId: sent, status, error, durationMs };
  }

  /**
   * Throws `INVALID_ARGUMENTS` if the webhook's format cannot send it.
   * @param before the webhook before the change
   */
  checkFormat(webhook: WebhookRecord, before?: WebhookRecord): void {
    this.sender.checkFormat(webhook, before);
  }

  /** Throws `EGRESS_DENIED` if deliveries to this address are not permitted. */
  check(url: string): Promise<void> {
    return this.sender.check(url);
  }

  /** Sends a signed test event and returns the endpoint's response. */
  async test(webhook: WebhookRecord): Promise<TestDelivery> {
    const testId = `msg_test_${randomBytes(9).toString('base64url')}`;
    const session = webhook.sessions?.[0] ?? 'test';
    const data = { webhook: webhook.id };
    const event = { id: testId, session, event: TEST_EVENT, cursor: '', at: new Date().toISOString(), epoch: 0, schemaVersion: 1, data };
    return outcomeOf(await this.sender.test(webhook, event));
  }

  /** Returns the attempts of a delivery, newest first. Throws `NOT_FOUND` if there are none. */
  private async attempts({ id: webhook }: WebhookRecord, id: string): Promise<AttemptView[]> {
    const attempts = (await this.reports.attempts(webhook)).filter(attempt => deliveryIdOf(attempt.deliveryId) === id);
    if (attempts.length === 0) throw new WabusError('NOT_FOUND', { message: 'This webhook has no recent attempt with this id.' });
    return attempts;
  }

  /** Returns exactly the events of an attempt from the log, or `null` if one of them is missing. */
  private async events({ id }: WebhookRecord, { cursors, deliveryId: delivery }: AttemptView): Promise<LoggedEvent[] | null> {
    const places = (cursors ?? []).map(cursor => decodeCursor(cursor));
    const stream = decodeCursor(await this.log.end())?.stream;
    if (places.length === 0 || places.some(place => place === null || place.stream !== stream)) return null;
    const pages = await Promise.all(places.map(place => this.log.page(place!.sequence - 1, {}, { maxEvents: 1, maxBytes: 1 })));
    const events = pages.flatMap(page => page.events.slice(0, 1));
    return events.length === places.length &&
      deliveryId(
        id,
        events.map(({ facts }) => facts)
      ) === deliveryIdOf(delivery)
      ? events
      : null;
  }
}

function outcomeOf({ verdict, deliveryId: id, status, error, durationMs }: AttemptResult): TestDelivery {
  return { delivered: verdict.kind === 'delivered', deliveryId: id, status, error, durationMs };
}
