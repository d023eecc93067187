import { Injectable } from '@nestjs/common';
import { EventGroups, EventLog } from '@wabus/broker';
import {
  WabusError,
  encodeEnvelope,
  type DeadLetter,
  type DeadLetterPage,
  type EventEnvelope,
  type SubscriptionName,
  type SubscriptionRecord,
  type SubscriptionView
} from '@wabus/contracts';
import type { Principal } from '../auth/principal.js';
import { maySee } from '../auth/visibility.policy.js';
import { visibleTo } from '../events-in/event-selection.policy.js';
import { DeadLetterStore, eventOfLetter, type StoredLetter } from './dead-letter.store.js';
import { isPermitted, parseName } from './subscription-terms.policy.js';
import { groupOf } from './subscription-member.js';
import { SubscriptionStore, shownRecord, type OwnedSubscription, type StoredSubscription } from './subscription.store.js';

/** Each view needs two requests to the broker, and a thousand concurrent ones would time out. */
const VIEWS_AT_ONCE = 8;

/**
 * Lists, shows and removes durable subscriptions and redrives their dead letters. Subscriptions that the principal may not join are
 * invisible to it: every method then throws `NOT_FOUND`, and `INVALID_REQUEST` for an invalid name. Dead letters whose events the principal
 * may not see are invisible as well; they exist if the terms were once wider.
 */
@Injectable()
export class SubscriptionAdministration {
  constructor(
    private readonly groups: EventGroups,
    private readonly eventLog: EventLog,
    private readonly store: SubscriptionStore,
    private readonly letters: DeadLetterStore
  ) {}

  async list(principal: Principal): Promise<SubscriptionView[]> {
    const records = (await this.store.list()).filter(record => isPermitted(principal, record));
    const views: SubscriptionView[] = [];
    for (let i = 0; i < records.length; i += VIEWS_AT_ONCE)
      views.push(...(await Promise.all(records.slice(i, i + VIEWS_AT_ONCE).map(record => this.viewOf(principal, record)))));
    return views;
  }

  async view(principal: Principal, name: string): Promise<SubscriptionView> {
    return this.viewOf(principal, (await this.find(principal, name)).record);
  }

  /**
   * Removes the subscription and its dead letters, and notifies its clients. Throws `FORBIDDEN` while it has dead letters that
   * are not visible to the principal.
   */
  async remove(principal: Principal, name: string): Promise<SubscriptionRecord> {
    const found = await this.find(principal, name);
    const letters = await this.letters.list(found.record.name);
    if (!letters.every(letter => isVisibleTo(principal, letter))) {
      throw new WabusError('FORBIDDEN', {
        message: 'The subscription has dead letters that this token does not permit you to read. Use a token that permits it.',
        details: { subscription: found.record.name }
      });
    }
    if (!(await this.store.remove(found)))
      throw new WabusError('TIMEOUT', { message: 'The subscription has changed in the meantime. Try again.' });
    await this.groups.remove(groupOf(found.record));
    for (const letter of await this.letters.list(found.record.name)) await this.letters.remove(letter);
    return shownRecord(found.record);
  }

  /** Returns the dead letters after `after`, oldest event first. Those whose event the log no longer contains are omitted. */
  async deadLetters(principal: Principal, name: string, { after, limit }: { after: number; limit: number }): Promise<DeadLetterPage> {
    const { record } = await this.find(principal, name);
    const all = (await this.lettersFor(principal, record)).filter(({ letter }) => letter > after);
    const page = all.slice(0, limit);
    const deadLetters = await Promise.all(page.map(stored => this.deadLetter(principal, stored)));
    return { deadLetters: deadLetters.filter(letter => letter !== null), next: all.length > limit ? page.at(-1)!.letter : null };
  }

  /** Requests a redrive of the named dead letters, or of all. Returns how many there are. Throws `NOT_FOUND` for a number without a dead letter. */
  async redrive(principal: Principal, name: string, wanted: readonly number[] | null): Promise<number> {
    const { record } = await this.find(principal, name);
    const all = await this.lettersFor(principal, record);
    const missing = wanted?.find(letter => !all.some(stored => stored.letter === letter));
    if (missing !== undefined)
      throw new WabusError('NOT_FOUND', { message: `There is no dead letter ${missing}.`, details: { letter: missing } });
    let redriven = 0;
    for (const stored of all) {
      if (stored.record.redrive !== undefined || (wanted !== null && !wanted.includes(stored.letter))) continue;
      if ((await this.letters.change(stored, { ...stored.record, redrive: { attempts: 0, takenUntil: 0 } })) !== null) redriven++;
    }
    return redriven;
  }

  private async find(principal: Principal, name: string): Promise<StoredSubscription> {
    const found = await this.store.get(parseName(name));
    if (found === null || !isPermitted(principal, found.record)) throw missing(name as SubscriptionName);
    return found;
  }

  private async lettersFor(principal: Principal, { name }: SubscriptionRecord): Promise<StoredLetter[]> {
    return (await this.letters.list(name)).filter(letter => isVisibleTo(principal, letter));
  }

  private async viewOf(principal: Principal, record: OwnedSubscription): Promise<SubscriptionView> {
    const [state, letters] = await Promise.all([this.groups.state(groupOf(record)), this.lettersFor(principal, record)]);
    return {
      ...shownRecord(record),
      createdBy: record.owner ?? null,
      waiting: state?.waiting ?? 0,
      underWay: state?.underWay ?? 0,
      deadLetters: letters.length
    };
  }

  private async deadLetter(principal: Principal, stored: StoredLetter): Promise<DeadLetter | null> {
    const event = await eventOfLetter(this.eventLog, stored);
    if (event === null) {
      await this.letters.remove(stored);
      return null;
    }
    const { attempts, deadAt, reason, redrive } = stored.record;
    const envelope = JSON.parse(encodeEnvelope(visibleTo(principal, event))) as EventEnvelope;
    return { letter: stored.letter, attempts, deadAt, reason, redriving: redrive !== undefined, event: envelope };
  }
}

function isVisibleTo(principal: Principal, { record }: StoredLetter): boolean {
  return maySee(principal, record.facts.event, record.facts.session);
}

function missing(name: SubscriptionName): WabusError {
  return new WabusError('NOT_FOUND', { message: `There is no durable subscription "${name}".`, details: { subscription: name } });
}
