import { IsInt, Min, ValidateIf } from 'class-validator';
import {
  ExactlyOne,
  Field,
  Flag,
  Jid,
  Jids,
  Nested,
  NestedList,
  OneOf,
  Text,
  Texts,
  UserJid,
  UserJids,
  Whole
} from '../../fields/request-fields.js';
import { MessageKeyFields } from './message-key.request.js';

/** The arguments of a command about one chat or person. */
export class JidRequest {
  @Jid('The chat or person.')
  jid!: string;
}

export class PresenceSubscribeRequest {
  @Jid('Whose presence to receive as `presence.update`.')
  toJid!: string;
}

/** Presence values that are shown in one chat; all contacts see the others. */
const OF_A_CHAT: ReadonlySet<string> = new Set(['composing', 'recording', 'paused']);

export class PresenceRequest {
  @OneOf(
    'The presence to show. Others see `composing` and `recording` only after `available`. While the account is `available`, the phone gets no notifications.',
    ['unavailable', 'available', 'composing', 'recording', 'paused']
  )
  type!: 'unavailable' | 'available' | 'composing' | 'recording' | 'paused';

  @ValidateIf(({ type, toJid }: PresenceRequest) => OF_A_CHAT.has(type) || (toJid !== undefined && toJid !== null))
  @Jid('The chat, for `composing`, `recording` and `paused`.')
  toJid?: string;
}

export class ReadMessagesRequest {
  @NestedList('Keys of the messages that were read.', () => MessageKeyFields)
  keys!: MessageKeyFields[];
}

const RECEIPT_TYPES = ['read', 'read-self', 'hist_sync', 'peer_msg', 'sender', 'inactive', 'played'] as const;

export class ReceiptRequest {
  @Jid('The chat.')
  jid!: string;

  @Jid('The author of the messages, in a group.', { optional: true })
  participant?: string;

  @Texts('Ids of the messages.')
  messageIds!: string[];

  @OneOf('Kind of receipt; a delivery receipt if missing.', RECEIPT_TYPES, { optional: true })
  type?: (typeof RECEIPT_TYPES)[number];
}

export class ReceiptsRequest {
  @NestedList('Keys of the messages.', () => MessageKeyFields)
  keys!: MessageKeyFields[];

  @OneOf('Kind of receipt; a delivery receipt if missing.', RECEIPT_TYPES, { optional: true })
  type?: (typeof RECEIPT_TYPES)[number];
}

export class MessageHistoryRequest {
  @Whole('How many messages to ask the phone for.', { min: 1, max: 50 })
  count!: number;

  @Nested('Key of the oldest known message.', () => MessageKeyFields)
  oldestMsgKey!: MessageKeyFields;

  @Whole('The time of that message, in seconds since 1970.')
  oldestMsgTimestamp!: number;
}

export class PlaceholderResendRequest {
  @Nested('Key of the message that arrived without content.', () => MessageKeyFields)
  messageKey!: MessageKeyFields;
}

export class StarredMessage {
  @Text('Id of the message.', { max: 128 })
  id!: string;

  @Flag('Whether the account sent it.', { optional: true })
  fromMe?: boolean;

  @Jid('The author of the message, in a group.', { optional: true })
  participant?: string;
}

export class StarRequest extends JidRequest {
  @NestedList('The messages.', () => StarredMessage)
  messages!: StarredMessage[];

  @Flag('`true` stars them, `false` unstars them.')
  star!: boolean;
}

export class LastMessage {
  @Nested('Key of the message.', () => MessageKeyFields)
  key!: MessageKeyFields;

  @Whole('The time of that message, in seconds since 1970.')
  messageTimestamp!: number;
}

export class DeleteForMe {
  @Flag('Whether to delete the media too.')
  deleteMedia!: boolean;

  @Nested('Key of the message.', () => MessageKeyFields)
  key!: MessageKeyFields;

  @Whole('The time of that message, in seconds since 1970.')
  timestamp!: number;
}

/** One change of a chat, as in Baileys' `ChatModification`: exactly one field, with `lastMessages` for the changes that require it. */
export class ChatModificationFields {
  @Flag('Archives or unarchives the chat.', { optional: true })
  archive?: boolean;

