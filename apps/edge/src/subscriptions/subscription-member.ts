import { setTimeout as delay } from 'node:timers/promises';
import type { EventGroups, EventLog, GroupDelivery, GroupMember, GroupVerdict, LoggedEvent, Membership } from '@wabus/broker';
import { type DeadLetterRecord, encodeEnvelope, type EventFacts, steadyNow, type SubscriptionRecord } from '@wabus/contracts';
import type { Logger } from '@wabus/runtime';
import { STAGES, tracing } from '@wabus/runtime/tracing';
import { maySee } from '../auth/visibility.policy.js';
import { visibleTo } from '../events-in/event-selection.policy.js';
import { eventOfLetter, type DeadLetterStore, type StoredLetter } from './dead-letter.store.js';
import { settlementOf, type DeliveryClient, type Settlement } from './delivery-answer.policy.js';
import type { RedriveQueue } from './redrive.queue.js';

const SETTLED: GroupVerdict = { settled: true };
const TOO_MANY = 'It was delivered too many times without an acknowledgement.';
const RETRY_MS = 1_000;
/** The approximate maximum of dead letters kept per subscription. Beyond it, each new one replaces the oldest. */
const MAX_DEAD_LETTERS = 1_000;

/** The dependencies of a member. */
export interface MemberSurroundings {
  readonly groups: EventGroups;
  readonly log: EventLog;
  readonly letters: DeadLetterStore;
  readonly redrives: RedriveQueue;
  readonly logger: Logger;
  /** Called with the outcome of each delivery. */
  readonly noted: (kind: Settlement['kind']) => void;
}

/** One client in one subscription. It has at most `maxInFlight` unanswered events, plus one dead letter that is redriven. */
export class SubscriptionMember implements GroupMember {
  readonly maxInFlight: number;
  private readonly left = new AbortController();
  private readonly membership: Membership;

  constructor(
    readonly client: DeliveryClient,
    private readonly record: SubscriptionRecord,
    private readonly surroundings: MemberSurroundings
  ) {
    this.maxInFlight = record.maxInFlight;
    this.membership = surroundings.groups.join(groupOf(record), this);
    void this.redrive();
  }

  /** Stops taking events. Events that the client already has still count while it is connected. */
  async leave(): Promise<void> {
    this.left.abort();
    await this.membership.leave();
  }

  async handle({ event, attempt }: GroupDelivery): Promise<GroupVerdict> {
    const isLast = attempt > this.record.maxDeliveries;
    // Terms change for all edges at once, but each edge learns about it at its own time. Events that are in progress are delivered again under the new terms.
    if (!isLast && !this.maySee(event.facts)) return { settled: false, retryInMs: RETRY_MS };
    const settlement: Settlement = isLast ? { kind: 'dead', reason: TOO_MANY } : await this.deliver(event, attempt);
    switch (settlement.kind) {
      case 'acknowledged':
        return SETTLED;
      case 'again':
        return { settled: false, retryInMs: settlement.inMs };
      case 'dead':
        await this.deadLetter(event, Math.min(attempt, this.record.maxDeliveries), settlement.reason);
        return SETTLED;
    }
  }

  private maySee({ event, session }: EventFacts): boolean {
    return maySee(this.client.principal, event, session);
  }

  private async deliver(event: LoggedEvent, attempt: number): Promise<Settlement> {
    const { name, ackWaitMs, maxDeliveries } = this.record;
    const text = encodeEnvelope(visibleTo(this.client.principal, event), { subscription: name, attempt });
    const span = tracing.isOn ? tracing.begin(STAGES.deliver(event.facts, attempt), event.facts.traceparent) : null;
    const settlement = settlementOf(await this.client.deliver(text, ackWaitMs), { attempt, ackWaitMs, maxDeliveries });
    span?.end(settlement.kind === 'acknowledged' ? {} : { error: settlement.kind });
    this.surroundings.noted(settlement.kind);
    return settlement;
  }

  private async deadLetter({ facts, cursor, sequence }: LoggedEvent, attempts: number, reason: string): Promise<void> {
    const record: DeadLetterRecord = { facts, cursor, attempts, deadAt: new Date().toISOString(), reason };
    const { letters, redrives } = this.surroundings;
    await letters.add(this.record.name, sequence, record);
    for (const oldest of redrives.beyond(MAX_DEAD_LETTERS)) await letters.remove(oldest);
    const { session, event } = facts;
    this.surroundings.logger.warn({ subscription: this.record.name, session, event, attempts }, 'event became a dead letter');
  }

  private async redrive(): Promise<void> {
    const { redrives, logger } = this.surroundings;
    while (!this.left.signal.aborted) {
      try {
        const taken = await redrives.take(this.record.ackWaitMs, facts => this.maySee(facts));
        if (taken === null) await redrives.changed(this.left.signal);
        else await this.redriveOne(taken);
      } catch (err) {
        logger.warn({ err, subscription: this.record.name }, 'failed to redeliver a dead letter, retrying');
        await delay(RETRY_MS, undefined, { signal: this.left.signal }).catch(() => undefined);
      }
    }
  }

  private async redriveOne(taken: StoredLetter): Promise<void> {
    const { letters, log } = this.surroundings;
    const { redrive, ...letter } = taken.record;
    const attempts = (redrive?.attempts ?? 0) + 1;
    const event = await eventOfLetter(log, taken);
    if (event === null) return void (await letters.remove(taken));
    const settlement = await this.deliver(event, attempts);
    const isLast = attempts >= this.record.maxDeliveries;
    if (settlement.kind === 'acknowledged') await letters.remove(taken);
    else if (settlement.kind === 'again' && !isLast)
      await letters.change(taken, { ...letter, redrive: { attempts, takenUntil: steadyNow() + settlement.inMs } });
    else {
      const reason = settlement.kind === 'dead' ? settlement.reason : TOO_MANY;
      await letters.change(taken, { ...letter, reason, attempts: letter.attempts + attempts, deadAt: new Date().toISOString() });
    }
  }
}

/** Returns the name of the group behind a subscription. A subscription that is created again under an old name gets a new group. */
export function groupOf({ name, id }: Pick<SubscriptionRecord, 'name' | 'id'>): string {
  return `${name}_${id}`;
}
