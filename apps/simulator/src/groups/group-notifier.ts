import type { Account } from '../accounts/account.js';
import { element, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';
import type { GroupRecord } from './group.state.js';
import { groupElement } from './group-stanza.js';

/** A `w:gp2` notification about one change, as each member's devices get it. */
export function groupNotification(group: GroupRecord, actor: Account, change: Stanza): Stanza {
  return element(
    'notification',
    {
      from: group.jid,
      type: 'w:gp2',
      participant: actor.jid(group.addressing),
      ...(group.addressing === 'lid' ? { participant_pn: actor.shownNumber } : { participant_lid: actor.jid('lid') }),
      addressing_mode: group.addressing,
      notify: actor.name
    },
    [change]
  );
}

/** Tells every member's devices, the actor's too, about a change. Queued until confirmed. */
export function notifyMembers(world: World, group: GroupRecord, actor: Account, change: Stanza): void {
  for (const member of group.members.keys()) notifyAccount(world, { group, actor, change }, member);
  world.events.emit('changed');
}

/** Tells one account's devices, which need not be a member's. */
export function notifyAccount(world: World, notice: { group: GroupRecord; actor: Account; change: Stanza }, account: Account): void {
  world.deliverToAll(account, groupNotification(notice.group, notice.actor, notice.change));
}

/** Tells accounts that they are in a group now, with all there is to know about it. */
export function announceGroup(world: World, group: GroupRecord, actor: Account, to: Iterable<Account>): void {
  // Only the outer element says how the group addresses its members (whatsmeow 1142895b).
  const { addressing_mode: _, ...attrs } = groupElement(group).attrs;
  const change = element('create', { type: 'new' }, [{ ...groupElement(group), attrs }]);
  for (const account of to) notifyAccount(world, { group, actor, change }, account);
  world.events.emit('changed');
}