  @Flag('Pins or unpins the chat.', { optional: true })
  pin?: boolean;

  @Field(
    'Mutes until this time, in milliseconds since 1970; `null` unmutes.',
    {},
    ValidateIf(fields => (fields as ChatModificationFields).mute != null),
    IsInt(),
    Min(0)
  )
  mute?: number | null;

  @Flag('Removes all messages.', { optional: true })
  clear?: boolean;

  @Flag('Marks the chat as read (`true`) or unread (`false`).', { optional: true })
  markRead?: boolean;

  @OneOf('Removes the chat.', [true], { optional: true })
  delete?: true;

  @Nested('Removes one message for this account only.', () => DeleteForMe, { optional: true })
  deleteForMe?: DeleteForMe;

  @Text('The name that others see.', { max: 64, optional: true })
  pushNameSetting?: string;

  @NestedList(
    'The newest messages of the chat, newest first. Required with `archive`, `clear`, `markRead` and `delete`.',
    () => LastMessage,
    {
      optional: true,
      min: 0
    }
  )
  lastMessages?: LastMessage[];
}

export class ChatModifyRequest {
  @Nested('The change.', () => ChatModificationFields)
  @ExactlyOne(['archive', 'pin', 'mute', 'clear', 'markRead', 'delete', 'deleteForMe', 'pushNameSetting'])
  modification!: ChatModificationFields;

  @Jid('The chat.')
  jid!: string;

  @Field('Accepted for older callers, and ignored.', { optional: true })
  chatInfo?: unknown;
}

export class OnWhatsAppRequest {
  @Texts('Phone numbers in international format, jids or LIDs.', { max: 100 })
  phoneNumbers!: string[];
}

/** The result of looking up one number or LID at WhatsApp. */
export interface ContactLookupResult {
  /** The number or LID as it was in the request. */
  asked: string;
  /** The jid under which WhatsApp has the account, which may spell the number differently. If nobody has the number, it is the requested number as a jid. */
  jid: string;
  exists: boolean;
  /** The LID; `null` if it is unknown. */
  lid: string | null;
}

export class JidsRequest {
  @Jids('The people to look up.', { max: 100 })
  jids!: string[];
}

export class ContactSessionRequest {
  @UserJid('The contact, by number or LID, without a device.')
  jid!: string;
}

export class BlockStatusRequest {
  @UserJid('The person to block or unblock.')
  jid!: string;

  @OneOf('What to do.', ['block', 'unblock'])
  action!: 'block' | 'unblock';
}

export class ContactFields {
  @Text('The full name.', { max: 256, optional: true })
  fullName?: string;

  @Text('The first name.', { max: 128, optional: true })
  firstName?: string;

  @UserJid('The LID of the contact.', { optional: true })
  lidJid?: string;

  @Flag('Whether the phone stores it in its own address book.', { optional: true })
  saveOnPrimaryAddressbook?: boolean;

  @UserJid('The phone number jid of the contact.', { optional: true })
  pnJid?: string;

  @Text('The user name.', { max: 128, optional: true })
  username?: string;
}

export class ContactRequest {
  @UserJid('The contact.')
  jid!: string;

  @Nested('What to store about the contact.', () => ContactFields)
  contact!: ContactFields;
}

export class UserRequest {
  @UserJid('The person.')
  jid!: string;
}

export class UsersRequest {
  @UserJids('The persons.', { max: 100 })
  jids!: string[];
}

export class ProfilePictureUrlRequest extends JidRequest {
  @OneOf('Which size of the picture to return: small (`preview`) or full (`image`); `preview` if missing.', ['preview', 'image'], {
    optional: true
  })
  type?: 'preview' | 'image';
}

export class RejectCallRequest {
  @Text('Id of the call.', { max: 128 })
  callId!: string;

  @UserJid('The caller.')
  callFrom!: string;
}

export class CallLinkEvent {
  @Whole('When the call begins, in milliseconds since 1970.')
  startTime!: number;
}

export class CallLinkRequest {
  @OneOf('The kind of call: with or without video.', ['audio', 'video'])
  type!: 'audio' | 'video';

  @Nested('A scheduled call.', () => CallLinkEvent, { optional: true })
  event?: CallLinkEvent;
}
