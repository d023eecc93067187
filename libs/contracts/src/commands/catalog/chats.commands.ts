import { ASKS, command, MAKES, READS, SETS, socketCommand, type SocketReply, spreadCommand } from '../command-row.js';
import {
  BlockStatusRequest,
  CallLinkRequest,
  ChatModifyRequest,
  ContactSessionRequest,
  type ContactLookupResult,
  ContactRequest,
  JidsRequest,
  MessageHistoryRequest,
  OnWhatsAppRequest,
  PlaceholderResendRequest,
  PresenceRequest,
  PresenceSubscribeRequest,
  ProfilePictureUrlRequest,
  ReadMessagesRequest,
  ReceiptRequest,
  ReceiptsRequest,
  RejectCallRequest,
  StarRequest,
  UserRequest
} from '../requests/chats.requests.js';
import { NoArguments } from '../session.request.js';

/** The reply of `resetContactSession`. */
export interface ResetSessions {
  /** How many sessions there were, one for each device that has exchanged messages with this one. */
  sessions: number;
}

/** Chats, receipts, presence and contacts. */
export const CHAT_COMMANDS = {
  // The class is as strict as Baileys' union, but the compiler cannot see it.
  chatModify: command<SocketReply<'chatModify'>>()({
    target: 'socket',
    ...SETS,
    request: ChatModifyRequest,
    parameters: ['modification', 'jid', 'chatInfo'],
    meaning: 'Archives, pins, mutes, clears, deletes a chat or marks it read; exactly one change a call.'
  }),
  star: socketCommand<'star'>()({
    ...SETS,
    request: StarRequest,
    parameters: ['jid', 'messages', 'star'],
    meaning: 'Puts stars on messages or takes them away.'
  }),
  readMessages: socketCommand<'readMessages'>()({
    ...SETS,
    request: ReadMessagesRequest,
    parameters: ['keys'],
    meaning: 'Marks messages as read, and tells their authors if privacy settings permit.'
  }),
  sendReceipt: socketCommand<'sendReceipt'>()({
    ...SETS,
    request: ReceiptRequest,
    parameters: ['jid', 'participant', 'messageIds', 'type'],
    meaning: 'Sends a receipt for messages of one author.'
  }),
  sendReceipts: socketCommand<'sendReceipts'>()({
    ...SETS,
    request: ReceiptsRequest,
    parameters: ['keys', 'type'],
    meaning: 'Sends receipts for messages.'
  }),
  fetchMessageHistory: socketCommand<'fetchMessageHistory'>()({
    ...ASKS,
    request: MessageHistoryRequest,
    parameters: ['count', 'oldestMsgKey', 'oldestMsgTimestamp'],
    meaning: 'Asks the phone for older messages of a chat; they come as `messaging-history.set`.'
  }),
  requestPlaceholderResend: socketCommand<'requestPlaceholderResend'>()({
    ...ASKS,
    request: PlaceholderResendRequest,
    parameters: ['messageKey'],
    meaning: 'Asks the phone for the content of a message that came without; it comes as an event.'
  }),
  sendPresenceUpdate: socketCommand<'sendPresenceUpdate'>()({
    ...SETS,
    request: PresenceRequest,
    parameters: ['type', 'toJid'],
    meaning: 'Shows the account as available, or as typing in a chat.'
  }),
  presenceSubscribe: socketCommand<'presenceSubscribe'>()({
    ...READS,
    request: PresenceSubscribeRequest,
    parameters: ['toJid'],
    meaning: "Wants to hear of somebody's presence."
  }),
  onWhatsApp: command<ContactLookupResult[]>()({
    target: 'socket',
    pass: 'spread',
    ...READS,
    request: OnWhatsAppRequest,
    parameters: ['phoneNumbers'],
    meaning: 'Whether somebody on WhatsApp has each of these phone numbers and LIDs, and under which jid.'
  }),
  fetchStatus: spreadCommand<'fetchStatus'>()({
    ...READS,
    request: JidsRequest,
    parameters: ['jids'],
    meaning: 'The line below the name of people, with its emoji, and its end (`expiresAt`) where it has one.'
  }),
  fetchDisappearingDuration: spreadCommand<'fetchDisappearingDuration'>()({
    ...READS,
    request: JidsRequest,
    parameters: ['jids'],
    meaning: 'After how long messages to people disappear by default.'
  }),
  profilePictureUrl: command<string | null>()({
    target: 'socket',
    ...READS,
    request: ProfilePictureUrlRequest,
    parameters: ['jid', 'type'],
    meaning: "Where the picture of a chat lies, `null` when there is none that this account may see. The address is WhatsApp's and expires."
  }),
  fetchBlocklist: socketCommand<'fetchBlocklist'>()({
    ...READS,
    request: NoArguments,
    parameters: [],
    meaning: 'Who is blocked.'
  }),
  resetContactSession: command<ResetSessions>()({
    ...SETS,
    target: 'owner',
    request: ContactSessionRequest,
    parameters: ['jid'],
    meaning:
      'Forgets the encryption sessions with all devices of a contact, for one whose messages stay unreadable or who cannot read any. The next message in either direction opens new ones.'
  }),
  updateBlockStatus: socketCommand<'updateBlockStatus'>()({
    ...SETS,
    request: BlockStatusRequest,
    parameters: ['jid', 'action'],
    meaning: 'Blocks or unblocks somebody.'
  }),
  addOrEditContact: socketCommand<'addOrEditContact'>()({
    ...SETS,
    request: ContactRequest,
    parameters: ['jid', 'contact'],
    meaning: 'Stores a contact.'
  }),
  removeContact: socketCommand<'removeContact'>()({
    ...SETS,
    request: UserRequest,
    parameters: ['jid'],
    meaning: 'Removes a contact.'
  }),
  rejectCall: socketCommand<'rejectCall'>()({
    ...SETS,
    request: RejectCallRequest,
    parameters: ['callId', 'callFrom'],
    meaning: 'Rejects a call that rings.'
  }),
  createCallLink: socketCommand<'createCallLink'>()({
    ...MAKES,
    request: CallLinkRequest,
    parameters: ['type', 'event'],
    meaning: 'Makes a link by which others join a call.'
  })
} as const;
