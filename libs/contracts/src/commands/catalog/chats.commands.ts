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
  /** The number of encryption sessions that were deleted: one for each device of the contact that has exchanged messages with this device. */
  sessions: number;
}

/** Commands for chats, receipts, presence and contacts. */
export const CHAT_COMMANDS = {
  // The class is as strict as Baileys' union, but the compiler cannot prove it.
  chatModify: command<SocketReply<'chatModify'>>()({
    target: 'socket',
    ...SETS,
    request: ChatModifyRequest,
    parameters: ['modification', 'jid', 'chatInfo'],
    meaning: 'Archives, pins, mutes, clears or deletes a chat, or marks it as read. Each call makes exactly one change.'
  }),
  star: socketCommand<'star'>()({
    ...SETS,
    request: StarRequest,
    parameters: ['jid', 'messages', 'star'],
    meaning: 'Stars or unstars messages.'
  }),
  readMessages: socketCommand<'readMessages'>()({
    ...SETS,
    request: ReadMessagesRequest,
    parameters: ['keys'],
    meaning: 'Marks messages as read, and sends read receipts if the privacy settings permit them.'
  }),
  sendReceipt: socketCommand<'sendReceipt'>()({
    ...SETS,
    request: ReceiptRequest,
    parameters: ['jid', 'participant', 'messageIds', 'type'],
    meaning: 'Sends a receipt for messages from one author.'
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
    meaning: 'Asks the phone for older messages in a chat. They arrive in the event `messaging-history.set`.'
  }),
  requestPlaceholderResend: socketCommand<'requestPlaceholderResend'>()({
    ...ASKS,
    request: PlaceholderResendRequest,
    parameters: ['messageKey'],
    meaning: 'Asks the phone for the content of a message that arrived without content. The content arrives as an event.'
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
    meaning: "Subscribes to a person's presence, which the event `presence.update` reports."
  }),
  onWhatsApp: command<ContactLookupResult[]>()({
    target: 'socket',
    pass: 'spread',
    ...READS,
    request: OnWhatsAppRequest,
    parameters: ['phoneNumbers'],
    meaning: 'Checks which of the given phone numbers and LIDs are on WhatsApp, and returns their jids.'
  }),
  fetchStatus: spreadCommand<'fetchStatus'>()({
    ...READS,
    request: JidsRequest,
    parameters: ['jids'],
    meaning: "Returns people's about texts, with the emoji and, if set, the expiration (`expiresAt`)."
  }),
  fetchDisappearingDuration: spreadCommand<'fetchDisappearingDuration'>()({
    ...READS,
    request: JidsRequest,
    parameters: ['jids'],
    meaning: "Returns people's default timers for disappearing messages."
  }),
  profilePictureUrl: command<string | null>()({
    target: 'socket',
    ...READS,
    request: ProfilePictureUrlRequest,
    parameters: ['jid', 'type'],
    meaning:
      'Returns the address of the picture of a chat, or `null` if there is none that this account may see. The address belongs to WhatsApp and expires.'
  }),
  fetchBlocklist: socketCommand<'fetchBlocklist'>()({
    ...READS,
    request: NoArguments,
    parameters: [],
    meaning: 'Returns the blocklist.'
  }),
  resetContactSession: command<ResetSessions>()({
    ...SETS,
    target: 'owner',
    request: ContactSessionRequest,
    parameters: ['jid'],
    meaning:
      'Deletes the encryption sessions with all devices of a contact. Use it if messages from or to the contact remain unreadable. The next message in either direction creates new sessions.'
  }),
  updateBlockStatus: socketCommand<'updateBlockStatus'>()({
    ...SETS,
    request: BlockStatusRequest,
    parameters: ['jid', 'action'],
    meaning: 'Blocks or unblocks a contact.'
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
    meaning: 'Rejects an incoming call.'
  }),
  createCallLink: socketCommand<'createCallLink'>()({
    ...MAKES,
    request: CallLinkRequest,
    parameters: ['type', 'event'],
    meaning: 'Creates a link that lets others join a call.'
  })
} as const;
