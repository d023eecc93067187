import type { GroupMetadata } from '@whiskeysockets/baileys';
import { command, MAKES, SETS, socketCommand } from '../command-row.js';
import { CreateGroupRequest, MemberLabelRequest, RevokeInviteRequest } from '../requests/groups.requests.js';
import { MEMBERSHIP_ROWS } from './membership.table.js';

/** The reply of `groupMetadata`. */
export interface GroupMetadataReply extends GroupMetadata {
  /** Present if WhatsApp has suspended the group. */
  suspended?: boolean;
}

/** Commands for groups. */
export const GROUP_COMMANDS = {
  groupCreate: socketCommand<'groupCreate'>()({
    ...MAKES,
    request: CreateGroupRequest,
    parameters: ['subject', 'participants'],
    meaning: 'Creates a group.'
  }),
  groupMetadata: command<GroupMetadataReply>()({
    target: 'socket',
    ...MEMBERSHIP_ROWS.metadata,
    meaning: 'Returns data about a group: its name, description, members and settings.'
  }),
  groupLeave: socketCommand<'groupLeave'>()({ ...MEMBERSHIP_ROWS.leave, meaning: 'Leaves a group.' }),
  groupUpdateSubject: socketCommand<'groupUpdateSubject'>()({ ...MEMBERSHIP_ROWS.updateSubject, meaning: 'Renames a group.' }),
  groupUpdateDescription: socketCommand<'groupUpdateDescription'>()({
    ...MEMBERSHIP_ROWS.updateDescription,
    meaning: 'Changes or removes the description of a group.'
  }),
  groupParticipantsUpdate: socketCommand<'groupParticipantsUpdate'>()(MEMBERSHIP_ROWS.participantsUpdate),
  groupRequestParticipantsList: socketCommand<'groupRequestParticipantsList'>()(MEMBERSHIP_ROWS.requestParticipantsList),
  groupRequestParticipantsUpdate: socketCommand<'groupRequestParticipantsUpdate'>()(MEMBERSHIP_ROWS.requestParticipantsUpdate),
  groupInviteCode: socketCommand<'groupInviteCode'>()(MEMBERSHIP_ROWS.inviteCode),
  groupRevokeInvite: socketCommand<'groupRevokeInvite'>()(MEMBERSHIP_ROWS.revokeInvite),
  groupAcceptInvite: socketCommand<'groupAcceptInvite'>()({
    ...MEMBERSHIP_ROWS.acceptInvite,
    meaning: 'Joins a group with the code of an invite link. Returns the jid of the group.'
  }),
  groupGetInviteInfo: socketCommand<'groupGetInviteInfo'>()(MEMBERSHIP_ROWS.getInviteInfo),
  groupRevokeInviteV4: socketCommand<'groupRevokeInviteV4'>()({
    ...SETS,
    request: RevokeInviteRequest,
    parameters: ['groupJid', 'invitedJid'],
    meaning: "Withdraws one person's invitation."
  }),
  groupAcceptInviteV4: socketCommand<'groupAcceptInviteV4'>()(MEMBERSHIP_ROWS.acceptInviteV4),
  groupToggleEphemeral: socketCommand<'groupToggleEphemeral'>()(MEMBERSHIP_ROWS.toggleEphemeral),
  groupSettingUpdate: socketCommand<'groupSettingUpdate'>()(MEMBERSHIP_ROWS.settingUpdate),
  groupMemberAddMode: socketCommand<'groupMemberAddMode'>()(MEMBERSHIP_ROWS.memberAddMode),
  groupJoinApprovalMode: socketCommand<'groupJoinApprovalMode'>()(MEMBERSHIP_ROWS.joinApprovalMode),
  groupFetchAllParticipating: socketCommand<'groupFetchAllParticipating'>()({
    ...MEMBERSHIP_ROWS.fetchAllParticipating,
    meaning: 'Returns every group that the account belongs to, with its members. The reply can be large.'
  }),
  updateMemberLabel: socketCommand<'updateMemberLabel'>()({
    ...SETS,
    request: MemberLabelRequest,
    parameters: ['jid', 'memberLabel'],
    meaning: "Changes the label beside the account's name in a group."
  })
} as const;
