import { command, CONFIGURES, MAKES, READS, SETS, socketCommand } from '../command-row.js';
import {
  CallPrivacyRequest,
  ChatLabelRequest,
  DisappearingModeRequest,
  GroupsAddPrivacyRequest,
  LabelRequest,
  LinkPreviewsPrivacyRequest,
  MessageLabelRequest,
  MessagesPrivacyRequest,
  OnlinePrivacyRequest,
  PrivacyRequest,
  PrivacySettingsRequest,
  ProfileNameRequest,
  ProfileStatusRequest,
  QuickReplyRequest,
  ReadReceiptsPrivacyRequest,
  RemoveQuickReplyRequest
} from '../requests/account.requests.js';
import { JidRequest } from '../requests/chats.requests.js';
import { NoArguments } from '../session.request.js';

/** The reply of `updateProfileStatus`. */
export interface AboutTextSet {
  /** For how long others see the text, in seconds; `null` if it stays until it is changed. */
  durationSeconds: number | null;
}

/** Commands for the account itself: profile, privacy, labels and quick replies. */
export const ACCOUNT_COMMANDS = {
  // It has two parameters that Baileys does not have.
  updateProfileStatus: command<AboutTextSet>()({
    target: 'socket',
    ...CONFIGURES,
    request: ProfileStatusRequest,
    parameters: ['status', 'duration', 'emoji'],
    meaning: 'Changes or removes the about text. The reply contains the time for which WhatsApp shows it.'
  }),
  updateProfileName: socketCommand<'updateProfileName'>()({
    ...CONFIGURES,
    request: ProfileNameRequest,
    parameters: ['name'],
    meaning: 'Changes the name that others see.'
  }),
  removeProfilePicture: socketCommand<'removeProfilePicture'>()({
    ...CONFIGURES,
    request: JidRequest,
    parameters: ['jid'],
    meaning: 'Removes the picture of the account or a group.'
  }),
  fetchPrivacySettings: socketCommand<'fetchPrivacySettings'>()({
    ...READS,
    request: PrivacySettingsRequest,
    parameters: ['force'],
    meaning: 'Returns all privacy settings.'
  }),
  updateLastSeenPrivacy: socketCommand<'updateLastSeenPrivacy'>()({
    ...CONFIGURES,
    request: PrivacyRequest,
    parameters: ['value'],
    meaning: 'Sets who can see when the account was last online.'
  }),
  updateOnlinePrivacy: socketCommand<'updateOnlinePrivacy'>()({
    ...CONFIGURES,
    request: OnlinePrivacyRequest,
    parameters: ['value'],
    meaning: 'Sets who can see that the account is online.'
  }),
  updateProfilePicturePrivacy: socketCommand<'updateProfilePicturePrivacy'>()({
    ...CONFIGURES,
    request: PrivacyRequest,
    parameters: ['value'],
    meaning: 'Sets who can see the profile picture.'
  }),
  updateStatusPrivacy: socketCommand<'updateStatusPrivacy'>()({
    ...CONFIGURES,
    request: PrivacyRequest,
    parameters: ['value'],
    meaning: 'Sets who can see the about text.'
  }),
  updateReadReceiptsPrivacy: socketCommand<'updateReadReceiptsPrivacy'>()({
    ...CONFIGURES,
    request: ReadReceiptsPrivacyRequest,
    parameters: ['value'],
    meaning: 'Sets who can see read receipts.'
  }),
  updateGroupsAddPrivacy: socketCommand<'updateGroupsAddPrivacy'>()({
    ...CONFIGURES,
    request: GroupsAddPrivacyRequest,
    parameters: ['value'],
    meaning: 'Sets who may add the account to groups.'
  }),
  updateCallPrivacy: socketCommand<'updateCallPrivacy'>()({
    ...CONFIGURES,
    request: CallPrivacyRequest,
    parameters: ['value'],
    meaning: 'Sets who may call the account.'
  }),
  updateMessagesPrivacy: socketCommand<'updateMessagesPrivacy'>()({
    ...CONFIGURES,
    request: MessagesPrivacyRequest,
    parameters: ['value'],
    meaning: 'Sets who may send messages to the account.'
  }),
  updateDisableLinkPreviewsPrivacy: socketCommand<'updateDisableLinkPreviewsPrivacy'>()({
    ...CONFIGURES,
    request: LinkPreviewsPrivacyRequest,
    parameters: ['isPreviewsDisabled'],
    meaning: 'Sets whether messages with links are sent without a preview.'
  }),
  updateDefaultDisappearingMode: socketCommand<'updateDefaultDisappearingMode'>()({
    ...CONFIGURES,
    request: DisappearingModeRequest,
    parameters: ['duration'],
    meaning: 'Sets the default timer for disappearing messages in new chats.'
  }),
  fetchAccountReachoutTimelock: socketCommand<'fetchAccountReachoutTimelock'>()({
    ...READS,
    request: NoArguments,
    parameters: [],
    meaning: 'Returns whether WhatsApp prevents the account from starting new chats, and when this restriction ends.'
  }),
  fetchNewChatMessageCap: socketCommand<'fetchNewChatMessageCap'>()({
    ...READS,
    request: NoArguments,
    parameters: [],
    meaning: 'Returns how many new chats the account may start.'
  }),
  addLabel: socketCommand<'addLabel'>()({
    ...SETS,
    request: LabelRequest,
    parameters: ['jid', 'labels'],
    meaning: 'Creates, changes or deletes a label.'
  }),
  addChatLabel: socketCommand<'addChatLabel'>()({
    ...SETS,
    request: ChatLabelRequest,
    parameters: ['jid', 'labelId'],
    meaning: 'Adds a label to a chat.'
  }),
  removeChatLabel: socketCommand<'removeChatLabel'>()({
    ...SETS,
    request: ChatLabelRequest,
    parameters: ['jid', 'labelId'],
    meaning: 'Removes a label from a chat.'
  }),
  addMessageLabel: socketCommand<'addMessageLabel'>()({
    ...SETS,
    request: MessageLabelRequest,
    parameters: ['jid', 'messageId', 'labelId'],
    meaning: 'Adds a label to a message.'
  }),
  removeMessageLabel: socketCommand<'removeMessageLabel'>()({
    ...SETS,
    request: MessageLabelRequest,
    parameters: ['jid', 'messageId', 'labelId'],
    meaning: 'Removes a label from a message.'
  }),
  addOrEditQuickReply: socketCommand<'addOrEditQuickReply'>()({
    ...MAKES,
    request: QuickReplyRequest,
    parameters: ['quickReply'],
    meaning: 'Stores a quick reply.'
  }),
  removeQuickReply: socketCommand<'removeQuickReply'>()({
    ...SETS,
    request: RemoveQuickReplyRequest,
    parameters: ['timestamp'],
    meaning: 'Removes a quick reply.'
  })
} as const;
