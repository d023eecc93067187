import { GroupJid, Nested, OneOf, Text, UserJid, UserJids, Whole } from '../../fields/request-fields.js';
import { MessageKeyFields } from './message-key.request.js';

/** The arguments of a command about one group or community. */
export class GroupRequest {
  @GroupJid('The group or community.')
  jid!: string;
}

export class LeaveGroupRequest {
  @GroupJid('The group or community to leave.')
  id!: string;
}

export class CreateGroupRequest {
  @Text('The name of the group.', { max: 100 })
  subject!: string;

  @UserJids('The first members.', { max: 1_023 })
  participants!: string[];
}

export class CreateCommunityRequest {
  @Text('The name of the community.', { max: 100 })
  subject!: string;

  @Text('The description of the community.', { min: 0, max: 2_048 })
  body!: string;
}

export class CreateCommunityGroupRequest extends CreateGroupRequest {
  @GroupJid('The community that the group joins.')
  parentCommunityJid!: string;
}

export class LinkGroupRequest {
  @GroupJid('The group.')
  groupJid!: string;

  @GroupJid('The community.')
  parentCommunityJid!: string;
}

export class GroupSubjectRequest extends GroupRequest {
  @Text('The new name.', { max: 100 })
  subject!: string;
}

export class GroupDescriptionRequest extends GroupRequest {
  @Text('The new description; removed if missing.', { min: 0, max: 2_048, optional: true })
  description?: string;
}

export class GroupParticipantsRequest extends GroupRequest {
  @UserJids('The people to add, remove, promote or demote.', { max: 1_023 })
  participants!: string[];

  @OneOf('What to do with these members.', ['add', 'remove', 'promote', 'demote', 'modify'])
  action!: 'add' | 'remove' | 'promote' | 'demote' | 'modify';
}

export class GroupJoinRequestsRequest extends GroupRequest {
  @UserJids('The people who asked to join.', { max: 1_023 })
  participants!: string[];

  @OneOf('What to do with the requests.', ['approve', 'reject'])
  action!: 'approve' | 'reject';
}

export class InviteCodeRequest {
  @Text('The code at the end of an invite link.', { max: 128 })
  code!: string;
}

export class RevokeInviteRequest {
  @GroupJid('The group.')
  groupJid!: string;

  @UserJid('The person whose invitation to withdraw.')
  invitedJid!: string;
}

export class RevokeCommunityInviteRequest {
  @GroupJid('The community.')
  communityJid!: string;

  @UserJid('The person whose invitation to withdraw.')
  invitedJid!: string;
}

/** The `groupInviteMessage` of a received message. */
export class GroupInviteFields {
  @GroupJid('The group.')
  groupJid!: string;

  @Text('The code of the invitation.', { max: 128 })
  inviteCode!: string;

  @Whole('When the invitation expires, in seconds since 1970.')
  inviteExpiration!: number;

  @Text('Name of the group.', { min: 0, max: 256, optional: true })
  groupName?: string;

  @Text('The text that accompanies the invitation.', { min: 0, max: 4_096, optional: true })
  caption?: string;
}

export class AcceptInviteRequest {
  @Nested('Key of the message that brought the invitation.', () => MessageKeyFields)
  key!: MessageKeyFields;

  @Nested('The invitation in that message.', () => GroupInviteFields)
  inviteMessage!: GroupInviteFields;
}

export class GroupEphemeralRequest extends GroupRequest {
  @Whole('The number of seconds after which messages disappear; 0 keeps them.', { max: 31_536_000 })
  ephemeralExpiration!: number;
}

export class GroupSettingRequest extends GroupRequest {
  @OneOf('`announcement`: only admins can write; `locked`: only admins can change the name, picture and description.', [
    'announcement',
    'not_announcement',
    'locked',
    'unlocked'
  ])
  setting!: 'announcement' | 'not_announcement' | 'locked' | 'unlocked';
}

export class GroupMemberAddModeRequest extends GroupRequest {
  @OneOf('Who may add members.', ['admin_add', 'all_member_add'])
  mode!: 'admin_add' | 'all_member_add';
}

export class GroupJoinApprovalRequest extends GroupRequest {
  @OneOf('Whether an admin must approve new members.', ['on', 'off'])
  mode!: 'on' | 'off';
}

export class MemberLabelRequest extends GroupRequest {
  @Text("The label beside the account's name in this group; an empty string removes it.", { min: 0, max: 30 })
  memberLabel!: string;
}
