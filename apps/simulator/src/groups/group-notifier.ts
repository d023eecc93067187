import type { Account } from '../accounts/account.js';
import { element, type Stanza } from '../stanza/stanza.js';
import type { World } from '../world/world.js';
import type { GroupRecord } from './group.state.js';
import { groupElement } from './group-stanza.js';

/** Returns the `w:gp2` notification of one change, as each member's devices get it. */
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

/** Notifies every member's devices of a change, including the actor's. Queued until confirmed. */
export function notifyMembers(world: World, group: GroupRecord, actor: Account, change: Stanza): void {
  versioned(group, change);
  for (const member of group.members.keys()) notifyAccount(world, { group, actor, change }, member);
  world.events.emit('changed');
}

/** The changes that increase the version of members or of settings (`p_v_id` and `a_v_id` of the group). */
const OF_MEMBERS = new Set(['add', 'remove', 'promote', 'demote', 'modify']);
const OF_SETTINGS = new Set([
  'announcement',
  'not_announcement',
  'locked',
  'unlocked',
  'ephemeral',
  'not_ephemeral',
  'membership_approval_mode'
]);

/** Adds the new version to a change, and to a change of members also the previous one (whatsmeow group.go). */
function versioned(group: GroupRecord, { tag, attrs }: Stanza): void {
  if (OF_MEMBERS.has(tag)) {
    attrs['prev_v_id'] = group.memberVersion;
    attrs['v_id'] = group.memberVersion = nextVersion(group.memberVersion);
  } else if (OF_SETTINGS.has(tag)) attrs['v_id'] = group.settingVersion = nextVersion(group.settingVersion);
}

/** Microseconds, like the versions in public logs. */
const nextVersion = (former: string): string => String(Math.max(Date.now() * 1_000, Number(former) + 1));

/** Notifies the devices of one account, which need not be a member. */
export function notifyAccount(world: World, notice: { group: GroupRecord; actor: Account; change: Stanza }, account: Account): void {
  for (const device of account.companions()) if (!device.online) device.dirty.add('groups');
  world.deliverToAll(account, groupNotification(notice.group, notice.actor, notice.change));
}

/** Notifies accounts that they are now in a group, with the full metadata of the group. */
export function announceGroup(world: World, group: GroupRecord, actor: Account, to: Iterable<Account>): void {
  // Only the outer element contains the addressing mode of the group (whatsmeow 1142895b).
  const { addressing_mode: _, ...attrs } = groupElement(group).attrs;
  const change = element('create', { type: 'new' }, [{ ...groupElement(group), attrs }]);
  for (const account of to) notifyAccount(world, { group, actor, change }, account);
  world.events.emit('changed');
}
