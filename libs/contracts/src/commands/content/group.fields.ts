import { GroupJid, Text, Whole } from '../request-fields.js';

/** An invitation to a group, for somebody who cannot be added directly. */
export class GroupInvitationFields {
  @Text('The code of the invitation.', { max: 128 })
  inviteCode!: string;

  @Whole('Until when it holds, seconds since 1970.')
  inviteExpiration!: number;

  @Text('Words to go with it.')
  text!: string;

  @GroupJid('The group.')
  jid!: string;

  @Text('Its subject.')
  subject!: string;
}
