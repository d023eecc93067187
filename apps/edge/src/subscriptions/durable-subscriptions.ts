import { randomBytes } from 'node:crypto';
import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { EventGroups, EventLog, type Watch } from '@wabus/broker';
import { WabusError, type SubscriptionName, type SubscriptionRecord, type SubscriptionTerms } from '@wabus/contracts';
import { Log, MetricsRegistry, type Counter, type Logger } from '@wabus/runtime';
import { creatorOf } from '../auth/creator.policy.js';
import type { Principal } from '../auth/principal.js';
import { DeadLetterStore } from './dead-letter.store.js';
import type { DeliveryClient } from './delivery-answer.policy.js';
import { RedriveQueue } from './redrive.queue.js';
import {
  differences,
  groupTerms,
  isPermitted,
  newTerms,
  parseSubscriptionRequest,
  requirePermission,
  type SubscriptionRequest
} from './subscription-terms.policy.js';
import { SubscriptionMember, groupOf } from './subscription-member.js';
import { SubscriptionStore, shownRecord, type OwnedSubscription, type StoredSubscription } from './subscription.store.js';

const ATTEMPTS = 5;

/** A subscription that has members on this edge. */
interface Served {
  record: OwnedSubscription;
  readonly redrives: RedriveQueue;
  readonly members: Map<DeliveryClient, SubscriptionMember>;
}

