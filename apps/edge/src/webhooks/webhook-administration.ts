import { Injectable } from '@nestjs/common';
import { EventLog, type LogPlace } from '@wabus/broker';
import {
  CreateWebhookRequest,
  RedriveRequest,
  UpdateWebhookRequest,
  WabusError,
  isWebhookId,
  parseBody,
  type AttemptView,
  type ChangedWebhook,
  type CreatedWebhook,
  type DeadLetterView,
  type DeliveryView,
  type TestDelivery,
  type WebhookView
} from '@wabus/contracts';
import { creatorOf } from '../auth/creator.policy.js';
import type { Principal } from '../auth/principal.js';
import { adoptedWebhook, editWebhook, newWebhook, type WebhookRecord } from './definition/webhook-record.policy.js';
import { authoriseWebhooks, isVisibleOn, type RouteSession } from './definition/webhook-view.policy.js';
import { WebhookSessions } from './definition/webhook-sessions.js';
import { WebhookStore } from './definition/webhook.store.js';
import { WebhookDeadLetterStore } from './dispatching/dead-letter.store.js';
import { WebhookDeliveries } from './webhook-deliveries.js';
import { WebhookReports } from './webhook-reports.js';

/** The principal of a request, and the route on which it arrived. */
export interface Caller {
  readonly principal: Principal;
  readonly routeSession: RouteSession;
}

/** Creates, changes and shows webhooks for all routes. Every method throws `FORBIDDEN`; methods about one webhook also throw `NOT_FOUND`. */
@Injectable()
export class WebhookAdministration {
  constructor(
    private readonly log: EventLog,
    private readonly store: WebhookStore,
    private readonly letters: WebhookDeadLetterStore,
    private readonly sessions: WebhookSessions,
    private readonly reports: WebhookReports,
    private readonly deliveries: WebhookDeliveries
  ) {}

  async list(caller: Caller): Promise<WebhookView[]> {
    return Promise.all(this.records(caller).map(record => this.reports.view(record)));
  }

  /**
   * Creates a webhook. Only this response contains the secret. Throws `INVALID_ARGUMENTS`, `INVALID_REQUEST` (`since`), `EGRESS_DENIED`,
   * `UNKNOWN_SESSION`, `LIMIT_REACHED`.
   */
  async create({ principal, routeSession }: Caller, body: unknown): Promise<CreatedWebhook> {
    const { record, place } = await this.admit({ principal, routeSession }, body);
    await this.store.create(record);
    return { ...(await this.reports.view(record)), ...truncatedPart(place), secret: record.secret };
  }

  /** Checks a request to create a webhook. Throws the errors of `create`, apart from `LIMIT_REACHED`. */
  async check(caller: Caller, body: unknown): Promise<void> {
    await this.admit(caller, body);
  }

  /** Returns webhooks with their secrets, oldest first. For use within the edge, never for a response. */
  records({ principal, routeSession }: Caller): WebhookRecord[] {
    authoriseWebhooks(principal, routeSession);
    return this.store.all().flatMap(({ record }) => (isVisibleOn(routeSession, record) ? [record] : []));
  }

  async get(caller: Caller, id: string): Promise<WebhookView> {
    return this.reports.view(await this.find(caller, id));
  }

  /**
   * Changes a webhook. If it is taken over, or resumed after its token was removed, it then belongs to the caller. Throws
   * `INVALID_ARGUMENTS`, `INVALID_REQUEST` (`since`), `EGRESS_DENIED`.
   */
  async update(caller: Caller, id: string, body: unknown): Promise<ChangedWebhook> {
    const before = await this.find(caller, id);
    const request = parseBody(UpdateWebhookRequest, body);
    if (request.url !== undefined) await this.deliveries.check(request.url);
    const place = request.since == null ? undefined : await this.placeOf(request.since);
    const by = creatorOf(caller.principal);
    // This must come first: once the webhook is resumed, the first accepted event ends the series of refusals.
    if (before.paused === 'refusing' && request.paused === false) await this.redriveRefused(id);
    const edited = await this.store.edit(id, record => {
      const isAdopted = request.takeOver === true || (request.paused === false && this.store.isOrphan(record));
      const adopted = isAdopted ? adoptedWebhook(record, by) : record;
      const after = editWebhook(adopted, request, { now: new Date(), by, start: place?.cursor });
      this.deliveries.checkFormat(after, record);
      return after;
    });
    return { ...(await this.reports.view(edited)), ...truncatedPart(place) };
  }

