import { proto } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import { notifyMembers } from '../groups/group-notifier.js';
import type { GroupRecord } from '../groups/group.state.js';
import { groupRecordOf } from '../groups/groups.registry.js';
import { joinRequestChange } from '../groups/invite-iq.table.js';
import { applyMembership } from '../groups/member-iq.table.js';
import { subjectChange } from '../groups/setting-iq.table.js';
import { phoneSenderOf } from '../messages/phone-sender.js';
import { formGroup } from './chats.stimuli.js';
import { provokedBy, type StimulusContext } from './stimulus.js';

/** Stimuli for groups and their members. */
export const groupStimuli = {
  'groups.upsert': provokedBy('the contact makes a group with the account in it', context => formGroup(context)),
  'groups.update': provokedBy('the contact renames the group', context => {
    const group = memberGroup(context);
    group.rename(`${group.subject.slice(0, 40)} ${Date.now() % 1000}`, context.contact);
    notifyMembers(context.world, group, context.contact, subjectChange(group));
    return `the group is now called "${group.subject}"`;
  }),
  'group-participants.update': provokedBy('one of the two promotes the other in the group, or demotes them', context => {
    const { world, account, contact } = context;
    const group = memberGroup(context);
    if (!group.members.has(contact)) {
      applyMembership(world, { group, actor: account, change: 'add', members: [contact] });
      return `${contact.jid(group.addressing)} was added`;
    }
    const [target, actor] = group.members.get(contact) === 'superadmin' ? [account, contact] : [contact, account];
    const change = group.isAdmin(target) ? 'demote' : 'promote';
    applyMembership(world, { group, actor, change, members: [target] });
    return `${target.jid(group.addressing)}: ${change}`;
  }),
  'group.join-request': provokedBy('somebody asks to join the group by its link', context => {
    const { world } = context;
    const group = memberGroup(context);
    const candidate = outsider(context, group);
    group.joinRequests.set(candidate, { method: 'invite_link', requester: candidate, at: Math.floor(Date.now() / 1000) });
    notifyMembers(world, group, candidate, joinRequestChange(group, candidate));
    return `the candidate is ${candidate.jid(group.addressing)}`;
  }),
  'group.member-tag.update': provokedBy('the contact takes a label in the group', async context => {
    const { world, contact } = context;
    const group = memberGroup(context);
    await phoneSenderOf(world).send({
      from: contact,
      to: group,
      message: {
        protocolMessage: {
          type: proto.Message.ProtocolMessage.Type.GROUP_MEMBER_LABEL_CHANGE,
          memberLabel: { label: 'Treasurer', labelTimestamp: Math.floor(Date.now() / 1000) }
        }
      }
    });
    return `${contact.jid(group.addressing)} is "Treasurer"`;
  })
};

function memberGroup({ account, group }: StimulusContext): GroupRecord {
  if (!group.members.has(account))
    throw new Error(`${account.phoneNumber} is not a member of ${group.jid}, so nothing about it reaches its devices`);
  return groupRecordOf(group);
}

function outsider({ world, contact }: StimulusContext, group: GroupRecord): Account {
  if (!group.members.has(contact)) return contact;
  const known = world.accounts.all().find(account => !group.members.has(account) && account.companions().length === 0);
  return known ?? world.accounts.create({ name: 'Candidate', advertisePhone: false });
}
