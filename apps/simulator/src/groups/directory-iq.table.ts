import type { Account } from '../accounts/account.js';
import { child, children, element, stanzaText } from '../stanza/stanza.js';
import { emptyResult, iqRefusal, type IqAnswer } from '../world/iq-request.js';
import { entrantsNamed, noteGroupTokens, participantsOf, type DirectoryIqTable, type DirectoryIqRequest } from './group-request.js';
import { announceGroup } from './group-notifier.js';
import { communityElement, groupElement } from './group-stanza.js';
import type { GroupRecord } from './group.state.js';
import { groupsOf } from './groups.registry.js';
import { acceptLink } from './invite-iq.table.js';
import { applyMembership } from './member-iq.table.js';

/** Requests to `@g.us`: to create, leave, list and find groups. */
export const directoryIqs: DirectoryIqTable = {
  'get/participating': ({ world, account }) => {
    const groups = groupsOf(world).ofMember(account);
    const communities = groups.filter(group => group.isParent);
    return { result: [element('groups', {}, groups.map(groupElement)), element('communities', {}, communities.map(communityElement))] };
  },
  'set/create': request => createGroup(request),
  'set/leave': request => leave(request),
  'get/invite': ({ world, question }) => {
    const group = groupsOf(world).byInviteCode(question.attrs['code'] ?? '');
    if (!group) return iqRefusal.gone;
    return { result: group.isParent ? [groupElement(group), communityElement(group)] : [groupElement(group)] };
  },
  'set/invite': request => {
    const group = groupsOf(request.world).byInviteCode(request.question.attrs['code'] ?? '');
    return group ? acceptLink({ ...request, group }) : iqRefusal.gone;
  }
};

function createGroup({ world, account, question }: DirectoryIqRequest): IqAnswer {
  const subject = question.attrs['subject'];
  if (!subject || !entrantsNamed(world, question)) return iqRefusal.badRequest;
  noteGroupTokens(world, account, question);
  const members = participantsOf(world, question).flatMap(({ account: member }) => (member ? [member] : []));
  const group = groupsOf(world).create({ subject, owner: account, members });
  group.isParent = child(question, 'parent') !== undefined;
  group.parentJid = child(question, 'linked_parent')?.attrs['jid'];
  if (stanzaText(child(question, 'member_add_mode')) === 'all_member_add') group.memberAddMode = 'all_member_add';
  group.ephemeralSeconds = Number(child(question, 'ephemeral')?.attrs['expiration'] ?? 0);
  group.joinApproval = child(child(question, 'membership_approval_mode'), 'group_join')?.attrs['state'] === 'on';
  const text = stanzaText(child(child(question, 'description'), 'body'));
  if (text) group.description = { id: child(question, 'description')?.attrs['id'] ?? '0', text, author: account, at: group.createdAt };
  announceGroup(world, group, account, group.members.keys());
  return { result: [groupElement(group)] };
}

function leave({ world, account, question }: DirectoryIqRequest): IqAnswer {
  const jids = children(question).map(each => each.attrs['id'] ?? '');
  const groups = jids.flatMap(jid => groupsOf(world).find(jid) ?? []);
  if (groups.length < jids.length) return iqRefusal.notFound;
  for (const group of groups) leaveGroup(world, group, account);
  return emptyResult;
}

function leaveGroup(world: DirectoryIqRequest['world'], group: GroupRecord, account: Account): void {
  if (!group.members.has(account)) return;
  applyMembership(world, { group, actor: account, change: 'remove', members: [account] });
  if (group.members.size === 0) groupsOf(world).remove(group);
}
