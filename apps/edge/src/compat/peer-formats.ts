import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { LoggedEvent } from '@wabus/broker';
import type { SessionStatusRecord } from '@wabus/contracts';
import { renderQr } from '../commands-out/qr.renderer.js';
import { SessionRegistryStore } from '../commands-out/session.registry.store.js';
import { KnownPeople } from '../read-models/reading/known-people.js';
import type { WebhookRecord } from '../webhooks/definition/webhook-record.policy.js';
import { WebhookFormats, type FormedRequest, type WebhookFormat } from '../webhooks/formats/webhook-formats.registry.js';
import { CompatSettings } from './compat.settings.js';
import type { PeerEvent } from './compat.types.js';
import { evolutionDeliveries } from './evolution/evolution-event.codec.js';
import { objectOf } from './peer-fields.policy.js';
import { openLids, withNumbers } from './peer-lids.policy.js';
import { wahaBodies } from './waha/waha-event.codec.js';
import { wahaMe } from './waha/waha-session.codec.js';

const NO_BULK = 'has no bulk mode: set bulk to null';

/** Registers the webhook formats of the gateways whose programs this edge serves. */
@Injectable()
export class PeerFormats {
  constructor(
    private readonly settings: CompatSettings,
    private readonly registry: SessionRegistryStore,
    private readonly people: KnownPeople,
    formats: WebhookFormats
  ) {
    if (settings.peers.includes('waha')) formats.add('waha', this.waha());
    if (settings.peers.includes('evolution')) formats.add('evolution', this.evolution());
  }

  private waha(): WebhookFormat {
    return {
      faultOf: ({ bulk }) => (bulk === null ? null : NO_BULK),
      requestsOf: async (webhook, events) => {
        const requests: FormedRequest[] = [];
        for (const event of events) {
          const context = {
            baseUrl: this.settings.baseUrl,
            events: webhook.formatOptions?.events ?? ['*'],
            me: await this.accountOf(event)
          };
          for (const body of wahaBodies(await this.translatable(event), { ...context, me: wahaMe(context.me ?? null) }))
            requests.push({ body: JSON.stringify(body) });
        }
        return requests;
      },
      testOf: (_webhook, { id, session, event, data }) => ({
        body: JSON.stringify({ id, timestamp: Date.now(), event, session, payload: data })
      }),
      headersOf: wahaHeaders
    };
  }

  private evolution(): WebhookFormat {
    return {
      faultOf: ({ bulk }) => (bulk === null ? null : NO_BULK),
      requestsOf: async (webhook, events) => {
        const requests: FormedRequest[] = [];
        for (const event of events) {
          const { events: wanted = null, byEvents = false } = webhook.formatOptions ?? {};
          const translated = await this.translatable(event);
          const account = (await this.accountOf(event))?.id ?? null;
          const { baseUrl } = this.settings;
          const context = { url: webhook.url, baseUrl, events: wanted, byEvents, account, qrPicture: await qrPictureOf(translated) };
          for (const { url, body } of evolutionDeliveries(translated, context)) requests.push({ url, body: JSON.stringify(body) });
        }
        return requests;
      },
      testOf: ({ url }, { session, event, data }) => ({
        body: JSON.stringify({ event, instance: session, data, destination: url, date_time: new Date().toISOString(), apikey: null })
      })
    };
  }

  /**
   * Returns the event with the numbers of people whom it names by LID alone, because a program recognizes a message by having the same id in all its events.
   */
  private async translatable({ facts, body, cursor }: LoggedEvent): Promise<PeerEvent> {
    const data = JSON.parse(body) as unknown;
    const lids = openLids(data);
    if (lids.length === 0) return { facts, cursor, data };
    const numbers = await Promise.all(lids.map(async lid => [lid, await this.people.otherOf(facts.session, lid)] as const));
    const known = numbers.filter((pair): pair is [string, string] => pair[1] !== null);
    return { facts, cursor, data: withNumbers(data, new Map(known)) };
  }

  /** Returns the account of a session, as far as this edge knows it. */
  private async accountOf({ facts: { session } }: LoggedEvent): Promise<SessionStatusRecord['account'] | undefined> {
    try {
      return (await this.registry.session(session)).status?.account;
    } catch {
      // The last events of a session are delivered after it is deleted.
      return undefined;
    }
  }
}

/** Returns the QR code as a picture, which programs show unchanged. */
async function qrPictureOf({ facts: { event }, data }: PeerEvent): Promise<string | null> {
  const { qr } = objectOf(data);
  return event === 'auth.qr' && typeof qr === 'string' ? renderQr(qr, 'png') : null;
}

/** Signs like WAHA: the SHA-512 HMAC of the body alone. */
function wahaHeaders(
  { formatOptions }: WebhookRecord,
  { id, timestamp, body }: { id: string; timestamp: number; body: string }
): Record<string, string> {
  const key = formatOptions?.hmacKey;
  const signature: Record<string, string> =
    key === undefined
      ? {}
      : { 'x-webhook-hmac': createHmac('sha512', key).update(body).digest('hex'), 'x-webhook-hmac-algorithm': 'sha512' };
  return { 'x-webhook-request-id': id, 'x-webhook-timestamp': String(timestamp * 1_000), ...signature };
}