  async delete(caller: Caller, id: string): Promise<void> {
    await this.find(caller, id);
    await this.store.delete(id);
  }

  /** Returns the dead letters of a webhook, oldest first. */
  async deadLetters(caller: Caller, id: string): Promise<DeadLetterView[]> {
    await this.find(caller, id);
    return this.reports.deadLetters(id);
  }

  /** Requests a redrive of the named dead letters, or of all. Returns how many will be redriven. The list of dead letters shows the outcome. */
  async redrive(caller: Caller, id: string, body: unknown): Promise<number> {
    await this.find(caller, id);
    const { letters } = parseBody(RedriveRequest, body ?? {});
    const known = new Set((await this.letters.list(id)).map(({ sequence }) => String(sequence)));
    const unknown = letters?.filter(letter => !known.has(letter)) ?? [];
    if (unknown.length > 0)
      throw new WabusError('NOT_FOUND', {
        message: 'Some of these dead letters do not exist; `details.unknown` lists their ids.',
        details: { unknown }
      });
    const requested = letters ?? [...known];
    await Promise.all(requested.map(letter => this.letters.requestRedrive(id, letter)));
    return requested.length;
  }

  /** Returns the latest attempts, newest first. */
  async attempts(caller: Caller, id: string): Promise<AttemptView[]> {
    await this.find(caller, id);
    return this.reports.attempts(id);
  }

  /** Returns the content and the outcome of a delivery. */
  async delivery(caller: Caller, id: string, delivery: string): Promise<DeliveryView> {
    return this.deliveries.view(await this.find(caller, id), delivery);
  }

  /** Sends a delivery again. Throws `INVALID_REQUEST` for a dead letter. */
  async retry(caller: Caller, id: string, delivery: string): Promise<TestDelivery> {
    return this.deliveries.retry(await this.find(caller, id), delivery);
  }

  /** Sends a signed test event and returns the endpoint's response. */
  async test(caller: Caller, id: string): Promise<TestDelivery> {
    return this.deliveries.test(await this.find(caller, id));
  }

  /** Redrives everything that the endpoint has refused since it started to refuse all events. */
  private async redriveRefused(id: string): Promise<void> {
    const since = await this.reports.refusedSince(id);
    if (since === null) return;
    const refused = (await this.letters.list(id)).filter(({ at, status }) => status !== null && at >= since);
    await Promise.all(refused.map(({ sequence }) => this.letters.requestRedrive(id, String(sequence))));
  }

  private async admit(
    { principal, routeSession }: Caller,
    body: unknown
  ): Promise<{ record: WebhookRecord; place: Pick<LogPlace, 'truncated'> }> {
    authoriseWebhooks(principal, routeSession);
    const request = parseBody(CreateWebhookRequest, body);
    const { cursor: start, ...place } = await this.placeOf(request.since);
    const record = newWebhook(request, routeSession, { now: new Date(), by: creatorOf(principal), start });
    this.deliveries.checkFormat(record);
    await this.deliveries.check(record.url);
    if (routeSession !== null) await this.sessions.require(routeSession);
    return { record, place };
  }

  private async find({ principal, routeSession }: Caller, id: string): Promise<WebhookRecord> {
    authoriseWebhooks(principal, routeSession);
    const record = isWebhookId(id) ? await this.store.find(id) : null;
    if (record === null || !isVisibleOn(routeSession, record))
      throw new WabusError('NOT_FOUND', { message: 'There is no webhook with this id.' });
    return record;
  }

  private async placeOf(since: string | null | undefined): Promise<Pick<LogPlace, 'cursor' | 'truncated'>> {
    return since == null ? { cursor: await this.log.end() } : this.log.locate(since);
  }
}

/** Returns the part of the requested past that the log no longer contains, for the response. */
function truncatedPart(place: Pick<LogPlace, 'truncated'> | undefined): Pick<LogPlace, 'truncated'> {
  return place?.truncated ? { truncated: place.truncated } : {};
}
