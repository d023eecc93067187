import type { Account } from '../accounts/account.js';
import { child, element, type Stanza } from '../stanza/stanza.js';
import { iqRefusal, type IqAnswer } from '../world/iq-request.js';
import { participantsOf, withPermission, type GroupIqTable, type GroupIqRequest } from './group-request.js';
import { notifyMembers } from './group-notifier.js';
import { participantElement } from './group-stanza.js';
import type { GroupRecord } from './group.state.js';
import { applyMembership } from './member-iq.table.js';

/** Requests about candidates for a group whose admins approve its members. */
export const joinRequestIqs: GroupIqTable = {
  'get/membership_approval_requests': withPermission('moderate', ({ group }) => ({
    result: [element('membership_approval_requests', {}, requestElements(group))]
  })),
  'set/membership_requests_action': withPermission('moderate', request => decide(request))
};

function requestElements(group: GroupRecord): Stanza[] {
  return [...group.joinRequests].map(([candidate, { method, requester, at }]) =>
    element('membership_approval_request', {
      jid: candidate.jid(group.addressing),
      ...(group.addressing === 'lid' ? { phone_number: candidate.jid('pn') } : { lid: candidate.jid('lid') }),
      requestor: requester.jid(group.addressing),
      request_method: method,
      request_time: at
    })
  );
}

function decide({ world, group, account, question }: GroupIqRequest): IqAnswer {
  const decision = child(question);
  if (decision?.tag !== 'approve' && decision?.tag !== 'reject') return iqRefusal.badRequest;
  const answers: Stanza[] = [];
  const decided: Account[] = [];
  for (const { jid, account: candidate } of participantsOf(world, decision)) {
    if (candidate && group.joinRequests.delete(candidate)) {
      decided.push(candidate);
      answers.push(participantElement(group, candidate));
    } else {
      answers.push(element('participant', { jid, error: '404' }));
    }
  }
  if (decision.tag === 'approve') applyMembership(world, { group, actor: account, change: 'add', members: decided });
  else for (const candidate of decided) notifyMembers(world, group, account, revokedRequest(group, candidate));
  return { result: [element('membership_requests_action', {}, [element(decision.tag, {}, answers)])] };
}

/** Returns `<revoked_membership_requests>` of a notification: "rejected" by an admin, or "revoked" if the actor is the candidate. */
export function revokedRequest(group: GroupRecord, candidate: Account): Stanza {
  return element('revoked_membership_requests', {}, [participantElement(group, candidate)]);
}
