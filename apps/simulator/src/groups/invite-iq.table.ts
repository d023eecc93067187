import type { Account } from '../accounts/account.js';
import { element, type Stanza } from '../stanza/stanza.js';
import { emptyResult, iqRefusal, type IqAnswer } from '../world/iq-request.js';
import { participantsOf, withPermission, type GroupIqTable, type GroupIqRequest } from './group-request.js';
import { notifyAccount, notifyMembers } from './group-notifier.js';
import type { GroupRecord } from './group.state.js';
import { applyMembership } from './member-iq.table.js';

/** Requests about the invite link of a group, and invitation messages to single accounts ("v4"). */
export const inviteIqs: GroupIqTable = {
  'get/invite': withPermission('moderate', ({ group }) => ({ result: [element('invite', { code: group.inviteCode })] })),
  'set/invite': withPermission('moderate', ({ world, group, account }) => {
    const invite = element('invite', { code: group.renewInviteCode() });
    notifyMembers(world, group, account, invite);
    return { result: [invite] };
  }),
  'set/accept': request => acceptPersonally(request),
  'set/revoke': withPermission('moderate', ({ world, group, question }) => {
    for (const { account } of participantsOf(world, question)) if (account) group.personalInvites.delete(account);
    return emptyResult;
  })
};

function acceptPersonally({ world, group, account, question }: GroupIqRequest): IqAnswer {
  if (group.members.has(account)) return iqRefusal.conflict;
  if (group.personalInvites.get(account) !== question.attrs['code']) return iqRefusal.gone;
  applyMembership(world, { group, actor: account, change: 'add', members: [account], reason: 'invite' });
  return { result: [element('group', { jid: group.jid })] };
}

/** Answers an account that follows the invite link: it becomes a member, or waits for an admin if the group requires approval. */
export function acceptLink({ world, group, account }: GroupIqRequest): IqAnswer {
  if (group.members.has(account)) return iqRefusal.conflict;
  if (group.joinApproval) {
    group.joinRequests.set(account, { method: 'invite_link', requester: account, at: Math.floor(Date.now() / 1000) });
    // The server notifies only admins; the notification's `participant` is the candidate.
    const change = joinRequestChange(group, account);
    for (const member of group.members.keys()) if (group.isAdmin(member)) notifyAccount(world, { group, actor: account, change }, member);
    return { result: [element('membership_approval_request', { jid: group.jid })] };
  }
  applyMembership(world, { group, actor: account, change: 'add', members: [account], reason: 'invite' });
  return { result: [element('group', { jid: group.jid })] };
}

/** Returns `<created_membership_requests>` of a notification about a candidate who followed the invite link. */
export function joinRequestChange(group: GroupRecord, candidate: Account): Stanza {
  return element('created_membership_requests', { request_method: 'invite_link' }, [
    element('requested_user', { jid: candidate.jid(group.addressing) })
  ]);
}
