import { CONFIGURES, MAKES, READS, SETS, socketCommand } from '../command-row.js';
import {
  AcceptInviteRequest,
  CreateCommunityGroupRequest,
  CreateCommunityRequest,
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
  LinkGroupRequest,
  RevokeCommunityInviteRequest
} from '../requests/groups.requests.js';
import { NoArguments } from '../session.request.js';

/** Communities. */
export const COMMUNITY_COMMANDS = {
  communityCreate: socketCommand<'communityCreate'>()({
    ...MAKES,
    request: CreateCommunityRequest,
    parameters: ['subject', 'body'],
    meaning: 'Creates a community.'
  }),
  communityCreateGroup: socketCommand<'communityCreateGroup'>()({
    ...MAKES,
    request: CreateCommunityGroupRequest,
    parameters: ['subject', 'participants', 'parentCommunityJid'],
    meaning: 'Creates a group inside a community.'
  }),
  communityLinkGroup: socketCommand<'communityLinkGroup'>()({
    ...SETS,
    request: LinkGroupRequest,
    parameters: ['groupJid', 'parentCommunityJid'],
    meaning: 'Takes a group into a community.'
  }),
  communityUnlinkGroup: socketCommand<'communityUnlinkGroup'>()({
    ...CONFIGURES,
    request: LinkGroupRequest,
    parameters: ['groupJid', 'parentCommunityJid'],
    meaning: 'Takes a group out of a community.'
  }),
  communityFetchLinkedGroups: socketCommand<'communityFetchLinkedGroups'>()({
    ...READS,
    request: GroupRequest,
    parameters: ['jid'],
    meaning: 'The groups of a community.'
  }),
  communityMetadata: socketCommand<'communityMetadata'>()({
    ...READS,
    request: GroupRequest,
    parameters: ['jid'],
    meaning: 'The data of a community: name, description, members, settings.'
  }),
  communityLeave: socketCommand<'communityLeave'>()({
    ...CONFIGURES,
    request: LeaveGroupRequest,
    parameters: ['id'],
    meaning: 'Leaves a community.'
  }),
  communityUpdateSubject: socketCommand<'communityUpdateSubject'>()({
    ...SETS,
    request: GroupSubjectRequest,
    parameters: ['jid', 'subject'],
    meaning: 'Renames a community.'
  }),
  communityUpdateDescription: socketCommand<'communityUpdateDescription'>()({
    ...SETS,
    request: GroupDescriptionRequest,
    parameters: ['jid', 'description'],
    meaning: 'Changes or removes the description of a community.'
  }),
  communityParticipantsUpdate: socketCommand<'communityParticipantsUpdate'>()({
    ...SETS,
    request: GroupParticipantsRequest,
    parameters: ['jid', 'participants', 'action'],
    meaning: 'Adds, removes, promotes or demotes members; the reply has a status for each.'
  }),
  communityRequestParticipantsList: socketCommand<'communityRequestParticipantsList'>()({
    ...READS,
    request: GroupRequest,
    parameters: ['jid'],
    meaning: 'Who asked to join.'
  }),
  communityRequestParticipantsUpdate: socketCommand<'communityRequestParticipantsUpdate'>()({
    ...SETS,
    request: GroupJoinRequestsRequest,
    parameters: ['jid', 'participants', 'action'],
    meaning: 'Approves or rejects requests to join.'
  }),
  communityInviteCode: socketCommand<'communityInviteCode'>()({
    ...READS,
    request: GroupRequest,
    parameters: ['jid'],
    meaning: 'The code of the invite link.'
  }),
  communityRevokeInvite: socketCommand<'communityRevokeInvite'>()({
    ...MAKES,
    request: GroupRequest,
    parameters: ['jid'],
    meaning: 'Makes the invite link worthless; the reply is the new code.'
  }),
  communityAcceptInvite: socketCommand<'communityAcceptInvite'>()({
    ...SETS,
    request: InviteCodeRequest,
    parameters: ['code'],
    meaning: 'Joins by the code of an invite link; the reply is the jid of the community.'
  }),
  communityGetInviteInfo: socketCommand<'communityGetInviteInfo'>()({
    ...READS,
    request: InviteCodeRequest,
    parameters: ['code'],
    meaning: 'What an invite link leads to, without joining.'
  }),
  communityRevokeInviteV4: socketCommand<'communityRevokeInviteV4'>()({
    ...SETS,
    request: RevokeCommunityInviteRequest,
    parameters: ['communityJid', 'invitedJid'],
    meaning: 'Withdraws the invitation of one person.'
  }),
  communityAcceptInviteV4: socketCommand<'communityAcceptInviteV4'>()({
    ...SETS,
    request: AcceptInviteRequest,
    parameters: ['key', 'inviteMessage'],
    meaning: 'Joins by an invitation that came as a message.'
  }),
  communityToggleEphemeral: socketCommand<'communityToggleEphemeral'>()({
    ...SETS,
    request: GroupEphemeralRequest,
    parameters: ['jid', 'ephemeralExpiration'],
    meaning: 'Sets after how long messages disappear.'
  }),
  communitySettingUpdate: socketCommand<'communitySettingUpdate'>()({
    ...SETS,
    request: GroupSettingRequest,
    parameters: ['jid', 'setting'],
    meaning: 'Sets who may write and who may change the group.'
  }),
  communityMemberAddMode: socketCommand<'communityMemberAddMode'>()({
    ...SETS,
    request: GroupMemberAddModeRequest,
    parameters: ['jid', 'mode'],
    meaning: 'Sets who may add members.'
  }),
  communityJoinApprovalMode: socketCommand<'communityJoinApprovalMode'>()({
    ...SETS,
    request: GroupJoinApprovalRequest,
    parameters: ['jid', 'mode'],
    meaning: 'Sets whether admins approve who joins.'
  }),
  communityFetchAllParticipating: socketCommand<'communityFetchAllParticipating'>()({
    ...READS,
    request: NoArguments,
    parameters: [],
    meaning: 'Every community the account belongs to, with members: large.'
  })
} as const;
