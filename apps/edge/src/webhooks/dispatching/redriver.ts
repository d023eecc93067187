import { Semaphore, type LoggedEvent } from '@wabus/broker';
import { encodeJsonRecord, redriveKey, webhookDeadLetterKey } from '@wabus/contracts';
import type { WebhookRecord } from '../definition/webhook-record.policy.js';
import type { AttemptResult } from '../delivery/delivery.sender.js';
import { deadLetterOf, type WebhookDeadLetter, type DeadLetterIndex } from './dead-letter.store.js';
import type { FencedWriter } from './fenced.writer.js';
import type { DispatcherContext } from './webhook.dispatcher.js';

/** A delivery attempt and its outcome, as shown in the history of a webhook. */
export interface NotedAttempt {
  readonly attempt: number;
  readonly result: AttemptResult;
  readonly outcome: 'delivered' | 'retry' | 'dead' | 'paused';
}

/** The dependencies of a redriver, provided by its dispatcher. */
export interface RedriverContext {
  readonly webhook: WebhookRecord;
  readonly context: Pick<DispatcherContext, 'source' | 'sender' | 'settings' | 'logger' | 'mayAct'>;
  readonly letters: DeadLetterIndex;
  readonly writer: FencedWriter;
  /** Aborts requests in progress. */
  readonly signal: AbortSignal;
  readonly attempted: (event: LoggedEvent, attempt: NotedAttempt) => void;
  readonly delivered: () => void;
}

/** Delivers dead letters of one webhook again on request. They bypass the lanes, so they arrive out of order. */
export class Redriver {
  private readonly underWay = new Set<string>();

  /** All dead letters may be requested at once. Each waits for its turn before anything is read for it. */
  private readonly turns: Semaphore;

  constructor(private readonly parts: RedriverContext) {
    this.turns = new Semaphore(parts.context.settings.parallel);
  }

  /** Resolves when the attempt is over. Returns `null` if the outcome of an earlier attempt for the same dead letter is not written yet. */
  redrive(letter: string, read: () => Promise<WebhookDeadLetter | null>): Promise<void> | null {
    if (this.underWay.has(letter)) return null;
    this.underWay.add(letter);
    const delivering = this.turns.run(() => this.deliver(letter, read));
    // Until the outcome is written, the bucket still contains the dead letter and the request to redrive it.
    void delivering.then(() => this.parts.writer.settled()).finally(() => this.underWay.delete(letter));
    return delivering;
  }

  private async deliver(letter: string, read: () => Promise<WebhookDeadLetter | null>): Promise<void> {
    const { context, signal, webhook } = this.parts;
    if (!context.mayAct()) return;
    try {
      const dead = await read();
      if (dead === null) return this.write(letter);
      if (!context.mayAct()) return;
      const event = await context.source.event(dead);
      if (event === null) return this.write(letter, { ...dead, error: 'the log no longer has this event' });
      const attempt = dead.attempts + 1;
      const result = await context.sender.send(webhook, [event], { attempt, signal });
      if (result.aborted) return;
      const isDelivered = result.verdict.kind === 'delivered';
      this.parts.attempted(event, { attempt, result, outcome: isDelivered ? 'delivered' : 'dead' });
      if (!isDelivered) return this.write(letter, deadLetterOf(event, { stream: dead.stream, attempts: attempt, result }));
      this.parts.letters.remove(dead.sequence);
      this.parts.delivered();
      this.write(letter, null);
    } catch (err) {
      // The request stays in the bucket and is retried.
      context.logger.debug({ err, webhook: webhook.id }, 'failed to read a dead letter, retrying');
    }
  }

  /** Removes the request. Replaces the dead letter with `changed`, or removes it if `changed` is `null`. */
  private write(letter: string, changed?: WebhookDeadLetter | null): void {
    const { id } = this.parts.webhook;
    const changes = new Map<string, Uint8Array | null>([[redriveKey(id, letter), null]]);
    if (changed !== undefined) changes.set(webhookDeadLetterKey(id, letter), changed && encodeJsonRecord(changed));
    this.parts.writer.mark(changes);
  }
}
