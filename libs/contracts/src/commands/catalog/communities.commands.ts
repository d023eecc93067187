import { CONFIGURES, MAKES, READS, SETS, socketCommand } from '../command-row.js';
import {
  CreateCommunityGroupRequest,
  CreateCommunityRequest,
  GroupRequest,
  LinkGroupRequest,
  RevokeCommunityInviteRequest
} from '../requests/groups.requests.js';
import { MEMBERSHIP_ROWS } from './membership.table.js';

/** Commands for communities. */
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
    meaning: 'Adds a group to a community.'
  }),
  communityUnlinkGroup: socketCommand<'communityUnlinkGroup'>()({
    ...CONFIGURES,
    request: LinkGroupRequest,
    parameters: ['groupJid', 'parentCommunityJid'],
    meaning: 'Removes a group from a community.'
  }),
  communityFetchLinkedGroups: socketCommand<'communityFetchLinkedGroups'>()({
    ...READS,
    request: GroupRequest,
    parameters: ['jid'],
    meaning: 'Returns the groups of a community.'
  }),
  communityMetadata: socketCommand<'communityMetadata'>()({
    ...MEMBERSHIP_ROWS.metadata,
    meaning: 'Returns data about a community: its name, description, members and settings.'
  }),
  communityLeave: socketCommand<'communityLeave'>()({ ...MEMBERSHIP_ROWS.leave, meaning: 'Leaves a community.' }),
  communityUpdateSubject: socketCommand<'communityUpdateSubject'>()({ ...MEMBERSHIP_ROWS.updateSubject, meaning: 'Renames a community.' }),
  communityUpdateDescription: socketCommand<'communityUpdateDescription'>()({
    ...MEMBERSHIP_ROWS.updateDescription,
    meaning: 'Changes or removes the description of a community.'
  }),
  communityParticipantsUpdate: socketCommand<'communityParticipantsUpdate'>()(MEMBERSHIP_ROWS.participantsUpdate),
  communityRequestParticipantsList: socketCommand<'communityRequestParticipantsList'>()(MEMBERSHIP_ROWS.requestParticipantsList),
  communityRequestParticipantsUpdate: socketCommand<'communityRequestParticipantsUpdate'>()(MEMBERSHIP_ROWS.requestParticipantsUpdate),
  communityInviteCode: socketCommand<'communityInviteCode'>()(MEMBERSHIP_ROWS.inviteCode),
  communityRevokeInvite: socketCommand<'communityRevokeInvite'>()(MEMBERSHIP_ROWS.revokeInvite),
  communityAcceptInvite: socketCommand<'communityAcceptInvite'>()({
    ...MEMBERSHIP_ROWS.acceptInvite,
    meaning: 'Joins a community with the code of an invite link. Returns the jid of the community.'
  }),
  communityGetInviteInfo: socketCommand<'communityGetInviteInfo'>()(MEMBERSHIP_ROWS.getInviteInfo),
  communityRevokeInviteV4: socketCommand<'communityRevokeInviteV4'>()({
    ...SETS,
    request: RevokeCommunityInviteRequest,
    parameters: ['communityJid', 'invitedJid'],
    meaning: "Withdraws one person's invitation."
  }),
  communityAcceptInviteV4: socketCommand<'communityAcceptInviteV4'>()(MEMBERSHIP_ROWS.acceptInviteV4),
  communityToggleEphemeral: socketCommand<'communityToggleEphemeral'>()(MEMBERSHIP_ROWS.toggleEphemeral),
  communitySettingUpdate: socketCommand<'communitySettingUpdate'>()(MEMBERSHIP_ROWS.settingUpdate),
  communityMemberAddMode: socketCommand<'communityMemberAddMode'>()(MEMBERSHIP_ROWS.memberAddMode),
  communityJoinApprovalMode: socketCommand<'communityJoinApprovalMode'>()(MEMBERSHIP_ROWS.joinApprovalMode),
  communityFetchAllParticipating: socketCommand<'communityFetchAllParticipating'>()({
    ...MEMBERSHIP_ROWS.fetchAllParticipating,
    meaning: 'Returns every community that the account belongs to, with its members. The reply can be large.'
  })
} as const;
