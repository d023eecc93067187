import type { Account } from '../accounts/account.js';
import { element, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';
import { iqRefusal, type IqAnswer } from '../world/iq-request.js';
import { entrantsNamed, noteGroupTokens, participantsOf, withPermission, type GroupIqTable, type GroupIqRequest } from './group-request.js';
import { announceGroup, notifyMembers } from './group-notifier.js';
import { membershipRefusal, type MembershipChange } from './group.policy.js';
import type { GroupRecord } from './group.state.js';
import { participantElement } from './group-stanza.js';

/** Requests to add, remove, promote and demote members. Each response has one entry per participant, with `error` if that change was refused. */
export const memberIqs: GroupIqTable = {
  'set/add': withPermission('add', request => changeMembers(request, 'add')),
  'set/remove': withPermission('moderate', request => changeMembers(request, 'remove')),
  'set/promote': withPermission('moderate', request => changeMembers(request, 'promote')),
  'set/demote': withPermission('moderate', request => changeMembers(request, 'demote'))
};

function changeMembers({ world, group, account, question }: GroupIqRequest, change: MembershipChange): IqAnswer {
  if (change === 'add' && !entrantsNamed(world, question)) return iqRefusal.badRequest;
  if (change === 'add') noteGroupTokens(world, account, question);
  const targets = participantsOf(world, question).map(target => ({ ...target, error: membershipRefusal(group, change, target.account) }));
  const accepted = targets.flatMap(target => (target.error === undefined && target.account ? [target.account] : []));
  applyMembership(world, { group, actor: account, change, members: accepted });
  const answers = targets.map(({ jid, account: target, error }) =>
    target && error === undefined ? participantElement(group, target) : element('participant', { jid, error })
  );
  return { result: [element(change, {}, answers)] };
}

/**
 * Changes members and notifies everybody concerned: removed members are notified too, and new members get the whole group. `reason` is set if they
 * joined by link or invitation (whatsmeow group.go `JoinReason`).
 */
export function applyMembership(
  world: World,
  {
    group,
    actor,
    change,
    members,
    reason
  }: { group: GroupRecord; actor: Account; change: MembershipChange; members: readonly Account[]; reason?: 'invite' }
): void {
  if (members.length === 0) return;
  const stanza = membershipChange(group, change, members);
  if (reason) stanza.attrs['reason'] = reason;
  if (change === 'add') {
    for (const member of members) group.admit(member);
    notifyMembers(world, group, actor, stanza);
    announceGroup(world, group, actor, members);
    return;
  }
  notifyMembers(world, group, actor, stanza);
  for (const member of members) {
    if (change === 'remove') group.members.delete(member);
    else group.members.set(member, change === 'promote' ? 'admin' : 'member');
  }
}

/** Returns `<add>`, `<remove>`, `<promote>` or `<demote>` of a notification. */
export function membershipChange(group: GroupRecord, change: MembershipChange, members: readonly Account[]): Stanza {
  return element(
    change,
    {},
    members.map(member => participantElement(group, member))
  );
}
