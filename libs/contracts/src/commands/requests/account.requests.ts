import { Flag, Nested, OneOf, Text, Whole, Jid } from '../../fields/request-fields.js';

const ALL_OR = ['all', 'contacts', 'contact_blacklist', 'none'] as const;

/** The arguments of a command that sets who may see something of the account. */
export class PrivacyRequest {
  @OneOf('Who may see it.', ALL_OR)
  value!: (typeof ALL_OR)[number];
}

export class OnlinePrivacyRequest {
  @OneOf('Who may see it.', ['all', 'match_last_seen'])
  value!: 'all' | 'match_last_seen';
}

export class GroupsAddPrivacyRequest {
  @OneOf('Who may add the account to groups.', ['all', 'contacts', 'contact_blacklist'])
  value!: 'all' | 'contacts' | 'contact_blacklist';
}

export class ReadReceiptsPrivacyRequest {
  @OneOf('Who can see read receipts.', ['all', 'none'])
  value!: 'all' | 'none';
}

export class CallPrivacyRequest {
  @OneOf('Who may call.', ['all', 'known'])
  value!: 'all' | 'known';
}

export class MessagesPrivacyRequest {
  @OneOf('Who may write.', ['all', 'contacts'])
  value!: 'all' | 'contacts';
}

export class LinkPreviewsPrivacyRequest {
  @Flag('Whether links in messages are sent without a preview.')
  isPreviewsDisabled!: boolean;
}

export class DisappearingModeRequest {
  @Whole('Seconds after which messages in new chats disappear; 0 keeps them.', { max: 31_536_000 })
  duration!: number;
}

export class PrivacySettingsRequest {
  @Flag('Whether to ask WhatsApp again even if the settings are known.', { optional: true })
  force?: boolean;
}

export class ProfileStatusRequest {
  @Text('The about text; an empty string removes it.', { min: 0, max: 512 })
  status!: string;

  @Whole(
    'How many seconds others see the text. If missing, they see it until you change it, or for a day if WhatsApp does not permit that.',
    {
      min: 1,
      max: 31_536_000,
      optional: true
    }
  )
  duration?: number;

  @Text('An emoji to show with the text.', { max: 32, optional: true })
  emoji?: string;
}

export class ProfileNameRequest {
  @Text('The name that others see.', { max: 64 })
  name!: string;
}

export class LabelFields {
  @Text('Id of the label, a number as a string.', { max: 32 })
  id!: string;

  @Text('The name of the label.', { max: 100, optional: true })
  name?: string;

  @Whole('The color of the label, 0 to 19.', { max: 19, optional: true })
  color?: number;

  @Flag('Whether the label is deleted.', { optional: true })
  deleted?: boolean;

  @Whole("The number of one of WhatsApp's predefined labels.", { max: 100, optional: true })
  predefinedId?: number;
}

export class LabelRequest {
  @Jid('Any chat of the account. WhatsApp requires one, although a label belongs to all chats.')
  jid!: string;

  @Nested('The label.', () => LabelFields)
  labels!: LabelFields;
}

export class ChatLabelRequest {
  @Jid('The chat.')
  jid!: string;

  @Text('Id of the label.', { max: 32 })
  labelId!: string;
}

export class MessageLabelRequest {
  @Jid('The chat.')
  jid!: string;

  @Text('Id of the message.', { max: 128 })
  messageId!: string;

  @Text('Id of the label.', { max: 32 })
  labelId!: string;
}

export class QuickReplyFields {
  @Text('The shortcut to type.', { max: 25, optional: true })
  shortcut?: string;

  @Text('The text that the shortcut writes.', { max: 4_096, optional: true })
  message?: string;

  @Text('To change an existing reply: its creation time in seconds.', { max: 32, optional: true })
  timestamp?: string;

  @Whole('How often the quick reply was used.', { optional: true })
  count?: number;

  @Flag('Whether the label is deleted.', { optional: true })
  deleted?: boolean;
}

export class QuickReplyRequest {
  @Nested('The quick reply.', () => QuickReplyFields)
  quickReply!: QuickReplyFields;
}

export class RemoveQuickReplyRequest {
  @Text('The quick reply to remove.', { max: 32 })
  timestamp!: string;
}
