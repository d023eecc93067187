import { CONFIGURES, MAKES, READS, SETS } from '../command-row.js';
import {
  AcceptInviteRequest,
  GroupDescriptionRequest,
  GroupEphemeralRequest,
  GroupJoinApprovalRequest,
  GroupJoinRequestsRequest,
  GroupMemberAddModeRequest,
  GroupParticipantsRequest,
  GroupRequest,
  GroupSettingRequest,
  GroupSubjectRequest,
  InviteCodeRequest,
  LeaveGroupRequest
} from '../requests/groups.requests.js';
import { NoArguments } from '../session.request.js';

/** The rows that group and community commands share: Baileys has each method twice, and WhatsApp treats a community as a group. */
export const MEMBERSHIP_ROWS = {
  metadata: {
    ...READS,
    request: GroupRequest,
    parameters: ['jid']
  },
  leave: {
    ...CONFIGURES,
    request: LeaveGroupRequest,
    parameters: ['id']
  },
  updateSubject: {
    ...SETS,
    request: GroupSubjectRequest,
    parameters: ['jid', 'subject']
  },
  updateDescription: {
    ...SETS,
    request: GroupDescriptionRequest,
    parameters: ['jid', 'description']
  },
  participantsUpdate: {
    ...SETS,
    request: GroupParticipantsRequest,
    parameters: ['jid', 'participants', 'action'],
    meaning: 'Adds, removes, promotes or demotes members. Returns a status for each.'
  },
  requestParticipantsList: {
    ...READS,
    request: GroupRequest,
    parameters: ['jid'],
    meaning: 'Returns the pending requests to join.'
  },
  requestParticipantsUpdate: {
    ...SETS,
    request: GroupJoinRequestsRequest,
    parameters: ['jid', 'participants', 'action'],
    meaning: 'Approves or rejects requests to join.'
  },
  inviteCode: {
    ...READS,
    request: GroupRequest,
    parameters: ['jid'],
    meaning: 'Returns the code of the invite link.'
  },
  revokeInvite: {
    ...MAKES,
    request: GroupRequest,
    parameters: ['jid'],
    meaning: 'Revokes the invite link. Returns the new code.'
  },
  acceptInvite: {
    ...SETS,
    request: InviteCodeRequest,
    parameters: ['code']
  },
  getInviteInfo: {
    ...READS,
    request: InviteCodeRequest,
    parameters: ['code'],
    meaning: 'Returns the metadata behind an invite link, without joining.'
  },
  acceptInviteV4: {
    ...SETS,
    request: AcceptInviteRequest,
    parameters: ['key', 'inviteMessage'],
    meaning: 'Accepts an invitation that arrived as a message.'
  },
  toggleEphemeral: {
    ...SETS,
    request: GroupEphemeralRequest,
    parameters: ['jid', 'ephemeralExpiration'],
    meaning: 'Sets the timer for disappearing messages.'
  },
  settingUpdate: {
    ...SETS,
    request: GroupSettingRequest,
    parameters: ['jid', 'setting'],
    meaning: 'Sets who may write and who may change the group.'
  },
  memberAddMode: {
    ...SETS,
    request: GroupMemberAddModeRequest,
    parameters: ['jid', 'mode'],
    meaning: 'Sets who may add members.'
  },
  joinApprovalMode: {
    ...SETS,
    request: GroupJoinApprovalRequest,
    parameters: ['jid', 'mode'],
    meaning: 'Sets whether admins must approve new members.'
  },
  fetchAllParticipating: {
    ...READS,
    request: NoArguments,
    parameters: []
  }
} as const;
