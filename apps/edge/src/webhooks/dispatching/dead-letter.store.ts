import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { KeyValueBuckets, type Change, type KeyValue, type LoggedEvent, type Watch } from '@wabus/broker';
import {
  WEBHOOKS_BUCKET,
  decodeJsonRecord,
  encodeJsonRecord,
  redriveKey,
  webhookDeadLetterKey,
  type EventName,
  type SessionId
} from '@wabus/contracts';
import type { AttemptResult } from '../delivery/delivery.sender.js';

/** An event that is no longer retried: the value of `dead.<webhook>.<sequence>`. The event itself stays in the log until it expires there. */
export interface WebhookDeadLetter {
  readonly sequence: number;
  readonly stream: string;
  readonly deliveryId: string;
  readonly session: SessionId;
  readonly event: EventName;
  readonly eventId: string;
  readonly attempts: number;
  readonly status: number | null;
  readonly error: string;
  /** ISO time. */
  readonly at: string;
}

export function deadLetterOf(
  event: LoggedEvent,
  { stream, attempts, result }: { stream: string; attempts: number; result: AttemptResult }
): WebhookDeadLetter {
  const { session, event: name, id } = event.facts;
  return {
    sequence: event.sequence,
    stream,
    deliveryId: result.deliveryId,
    session,
    event: name,
    eventId: id,
    attempts,
    status: result.status,
    error: result.error ?? 'given up',
    at: new Date().toISOString()
  };
}

/** The most dead letters kept per webhook. Beyond it, each new one replaces the oldest. */
export const MAX_DEAD_LETTERS = 1_000;

/** The dead letters of one webhook, by the sequences of their events. Pure. */
export class DeadLetterIndex {
  private readonly sequences: Set<number>;

  constructor(
    sequences: Iterable<number> = [],
    private readonly limit = MAX_DEAD_LETTERS
  ) {
    this.sequences = new Set(sequences);
  }

  /** Adds dead letters. Returns those to delete in exchange: the ones with the oldest events. */
  add(added: readonly number[]): number[] {
    for (const sequence of added) this.sequences.add(sequence);
    const beyond = this.sequences.size - this.limit;
    // Lanes progress at different speeds, so dead letters arrive out of order.
    const gone = beyond > 0 ? [...this.sequences].sort((a, b) => a - b).slice(0, beyond) : [];
    for (const sequence of gone) this.sequences.delete(sequence);
    return gone;
  }

  remove(sequence: number): void {
    this.sequences.delete(sequence);
  }
}

/** Stores dead letters and the requests to redrive them. Any edge accepts a request; the edge that dispatches the webhook serves it. */
@Injectable()
export class WebhookDeadLetterStore implements OnModuleInit, BeforeApplicationShutdown {
  private readonly bucket: KeyValue;
  private readonly requests = new Map<string, Set<string>>();
  private readonly listeners = new Set<() => void>();
  private watch: Watch | null = null;

  constructor(buckets: KeyValueBuckets) {
    this.bucket = buckets.bucket(WEBHOOKS_BUCKET);
  }

  async onModuleInit(): Promise<void> {
    this.watch = await this.bucket.watch(redriveKey('*', '*'), change => this.receive(change));
    await this.watch.ready;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.watch?.stop();
  }

  /** Calls the listener for every redrive request. */
  listen(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Returns the dead letters of a webhook for which a redrive is requested. */
  requested(webhook: string): string[] {
    return [...(this.requests.get(webhook) ?? [])];
  }

  async get(webhook: string, letter: string): Promise<WebhookDeadLetter | null> {
    const entry = await this.bucket.get(webhookDeadLetterKey(webhook, letter));
    return entry && decodeJsonRecord<WebhookDeadLetter>(entry.value);
  }

  /** Returns the dead letters of a webhook, oldest event first. */
  async list(webhook: string): Promise<WebhookDeadLetter[]> {
    const entries = await this.bucket.list(webhookDeadLetterKey(webhook, '*'));
    const letters = entries.flatMap(({ value }) => decodeJsonRecord<WebhookDeadLetter>(value) ?? []);
    return letters.sort((a, b) => a.sequence - b.sequence);
  }

  async requestRedrive(webhook: string, letter: string): Promise<void> {
    await this.bucket.put(redriveKey(webhook, letter), encodeJsonRecord({ at: new Date().toISOString() }));
  }

  private receive(change: Change): void {
    const [, webhook = '', letter = ''] = (change.kind === 'put' ? change.entry.key : change.key).split('.');
    const requests = this.requests.get(webhook) ?? new Set();
    if (change.kind === 'put') this.requests.set(webhook, requests.add(letter));
    else if (requests.delete(letter) && requests.size === 0) this.requests.delete(webhook);
    if (change.kind === 'put') for (const listener of this.listeners) listener();
  }
}
