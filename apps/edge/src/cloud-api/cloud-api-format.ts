import { createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { LoggedEvent } from '@wabus/broker';
import { WabusError, type SessionId } from '@wabus/contracts';
import { SessionRegistryStore } from '../commands-out/session.registry.store.js';
import { KnownPeople } from '../read-models/reading/known-people.js';
import { extrasOf, type WebhookRecord } from '../webhooks/definition/webhook-record.policy.js';
import {
  WebhookFormats,
  type FormedRequest,
  type RequestToSign,
  type TestRequest,
  type WebhookFormat
} from '../webhooks/formats/webhook-formats.registry.js';
import { CLOUD_EVENTS, cloudBody, cloudChanges, unpairedPeople } from './cloud-event.policy.js';

/** Returns the value of `X-Hub-Signature-256`: the HMAC-SHA256 of the body under the app secret. */
export const hubSignature = (appSecret: string, body: string): string =>
  `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;

/** The webhook format of Meta's Cloud API. */
@Injectable()
export class CloudApiFormat implements WebhookFormat {
  constructor(
    formats: WebhookFormats,
    private readonly people: KnownPeople,
    private readonly registry: SessionRegistryStore
  ) {
    formats.add('cloud-api', this);
  }

  faultOf = ({ appSecret, bulk }: WebhookRecord): string | null => {
    if (appSecret === undefined) return '"cloud-api" needs appSecret, which the program uses to check the signature';
    return bulk === null ? null : '"cloud-api" has no bulk mode, because programs read only the first message of a request';
  };

  /** Throws `BROKER_UNAVAILABLE`. */
  requestsOf = async (webhook: WebhookRecord, events: readonly LoggedEvent[]): Promise<readonly FormedRequest[]> => {
    const requests = await Promise.all(events.map(event => this.bodiesOf(webhook, event)));
    return requests.flat();
  };

  testOf = ({ url, verifyToken }: WebhookRecord): TestRequest => {
    if (verifyToken == null) return { body: cloudTestBody() };
    const answer = String(randomBytes(4).readUInt32BE());
    const address = new URL(url);
    address.searchParams.set('hub.mode', 'subscribe');
    address.searchParams.set('hub.verify_token', verifyToken);
    address.searchParams.set('hub.challenge', answer);
    return { get: address.href, answer };
  };

  headersOf = ({ appSecret }: WebhookRecord, { body }: RequestToSign): Record<string, string> =>
    appSecret === undefined ? {} : { 'x-hub-signature-256': hubSignature(appSecret, body) };

  private async bodiesOf(webhook: WebhookRecord, { facts, body, cursor }: LoggedEvent): Promise<FormedRequest[]> {
    const { event, session, at } = facts;
    if (!CLOUD_EVENTS.has(event)) return [];
    const payload = JSON.parse(body) as unknown;
    const [account, others] = await Promise.all([this.accountOf(session), this.othersOf(session, unpairedPeople(event, payload))]);
    const otherOf = (jid: string): string | null => others.get(jid) ?? null;
    const changes = cloudChanges({ session, event, cursor, at, payload, account, extras: new Set(extrasOf(webhook)), otherOf });
    return changes.map(change => ({ body: cloudBody(session, change) }));
  }

  private async accountOf(session: SessionId): Promise<string[]> {
    try {
      const account = (await this.registry.status(session))?.account;
      return [account?.id, account?.lid].filter(jid => typeof jid === 'string');
    } catch (error) {
      // The session is being deleted. Its last events are still delivered.
      if (error instanceof WabusError && error.code === 'UNKNOWN_SESSION') return [];
      throw error;
    }
  }

  private async othersOf(session: SessionId, people: readonly string[]): Promise<Map<string, string>> {
    const pairs = await Promise.all(people.map(async jid => [jid, await this.people.otherOf(session, jid)] as const));
    return new Map(pairs.filter((pair): pair is readonly [string, string] => pair[1] !== null));
  }
}

/** Returns a request body without content, for an endpoint that only needs to respond. */
const cloudTestBody = (): string => JSON.stringify({ object: 'whatsapp_business_account', entry: [] });
