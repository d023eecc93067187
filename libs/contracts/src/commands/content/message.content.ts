import { IsBoolean, IsIn, ValidateIf } from 'class-validator';
import { Field, Flag, Jids, Nested, OneOf, Text } from '../../fields/request-fields.js';
import { ChatMessageKeyFields } from '../requests/message-key.request.js';
import { kindsOf } from './content-fields.table.js';
import { GoesWithItsKind, IsTypeOfItsKind } from './content-kind.validator.js';
import { EventMessage, ProtocolObject, type EventMessageJson } from './content-value.fields.js';
import {
  ButtonReplyFields,
  EventFields,
  EventResponseFields,
  GroupInvitationFields,
  ListReplyFields,
  PollFields,
  PollVoteFields
} from './interactive.content.js';
import { AlbumFields } from './media.content.js';
import { CommentFields, ContactsFields, LinkPreviewFields, LocationFields, ReactionFields } from './text.content.js';

const MAY_BE_MISSING = { optional: true };
/** Never, a day, a week and 90 days. */
const DISAPPEARING_SECONDS = [0, 86_400, 604_800, 7_776_000];
export const PINNED_SECONDS = [86_400, 604_800, 2_592_000] as const;

/**
 * The content of a message: exactly one field that determines its kind, and fields that may be combined with this kind. The names are those of Baileys'
 * `AnyMessageContent`, except for `pollVote`, `eventResponse` and `comment`.
 */
export class MessageContent {
  @Text('Text.', { max: 65_536, optional: true })
  text?: string;

  @Nested('A location.', () => LocationFields, MAY_BE_MISSING)
  location?: LocationFields;

  @Nested('Contacts.', () => ContactsFields, MAY_BE_MISSING)
  contacts?: ContactsFields;

  @Nested('A poll.', () => PollFields, MAY_BE_MISSING)
  poll?: PollFields;

  @Nested('An invitation to an event.', () => EventFields, MAY_BE_MISSING)
  event?: EventFields;

  @Nested('A vote in a poll.', () => PollVoteFields, MAY_BE_MISSING)
  pollVote?: PollVoteFields;

  @Nested('A response to an invitation.', () => EventResponseFields, MAY_BE_MISSING)
  eventResponse?: EventResponseFields;

  @Nested('A comment on a message in the announcement group of a community.', () => CommentFields, MAY_BE_MISSING)
  comment?: CommentFields;

  @Nested('A reaction.', () => ReactionFields, MAY_BE_MISSING)
  react?: ReactionFields;

  @Nested('Key of a message to pin or unpin for everybody in the chat; see `type`.', () => ChatMessageKeyFields, MAY_BE_MISSING)
  pin?: ChatMessageKeyFields;

  @Nested('Key of a message to delete for everybody.', () => ChatMessageKeyFields, MAY_BE_MISSING)
  delete?: ChatMessageKeyFields;

  @EventMessage('A message to forward, as in its event.', MAY_BE_MISSING)
  forward?: EventMessageJson;

  @Nested('A button press; `type` is the kind of button.', () => ButtonReplyFields, MAY_BE_MISSING)
  buttonReply?: ButtonReplyFields;

  @Nested('A choice from a list.', () => ListReplyFields, MAY_BE_MISSING)
  listReply?: ListReplyFields;

  @Nested('An invitation to a group.', () => GroupInvitationFields, MAY_BE_MISSING)
  groupInvite?: GroupInvitationFields;

  @Nested('The header of an album.', () => AlbumFields, MAY_BE_MISSING)
  album?: AlbumFields;

  @Field("`true` shares the account's phone number with the recipient.", MAY_BE_MISSING, IsIn([true]))
  sharePhoneNumber?: true;

  @Field('`true` asks the recipient for their phone number.', MAY_BE_MISSING, IsIn([true]))
  requestPhoneNumber?: true;

  @OneOf(
    'The number of seconds after which new messages in the chat disappear: 86400, 604800 or 7776000; `true` for a week, `false` or 0 for never.',
    [true, false, ...DISAPPEARING_SECONDS],
    MAY_BE_MISSING
  )
  disappearingMessagesInChat?: boolean | number;

  @Flag('Whether other people are prevented from forwarding or exporting content from this chat, or from passing it to AI.', MAY_BE_MISSING)
  limitSharing?: boolean;

  @GoesWithItsKind()
  @Jids('The people mentioned; the text contains `@<user>` for each.', { min: 0, max: 1_024, optional: true })
  mentions?: string[];

  @Field('Whether the message mentions everybody in the group.', MAY_BE_MISSING, IsBoolean(), GoesWithItsKind())
  mentionAll?: boolean;

  @GoesWithItsKind()
  @Nested(
    'The preview of a link in the text. If missing, the message has no preview unless `options.linkPreview` requests one.',
    () => LinkPreviewFields,
    MAY_BE_MISSING
  )
  linkPreview?: LinkPreviewFields | null;

  @GoesWithItsKind()
  @ProtocolObject("WhatsApp's `ContextInfo` in JSON, merged over the values that Wabus sets.", MAY_BE_MISSING)
  contextInfo?: object;

  @GoesWithItsKind()
  @Nested("Key of the account's message whose text this one replaces.", () => ChatMessageKeyFields, MAY_BE_MISSING)
  edit?: ChatMessageKeyFields;

  @Field('Whether the message can be viewed only once.', MAY_BE_MISSING, IsBoolean(), GoesWithItsKind())
  viewOnce?: boolean;

  @ValidateIf(needsType)
  @Field('With `pin`: 1 pins, 2 unpins. With `buttonReply`: `template` or `plain`.', {}, IsTypeOfItsKind(), GoesWithItsKind())
  type?: 1 | 2 | 'template' | 'plain';

  @GoesWithItsKind()
  @OneOf('For how many seconds the message is pinned: 86400 (the default), 604800 or 2592000.', PINNED_SECONDS, MAY_BE_MISSING)
  time?: (typeof PINNED_SECONDS)[number];

  @Field("Whether the account's own messages are marked as forwarded too.", MAY_BE_MISSING, IsBoolean(), GoesWithItsKind())
  force?: boolean;
}

function needsType(content: object): boolean {
  const { type } = content as MessageContent;
  return (type !== undefined && type !== null) || kindsOf(content).some(kind => kind === 'pin' || kind === 'buttonReply');
}
