import { Injectable } from '@nestjs/common';
import { EventGroups } from '@wabus/broker';
import { WabusError, type SessionId } from '@wabus/contracts';
import { Creators } from '../auth/creators.js';
import { OrphanSweeper, type Orphan } from '../auth/orphan-sweeper.js';
import { Erasures } from '../erasure/erasures.registry.js';
import { DeadLetterStore } from './dead-letter.store.js';
import { groupTerms, isPermitted } from './subscription-terms.policy.js';
import { groupOf } from './subscription-member.js';
import { SubscriptionStore, creatorsOf, type OwnedSubscription } from './subscription.store.js';

/**
 * Removes the durable subscriptions of a deleted session and, if the policy requires it, those of tokens that no longer exist. Removes a
 * deleted session from the lists of other subscriptions, and deletes the dead letters of its events.
 */
@Injectable()
export class SubscriptionErasure {
  constructor(
    private readonly store: SubscriptionStore,
    private readonly letters: DeadLetterStore,
    private readonly groups: EventGroups,
    private readonly creators: Creators,
    sweeper: OrphanSweeper,
    erasures: Erasures
  ) {
    erasures.add('subscriptions', session => this.erase(session));
    sweeper.add(() => this.orphans());
  }

  /** Returns the subscriptions whose token no longer exists. Until they are removed, only clients whose own token permits it receive their events. */
  private async orphans(): Promise<Orphan[]> {
    const records = await this.store.list();
    const orphans = records.filter(record => this.creators.anyInvalid(creatorsOf(record), principal => isPermitted(principal, record)));
    return orphans.map(record => ({ key: `durable subscription ${record.name}`, remove: () => this.removeWithLetters(record) }));
  }

  private async removeWithLetters(record: OwnedSubscription): Promise<void> {
    const letters = await this.letters.list(record.name);
    await this.remove(record);
    for (const letter of letters) await this.letters.remove(letter);
  }

  private async erase(session: SessionId): Promise<void> {
    for (const record of await this.store.list()) {
      const { name, sessions } = record;
      const letters = await this.letters.list(name);
      const isItsOwn = sessions !== '*' && sessions.length === 1 && sessions[0] === session;
      if (isItsOwn) await this.remove(record);
      else if (sessions !== '*' && sessions.includes(session)) await this.drop(record, session);
      for (const letter of letters) if (isItsOwn || letter.record.facts.session === session) await this.letters.remove(letter);
    }
  }

  private async remove(record: OwnedSubscription): Promise<void> {
    const found = await this.store.get(record.name);
    if (found?.record.id === record.id && !(await this.store.remove(found))) throw changed(record);
    await this.groups.remove(groupOf(record));
  }

  private async drop(record: OwnedSubscription, session: SessionId): Promise<void> {
    const found = await this.store.get(record.name);
    if (found?.record.id !== record.id || found.record.sessions === '*') return;
    const sessions = found.record.sessions.filter(one => one !== session);
    const left = { ...found.record, sessions, updatedAt: new Date().toISOString() };
    if ((await this.store.write(left, found.revision)) === null) throw changed(record);
    await this.groups.change(groupOf(left), groupTerms(left)).catch((thrown: unknown) => {
      // The group does not exist until a client joins.
      if (!(thrown instanceof WabusError) || thrown.code !== 'NOT_FOUND') throw thrown;
    });
  }
}

const changed = ({ name }: OwnedSubscription): WabusError =>
  new WabusError('TIMEOUT', { message: 'The subscription has changed in the meantime. Try again.', details: { subscription: name } });
