import { CONFIGURES, MAKES, READS, SETS, socketCommand } from '../command-row.js';
import {
  AcceptInviteRequest,
  CreateGroupRequest,
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
  LeaveGroupRequest,
  MemberLabelRequest,
  RevokeInviteRequest
} from '../requests/groups.requests.js';
import { NoArguments } from '../session.request.js';

/** Groups. */
export const GROUP_COMMANDS = {
  groupCreate: socketCommand<'groupCreate'>()({
    ...MAKES,
    request: CreateGroupRequest,
    parameters: ['subject', 'participants'],
    meaning: 'Creates a group.'
  }),
  groupMetadata: socketCommand<'groupMetadata'>()({
    ...READS,
    request: GroupRequest,
    parameters: ['jid'],
    meaning: 'The data of a group: name, description, members, settings.'
  }),
  groupLeave: socketCommand<'groupLeave'>()({
    ...CONFIGURES,
    request: LeaveGroupRequest,
    parameters: ['id'],
    meaning: 'Leaves a group.'
  }),
  groupUpdateSubject: socketCommand<'groupUpdateSubject'>()({
    ...SETS,
    request: GroupSubjectRequest,
    parameters: ['jid', 'subject'],
    meaning: 'Renames a group.'
  }),
  groupUpdateDescription: socketCommand<'groupUpdateDescription'>()({
    ...SETS,
    request: GroupDescriptionRequest,
    parameters: ['jid', 'description'],
    meaning: 'Changes or removes the description of a group.'
  }),
  groupParticipantsUpdate: socketCommand<'groupParticipantsUpdate'>()({
    ...SETS,
    request: GroupParticipantsRequest,
    parameters: ['jid', 'participants', 'action'],
    meaning: 'Adds, removes, promotes or demotes members; the reply has a status for each.'
  }),
  groupRequestParticipantsList: socketCommand<'groupRequestParticipantsList'>()({
    ...READS,
    request: GroupRequest,
    parameters: ['jid'],
    meaning: 'Who asked to join.'
  }),
  groupRequestParticipantsUpdate: socketCommand<'groupRequestParticipantsUpdate'>()({
    ...SETS,
    request: GroupJoinRequestsRequest,
    parameters: ['jid', 'participants', 'action'],
    meaning: 'Approves or rejects requests to join.'
  }),
  groupInviteCode: socketCommand<'groupInviteCode'>()({
    ...READS,
    request: GroupRequest,
    parameters: ['jid'],
    meaning: 'The code of the invite link.'
  }),
  groupRevokeInvite: socketCommand<'groupRevokeInvite'>()({
    ...MAKES,
    request: GroupRequest,
    parameters: ['jid'],
    meaning: 'Makes the invite link worthless; the reply is the new code.'
  }),
  groupAcceptInvite: socketCommand<'groupAcceptInvite'>()({
    ...SETS,
    request: InviteCodeRequest,
    parameters: ['code'],
    meaning: 'Joins by the code of an invite link; the reply is the jid of the group.'
  }),
  groupGetInviteInfo: socketCommand<'groupGetInviteInfo'>()({
    ...READS,
    request: InviteCodeRequest,
    parameters: ['code'],
    meaning: 'What an invite link leads to, without joining.'
  }),
  groupRevokeInviteV4: socketCommand<'groupRevokeInviteV4'>()({
    ...SETS,
    request: RevokeInviteRequest,
    parameters: ['groupJid', 'invitedJid'],
    meaning: 'Withdraws the invitation of one person.'
  }),
  groupAcceptInviteV4: socketCommand<'groupAcceptInviteV4'>()({
    ...SETS,
    request: AcceptInviteRequest,
    parameters: ['key', 'inviteMessage'],
    meaning: 'Joins by an invitation that came as a message.'
  }),
  groupToggleEphemeral: socketCommand<'groupToggleEphemeral'>()({
    ...SETS,
    request: GroupEphemeralRequest,
    parameters: ['jid', 'ephemeralExpiration'],
    meaning: 'Sets after how long messages disappear.'
  }),
  groupSettingUpdate: socketCommand<'groupSettingUpdate'>()({
    ...SETS,
    request: GroupSettingRequest,
    parameters: ['jid', 'setting'],
    meaning: 'Sets who may write and who may change the group.'
  }),
  groupMemberAddMode: socketCommand<'groupMemberAddMode'>()({
    ...SETS,
    request: GroupMemberAddModeRequest,
    parameters: ['jid', 'mode'],
    meaning: 'Sets who may add members.'
  }),
  groupJoinApprovalMode: socketCommand<'groupJoinApprovalMode'>()({
    ...SETS,
    request: GroupJoinApprovalRequest,
    parameters: ['jid', 'mode'],
    meaning: 'Sets whether admins approve who joins.'
  }),
  groupFetchAllParticipating: socketCommand<'groupFetchAllParticipating'>()({
    ...READS,
    request: NoArguments,
    parameters: [],
    meaning: 'Every group the account belongs to, with members: large.'
  }),
  updateMemberLabel: socketCommand<'updateMemberLabel'>()({
    ...SETS,
    request: MemberLabelRequest,
    parameters: ['jid', 'memberLabel'],
    meaning: 'Changes what stands beside the own name in a group.'
  })
} as const;