/** The durable subscriptions that clients of this edge have joined, and their members. Applies changes and removals of these subscriptions. */
@Injectable()
export class DurableSubscriptions implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger: Logger;
  private readonly deliveries: Counter<'outcome'>;
  private readonly served = new Map<SubscriptionName, Served>();
  private watch: Watch | null = null;
  private stopping = false;

  constructor(
    private readonly groups: EventGroups,
    private readonly eventLog: EventLog,
    private readonly store: SubscriptionStore,
    private readonly letters: DeadLetterStore,
    log: Log,
    metrics: MetricsRegistry
  ) {
    this.logger = log.for('subscriptions');
    this.deliveries = metrics.counter({
      name: 'wabus_edge_deliveries_total',
      help: 'Deliveries of durable subscriptions by outcome.',
      labels: ['outcome']
    });
  }

  async onModuleInit(): Promise<void> {
    this.watch = await this.store.watch((name, record) => this.changed(name, record));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.watch?.stop();
    await Promise.all([...this.served.values()].map(served => this.close(served)));
  }

  /**
   * Makes the client a member of the subscription that the message names, which is created if it does not exist. Resolves when deliveries
   * may start. Throws `INVALID_REQUEST`, `UNKNOWN_EVENT`, `FORBIDDEN`, `SUBSCRIPTION_DIFFERS`, `LIMIT_REACHED`, `RATE_LIMITED`,
   * `BROKER_UNAVAILABLE`; the client is then not a member.
   */
  async join(client: DeliveryClient, message: unknown): Promise<SubscriptionRecord> {
    const request = parseSubscriptionRequest(message);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const found = await this.store.get(request.name);
      const record = found === null ? await this.create(request, client.principal) : await this.adopt(found, request, client.principal);
      if (record === null) continue;
      await this.admit(client, record);
      return shownRecord(record);
    }
    throw new WabusError('TIMEOUT', {
      message: 'Other clients keep changing this subscription. Try again.',
      details: { subscription: request.name }
    });
  }

  /** Ends the client's membership of a subscription, or of all subscriptions. */
  async leave(client: DeliveryClient, name?: SubscriptionName): Promise<void> {
    const left = [...this.served.values()].filter(({ record, members }) => members.has(client) && (name ?? record.name) === record.name);
    await Promise.all(left.map(served => this.part(served, client)));
  }

  /** Returns the names of the subscriptions that the client has joined. */
  joined(client: DeliveryClient): SubscriptionName[] {
    return [...this.served.values()].filter(({ members }) => members.has(client)).map(({ record }) => record.name);
  }

  private async create(request: SubscriptionRequest, principal: Principal): Promise<OwnedSubscription | null> {
    const terms = newTerms(request, principal);
    requirePermission(principal, terms);
    const now = new Date().toISOString();
    const record: OwnedSubscription = {
      ...terms,
      name: request.name,
      id: randomBytes(6).toString('hex'),
      start: request.since === null ? await this.eventLog.end() : (await this.eventLog.locate(request.since)).cursor,
      owner: principal.id,
      creator: creatorOf(principal),
      createdAt: now,
      updatedAt: now
    };
    groupTerms(record);
    if (!(await this.store.create(record))) return null;
    this.logger.info({ subscription: record.name, owner: record.owner }, 'durable subscription created');
    return record;
  }

  private async adopt(found: StoredSubscription, request: SubscriptionRequest, principal: Principal): Promise<OwnedSubscription | null> {
    requirePermission(principal, found.record);
    const different = differences(request, found.record);
    if (different.length === 0) return found.record;
    if (!request.update) {
      throw new WabusError('SUBSCRIPTION_DIFFERS', {
        message: `The subscription "${request.name}" already exists with different values for ${different.join(', ')}. Send the same values, leave them out, or set update: true.`,
        details: { subscription: request.name, different, ...termsOf(found.record) }
      });
    }
    return this.update(found, { ...found.record, ...request.terms, updatedAt: new Date().toISOString() }, principal);
  }

  private async update(found: StoredSubscription, record: OwnedSubscription, principal: Principal): Promise<OwnedSubscription | null> {
    requirePermission(principal, record);
    groupTerms(record);
    await this.ensureGroup(found.record);
    const revision = await this.store.write(record, found.revision);
    if (revision === null) return null;
    // If another edge changes the record at the same time, both edges update the group to the newest record.
    for (let latest: StoredSubscription | null = { record, revision }, applied = 0; latest !== null && latest.revision !== applied;) {
      await this.groups.change(groupOf(latest.record), groupTerms(latest.record));
      applied = latest.revision;
      latest = await this.store.get(record.name);
      if (latest?.record.id !== record.id) break;
    }
    this.logger.info({ subscription: record.name }, 'durable subscription changed');
    return record;
  }

  private async admit(client: DeliveryClient, record: OwnedSubscription): Promise<void> {
    await this.ensureGroup(record);
    if (this.stopping) throw new WabusError('BROKER_UNAVAILABLE', { message: 'This edge is shutting down. Reconnect.' });
    const served = this.serve(record);
    // The terms may have changed since they were checked.
    requirePermission(client.principal, served.record);
    if (!served.members.has(client)) served.members.set(client, this.memberOf(served, client));
  }

  private async ensureGroup(record: OwnedSubscription): Promise<void> {
    const terms = groupTerms(record);
    try {
      await this.groups.establish(groupOf(record), terms, { kind: 'after', cursor: record.start });
    } catch (thrown) {
      if (!(thrown instanceof WabusError) || thrown.code !== 'INVALID_REQUEST') throw thrown;
      this.logger.warn({ subscription: record.name }, 'event log was replaced, restarting the durable subscription');
      await this.groups.establish(groupOf(record), terms, { kind: 'now' });
    }
  }

  private serve(record: OwnedSubscription): Served {
    const found = this.served.get(record.name);
    if (found?.record.id === record.id) return found;
    if (found) void this.close(found);
    const served: Served = { record, redrives: new RedriveQueue(this.letters, record.name), members: new Map() };
    this.served.set(record.name, served);
    return served;
  }

  private memberOf({ record, redrives }: Served, client: DeliveryClient): SubscriptionMember {
    return new SubscriptionMember(client, record, {
      groups: this.groups,
      log: this.eventLog,
      letters: this.letters,
      redrives,
      logger: this.logger,
      noted: outcome => this.deliveries.inc({ outcome })
    });
  }

  private async part(served: Served, client: DeliveryClient): Promise<void> {
    const member = served.members.get(client);
    served.members.delete(client);
    await member?.leave();
    if (served.members.size === 0) await this.close(served);
  }

  private async close(served: Served): Promise<void> {
    if (this.served.get(served.record.name) === served) this.served.delete(served.record.name);
    const members = [...served.members.values()];
    served.members.clear();
    await Promise.all([...members.map(member => member.leave()), served.redrives.stop()]);
  }

  private changed(name: SubscriptionName, record: OwnedSubscription | null): void {
    const served = this.served.get(name);
    if (served === undefined || JSON.stringify(served.record) === JSON.stringify(record)) return;
    if (record?.id !== served.record.id) {
      const clients = [...served.members.keys()];
      this.close(served).catch((err: unknown) => this.logger.error({ err, subscription: name }, 'failed to leave a removed subscription'));
      for (const client of clients) client.dismiss(name, 'removed');
      return;
    }
    served.record = record;
    for (const [client, member] of served.members) {
      if (!isPermitted(client.principal, record)) {
        this.part(served, client).catch((err: unknown) =>
          this.logger.error({ err, subscription: name }, 'failed to leave a changed subscription')
        );
        client.dismiss(name, 'forbidden');
        continue;
      }
      member.leave().catch((err: unknown) => this.logger.error({ err, subscription: name }, 'failed to leave a changed subscription'));
      served.members.set(client, this.memberOf(served, client));
    }
  }
}

function termsOf({ events, sessions, ackWaitMs, maxInFlight, maxDeliveries }: SubscriptionTerms): Record<string, unknown> {
  return { events, sessions, ackWaitMs, maxInFlight, maxDeliveries };
}
