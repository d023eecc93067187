import { Injectable } from '@nestjs/common';
import { KeyValueBuckets, type KeyValue } from '@wabus/broker';
import {
  WEBHOOKS_BUCKET,
  attemptsKey,
  decodeCursor,
  decodeJsonRecord,
  drainerKey,
  progressKey,
  webhookDeadLetterKey,
  type AttemptView
} from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import { orderOf, type WebhookRecord } from '../definition/webhook-record.policy.js';
import { DeliverySender } from '../delivery/delivery.sender.js';
import { WebhookLimits } from '../webhook-limits.js';
import { DeadLetterIndex } from './dead-letter.store.js';
import { resumed, type WebhookProgress } from './progress.policy.js';
import { WebhookDispatcher, type DispatcherContext } from './webhook.dispatcher.js';
import { AttemptLog, WebhookMeters } from './webhook-meters.js';
import { WebhookSources } from './webhook.source.js';

/** The owner of a webhook, as its dispatcher sees it. */
export type DispatcherOwner = Pick<DispatcherContext, 'mayAct' | 'lost' | 'pause'>;

/** Creates dispatchers that continue where the previous edge stopped. */
@Injectable()
export class DispatcherFactory {
  private readonly bucket: KeyValue;
  private readonly logger: Logger;

  constructor(
    buckets: KeyValueBuckets,
    private readonly sources: WebhookSources,
    private readonly sender: DeliverySender,
    private readonly limits: WebhookLimits,
    private readonly meters: WebhookMeters,
    log: Log
  ) {
    this.bucket = buckets.bucket(WEBHOOKS_BUCKET);
    this.logger = log.for('webhooks');
  }

  /** Resolves with a started dispatcher, or with `null` if this edge may no longer dispatch the webhook. Throws `BROKER_UNAVAILABLE`. */
  async begin(webhook: WebhookRecord, epoch: number, owner: DispatcherOwner): Promise<WebhookDispatcher | null> {
    const { id, start } = webhook;
    const [last, attempts, dead, { stream }] = await Promise.all([
      this.bucket.get(progressKey(id)),
      this.bucket.get(attemptsKey(id)),
      this.bucket.list(webhookDeadLetterKey(id, '*')),
      this.sources.end()
    ]);
    const position = decodeCursor(start.cursor);
    const progress = resumed(last && decodeJsonRecord<WebhookProgress>(last.value), {
      generation: start.generation,
      stream,
      start: position?.stream === stream ? position.sequence : 0,
      bulk: webhook.bulk !== null,
      order: orderOf(webhook)
    });
    const seen = attempts && decodeJsonRecord<{ attempts?: AttemptView[] }>(attempts.value)?.attempts;
    const letters = new DeadLetterIndex(dead.map(({ key }) => Number(key.split('.').at(-1))));
    if (!owner.mayAct()) return null;
    const { bucket, sender, meters, logger } = this;
    return new WebhookDispatcher(
      { webhook, progress, attempts: new AttemptLog(seen ?? []), letters, fence: { key: drainerKey(id), revision: epoch } },
      { source: this.sources.of(webhook), bucket, sender, meters, logger, settings: this.limits.settings, ...owner }
    );
  }
}
