import { Injectable } from '@nestjs/common';
import { KeyValueBuckets, type KeyValue } from '@wabus/broker';
import {
  attemptsKey,
  type AttemptView,
  type DeadLetterView,
  decodeJsonRecord,
  drainerKey,
  progressKey,
  steadyNow,
  WEBHOOKS_BUCKET,
  type WebhookView
} from '@wabus/contracts';
import type { WebhookRecord } from './definition/webhook-record.policy.js';
import { webhookViewOf } from './definition/webhook-view.policy.js';
import { WebhookStore } from './definition/webhook.store.js';
import { WebhookDeadLetterStore } from './dispatching/dead-letter.store.js';
import type { WebhookProgress } from './dispatching/progress.policy.js';

const DEAD_LETTERS_SHOWN = 1_000;

/** The data that users see of webhooks, read from what the dispatching edges have written. */
@Injectable()
export class WebhookReports {
  private readonly bucket: KeyValue;

  constructor(
    buckets: KeyValueBuckets,
    private readonly letters: WebhookDeadLetterStore,
    private readonly store: WebhookStore
  ) {
    this.bucket = buckets.bucket(WEBHOOKS_BUCKET);
  }

  async view(record: WebhookRecord): Promise<WebhookView> {
    const [progress, assignment] = await Promise.all([this.bucket.get(progressKey(record.id)), this.bucket.get(drainerKey(record.id))]);
    const edge = assignment && decodeJsonRecord(assignment.value)?.['edge'];
    return webhookViewOf(record, {
      progress: progress && decodeJsonRecord<WebhookProgress>(progress.value),
      edge: typeof edge === 'string' ? edge : null,
      orphan: this.store.isOrphan(record),
      now: steadyNow()
    });
  }

  /** Returns the ISO time since which the endpoint has refused every event, or `null` if it accepted the last one. */
  async refusedSince(id: string): Promise<string | null> {
    const entry = await this.bucket.get(progressKey(id));
    return (entry && decodeJsonRecord<WebhookProgress>(entry.value)?.refusals?.since) ?? null;
  }

  /** Returns the latest delivery attempts, newest first. */
  async attempts(id: string): Promise<AttemptView[]> {
    const entry = await this.bucket.get(attemptsKey(id));
    return (entry && decodeJsonRecord<{ attempts?: AttemptView[] }>(entry.value)?.attempts) ?? [];
  }

  /** Returns the dead letters of a webhook, oldest event first. */
  async deadLetters(id: string): Promise<DeadLetterView[]> {
    const requested = new Set(this.letters.requested(id));
    const letters = (await this.letters.list(id)).slice(0, DEAD_LETTERS_SHOWN);
    return letters.map(({ sequence, deliveryId, session, event, eventId, attempts, status, error, at }) => {
      const letter = String(sequence);
      return { id: letter, deliveryId, session, event, eventId, attempts, status, error, at, redriving: requested.has(letter) };
    });
  }
}
