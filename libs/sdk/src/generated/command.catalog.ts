// @generated from the catalogs of @wabus/contracts by tools/sdk/catalog-types.mjs: do not edit.
import type {
  BytesJson,
  MediaReference,
  SessionView,
  PasskeyRecord,
  ReachoutTimelockState,
  ProtoMessageKey,
  ProtoMessage,
  ProtoMessageLiveLocationMessage,
  ProtoWebMessageInfoStatus,
  ProtoWebMessageInfoStubType,
  ProtoPaymentInfo,
  ProtoWebMessageInfoBizPrivacyStatus,
  ProtoMediaData,
  ProtoPhotoChange,
  ProtoUserReceipt,
  ProtoReaction,
  ProtoStatusPSA,
  ProtoPollUpdate,
  ProtoPollAdditionalMetadata,
  ProtoKeepInChat,
  ProtoPinInChat,
  ProtoPremiumMessageInfo,
  ProtoCommentMetadata,
  ProtoEventResponse,
  ProtoReportingTokenInfo,
  ProtoEventAdditionalMetadata,
  ProtoMessageAddOn,
  ProtoStatusMentionMessage,
  ProtoCitation,
  ProtoGroupHistoryIndividualMessageInfo,
  ProtoGroupHistoryBundleInfo,
  ProtoInteractiveMessageAdditionalMetadata,
  ProtoQuarantinedMessage,
  GroupMetadata,
  NewChatMessageCapInfo,
  AboutTextSet,
  WABusinessProfile,
  Product,
  CatalogCollection,
  OrderDetails,
  BotListInfo,
  ContactLookupResult,
  USyncQueryResultList,
  ResetSessions,
  BinaryNode,
  GroupMetadataReply,
  NewsletterMetadata,
  SentMessage,
  PairingCodeIssued,
  PasskeyRequest,
  RestoredSession,
  QrCode,
  MessageContent,
  MessageKeyFields,
  MediaSource,
  ImageContent,
  VideoContent,
  AudioContent,
  DocumentContent,
  StickerContent,
  ProductContent,
  SendOptions,
  ChatModificationFields,
  StarredMessage,
  ContactFields,
  CallLinkEvent,
  GroupInviteFields,
  LabelFields,
  QuickReplyFields,
  NewsletterFields,
  BusinessProfileFields,
  CatalogRequest,
  PictureDimensions,
  ProductCreateFields,
  ProductUpdateFields,
  StanzaJson,
  RelayOptions,
  SendMessageRequest,
  RequestPairingCodeRequest,
  GetPasskeyRequest,
  SubmitPasskeyAssertionRequest,
  ConfirmPasskeyRequest,
  CreateSessionRequest,
  StopSessionRequest,
  GetQrRequest,
  ChatModifyRequest,
  StarRequest,
  ReadMessagesRequest,
  ReceiptRequest,
  ReceiptsRequest,
  MessageHistoryRequest,
  PlaceholderResendRequest,
  PresenceRequest,
  PresenceSubscribeRequest,
  OnWhatsAppRequest,
  JidsRequest,
  ProfilePictureUrlRequest,
  ContactSessionRequest,
  BlockStatusRequest,
  ContactRequest,
  UserRequest,
  RejectCallRequest,
  CallLinkRequest,
  CreateGroupRequest,
  GroupRequest,
  LeaveGroupRequest,
  GroupSubjectRequest,
  GroupDescriptionRequest,
  GroupParticipantsRequest,
  GroupJoinRequestsRequest,
  InviteCodeRequest,
  RevokeInviteRequest,
  AcceptInviteRequest,
  GroupEphemeralRequest,
  GroupSettingRequest,
  GroupMemberAddModeRequest,
  GroupJoinApprovalRequest,
  MemberLabelRequest,
  CreateCommunityRequest,
  CreateCommunityGroupRequest,
  LinkGroupRequest,
  RevokeCommunityInviteRequest,
  ProfileStatusRequest,
  ProfileNameRequest,
  JidRequest,
  PrivacySettingsRequest,
  PrivacyRequest,
  OnlinePrivacyRequest,
  ReadReceiptsPrivacyRequest,
  GroupsAddPrivacyRequest,
  CallPrivacyRequest,
  MessagesPrivacyRequest,
  LinkPreviewsPrivacyRequest,
  DisappearingModeRequest,
  LabelRequest,
  ChatLabelRequest,
  MessageLabelRequest,
  QuickReplyRequest,
  RemoveQuickReplyRequest,
  CreateNewsletterRequest,
  NewsletterMetadataRequest,
  NewsletterRequest,
  NewsletterUpdateRequest,
  NewsletterNameRequest,
  NewsletterDescriptionRequest,
  NewsletterReactionRequest,
  NewsletterMessagesRequest,
  NewsletterOwnerRequest,
  NewsletterDemoteRequest,
  BusinessProfileRequest,
  CoverPhotoRequest,
  CollectionsRequest,
  OrderRequest,
  DeleteProductsRequest,
  MessageRequest,
  ProfilePictureRequest,
  NewsletterPictureRequest,
  CoverPhotoUpdateRequest,
  ProductCreateRequest,
  ProductUpdateRequest,
  QueryRequest,
  SendNodeRequest,
  RelayMessageRequest
} from './payload.catalog.js';
/** Every command as a method, with its arguments in the order of Baileys. Each rejects with a `WabusError`. */
export interface CommandMethods {
  /** Sends a message: text, a location, contacts, a poll, an event, a reaction, a pin, an edit, a deletion, a forward and more. */
  sendMessage(
    jid: string,
    content: AudioContent | DocumentContent | ImageContent | MessageContent | ProductContent | StickerContent | VideoContent,
    options?: SendOptions | null
  ): Promise<SentMessage>;
  /** Requests a code from WhatsApp that you type on the phone instead of scanning a QR code. */
  requestPairingCode(phoneNumber: string, customCode?: string | null): Promise<PairingCodeIssued>;
  /** Returns the data that the account's passkey must sign, and the stage of the link. */
  getPasskey(link?: boolean | null): Promise<PasskeyRequest>;
  /** Sends WhatsApp the assertion that the browser signed with the passkey, and returns once WhatsApp has accepted it. The next step is on the phone. */
  submitPasskeyAssertion(assertion: { [key: string]: unknown }): Promise<PasskeyRecord>;
  /** Confirms that the phone shows the same code as the passkey link, or reports that it does not. The account can be linked only after that. */
  confirmPasskey(equal: boolean): Promise<PasskeyRecord>;
  /** Cancels a passkey link. A new QR code follows. */
  cancelPasskey(): Promise<PasskeyRecord>;
  /** Undoes a spurious logout: restores the newest snapshot of the credentials and connects. The session must be running and must not be linked. */
  restoreSession(): Promise<RestoredSession>;
  /** Creates a session and starts it. It shows a QR code until it is linked. */
  createSession(proxy?: string | null): Promise<SessionView>;
  /** Starts the session. After a logout, it shows a new QR code. */
  startSession(): Promise<SessionView>;
  /** Stops the session. It remains linked, so a later start needs no QR code. */
  stopSession(error?: unknown): Promise<SessionView>;
  /** Reconnects the session to WhatsApp, or starts it if it is stopped. */
  restartSession(): Promise<SessionView>;
  /** Unlinks the session from its WhatsApp account and erases the credentials. The session itself remains, without a connection. */
  logoutSession(): Promise<SessionView>;
  /** Unlinks the session and erases everything stored about it, including its past events. */
  deleteSession(): Promise<SessionView>;
  /** Returns the desired state and the status of the session. */
  getSession(): Promise<SessionView>;
  /** Returns the QR code to scan as text, as an SVG or PNG image, or in block characters for a terminal. */
  getQr(format?: 'png' | 'raw' | 'svg' | 'terminal' | null): Promise<QrCode>;
  /** Archives, pins, mutes, clears or deletes a chat, or marks it as read. Each call makes exactly one change. */
  chatModify(modification: ChatModificationFields, jid: string, chatInfo?: unknown): Promise<void>;
  /** Stars or unstars messages. */
  star(jid: string, messages: StarredMessage[], star: boolean): Promise<void>;
  /** Marks messages as read, and sends read receipts if the privacy settings permit them. */
  readMessages(keys: MessageKeyFields[]): Promise<void>;
  /** Sends a receipt for messages from one author. */
  sendReceipt(
    jid: string,
    participant: string | null,
    messageIds: string[],
    type?: 'hist_sync' | 'inactive' | 'peer_msg' | 'played' | 'read' | 'read-self' | 'sender' | null
  ): Promise<void>;
  /** Sends receipts for messages. */
  sendReceipts(
    keys: MessageKeyFields[],
    type?: 'hist_sync' | 'inactive' | 'peer_msg' | 'played' | 'read' | 'read-self' | 'sender' | null
  ): Promise<void>;
  /** Asks the phone for older messages in a chat. They arrive in the event `messaging-history.set`. */
  fetchMessageHistory(count: number, oldestMsgKey: MessageKeyFields, oldestMsgTimestamp: number): Promise<string>;
  /** Asks the phone for the content of a message that arrived without content. The content arrives as an event. */
  requestPlaceholderResend(messageKey: MessageKeyFields): Promise<string>;
  /** Shows the account as available, or as typing in a chat. */
  sendPresenceUpdate(type: 'available' | 'composing' | 'paused' | 'recording' | 'unavailable', toJid?: string | null): Promise<void>;
  /** Subscribes to a person's presence, which the event `presence.update` reports. */
  presenceSubscribe(toJid: string): Promise<void>;
  /** Checks which of the given phone numbers and LIDs are on WhatsApp, and returns their jids. */
  onWhatsApp(...phoneNumbers: string[]): Promise<ContactLookupResult[]>;
  /** Returns people's about texts, with the emoji and, if set, the expiration (`expiresAt`). */
  fetchStatus(...jids: string[]): Promise<USyncQueryResultList[]>;
  /** Returns people's default timers for disappearing messages. */
  fetchDisappearingDuration(...jids: string[]): Promise<USyncQueryResultList[]>;
  /** Returns the address of the picture of a chat, or `null` if there is none that this account may see. The address belongs to WhatsApp and expires. */
  profilePictureUrl(jid: string, type?: 'image' | 'preview' | null): Promise<string | null>;
  /** Returns the blocklist. */
  fetchBlocklist(): Promise<string[]>;
  /** Deletes the encryption sessions with all devices of a contact. Use it if messages from or to the contact remain unreadable. The next message in either direction creates new sessions. */
  resetContactSession(jid: string): Promise<ResetSessions>;
  /** Blocks or unblocks a contact. */
  updateBlockStatus(jid: string, action: 'block' | 'unblock'): Promise<void>;
  /** Stores a contact. */
  addOrEditContact(jid: string, contact: ContactFields): Promise<void>;
  /** Removes a contact. */
  removeContact(jid: string): Promise<void>;
  /** Rejects an incoming call. */
  rejectCall(callId: string, callFrom: string): Promise<void>;
  /** Creates a link that lets others join a call. */
  createCallLink(type: 'audio' | 'video', event?: CallLinkEvent | null): Promise<string>;
  /** Creates a group. */
  groupCreate(subject: string, participants: string[]): Promise<GroupMetadata>;
  /** Returns data about a group: its name, description, members and settings. */
  groupMetadata(jid: string): Promise<GroupMetadataReply>;
  /** Leaves a group. */
  groupLeave(id: string): Promise<void>;
  /** Renames a group. */
  groupUpdateSubject(jid: string, subject: string): Promise<void>;
  /** Changes or removes the description of a group. */
  groupUpdateDescription(jid: string, description?: string | null): Promise<void>;
  /** Adds, removes, promotes or demotes members. Returns a status for each. */
  groupParticipantsUpdate(
    jid: string,
    participants: string[],
    action: 'add' | 'demote' | 'modify' | 'promote' | 'remove'
  ): Promise<{ status: string; jid?: string; content: BinaryNode }[]>;
  /** Returns the pending requests to join. */
  groupRequestParticipantsList(jid: string): Promise<{ [key: string]: string }[]>;
  /** Approves or rejects requests to join. */
  groupRequestParticipantsUpdate(
    jid: string,
    participants: string[],
    action: 'approve' | 'reject'
  ): Promise<{ status: string; jid?: string }[]>;
  /** Returns the code of the invite link. */
  groupInviteCode(jid: string): Promise<string>;
  /** Revokes the invite link. Returns the new code. */
  groupRevokeInvite(jid: string): Promise<string>;
  /** Joins a group with the code of an invite link. Returns the jid of the group. */
  groupAcceptInvite(code: string): Promise<string>;
  /** Returns the metadata behind an invite link, without joining. */
  groupGetInviteInfo(code: string): Promise<GroupMetadata>;
  /** Withdraws one person's invitation. */
  groupRevokeInviteV4(groupJid: string, invitedJid: string): Promise<boolean>;
  /** Accepts an invitation that arrived as a message. */
  groupAcceptInviteV4(key: MessageKeyFields, inviteMessage: GroupInviteFields): Promise<unknown>;
  /** Sets the timer for disappearing messages. */
  groupToggleEphemeral(jid: string, ephemeralExpiration: number): Promise<void>;
  /** Sets who may write and who may change the group. */
  groupSettingUpdate(jid: string, setting: 'announcement' | 'locked' | 'not_announcement' | 'unlocked'): Promise<void>;
  /** Sets who may add members. */
  groupMemberAddMode(jid: string, mode: 'admin_add' | 'all_member_add'): Promise<void>;
  /** Sets whether admins must approve new members. */
  groupJoinApprovalMode(jid: string, mode: 'off' | 'on'): Promise<void>;
  /** Returns every group that the account belongs to, with its members. The reply can be large. */
  groupFetchAllParticipating(): Promise<{ [key: string]: GroupMetadata }>;
  /** Changes the label beside the account's name in a group. */
  updateMemberLabel(jid: string, memberLabel: string): Promise<string>;
  /** Creates a community. */
  communityCreate(subject: string, body: string): Promise<GroupMetadata | null>;
  /** Creates a group inside a community. */
  communityCreateGroup(subject: string, participants: string[], parentCommunityJid: string): Promise<GroupMetadata | null>;
  /** Adds a group to a community. */
  communityLinkGroup(groupJid: string, parentCommunityJid: string): Promise<void>;
  /** Removes a group from a community. */
  communityUnlinkGroup(groupJid: string, parentCommunityJid: string): Promise<void>;
  /** Returns the groups of a community. */
  communityFetchLinkedGroups(jid: string): Promise<{
    communityJid: string;
    isCommunity: boolean;
    linkedGroups: { id?: string; subject: string; creation?: number; owner?: string; size?: number }[];
  }>;
  /** Returns data about a community: its name, description, members and settings. */
  communityMetadata(jid: string): Promise<GroupMetadata>;
  /** Leaves a community. */
  communityLeave(id: string): Promise<void>;
  /** Renames a community. */
  communityUpdateSubject(jid: string, subject: string): Promise<void>;
  /** Changes or removes the description of a community. */
  communityUpdateDescription(jid: string, description?: string | null): Promise<void>;
  /** Adds, removes, promotes or demotes members. Returns a status for each. */
  communityParticipantsUpdate(
    jid: string,
    participants: string[],
    action: 'add' | 'demote' | 'modify' | 'promote' | 'remove'
  ): Promise<{ status: string; jid?: string; content: BinaryNode }[]>;
  /** Returns the pending requests to join. */
  communityRequestParticipantsList(jid: string): Promise<{ [key: string]: string }[]>;
  /** Approves or rejects requests to join. */
  communityRequestParticipantsUpdate(
    jid: string,
    participants: string[],
    action: 'approve' | 'reject'
  ): Promise<{ status: string; jid?: string }[]>;
  /** Returns the code of the invite link. */
  communityInviteCode(jid: string): Promise<string>;
  /** Revokes the invite link. Returns the new code. */
  communityRevokeInvite(jid: string): Promise<string>;
  /** Joins a community with the code of an invite link. Returns the jid of the community. */
  communityAcceptInvite(code: string): Promise<string>;
  /** Returns the metadata behind an invite link, without joining. */
  communityGetInviteInfo(code: string): Promise<GroupMetadata>;
  /** Withdraws one person's invitation. */
  communityRevokeInviteV4(communityJid: string, invitedJid: string): Promise<boolean>;
  /** Accepts an invitation that arrived as a message. */
  communityAcceptInviteV4(key: MessageKeyFields, inviteMessage: GroupInviteFields): Promise<unknown>;
  /** Sets the timer for disappearing messages. */
  communityToggleEphemeral(jid: string, ephemeralExpiration: number): Promise<void>;
  /** Sets who may write and who may change the group. */
  communitySettingUpdate(jid: string, setting: 'announcement' | 'locked' | 'not_announcement' | 'unlocked'): Promise<void>;
  /** Sets who may add members. */
  communityMemberAddMode(jid: string, mode: 'admin_add' | 'all_member_add'): Promise<void>;
  /** Sets whether admins must approve new members. */
  communityJoinApprovalMode(jid: string, mode: 'off' | 'on'): Promise<void>;
  /** Returns every community that the account belongs to, with its members. The reply can be large. */
  communityFetchAllParticipating(): Promise<{ [key: string]: GroupMetadata }>;
  /** Changes or removes the about text. The reply contains the time for which WhatsApp shows it. */
  updateProfileStatus(status: string, duration?: number | null, emoji?: string | null): Promise<AboutTextSet>;
  /** Changes the name that others see. */
  updateProfileName(name: string): Promise<void>;
  /** Removes the picture of the account or a group. */
  removeProfilePicture(jid: string): Promise<void>;
  /** Returns all privacy settings. */
  fetchPrivacySettings(force?: boolean | null): Promise<{ [key: string]: string }>;
  /** Sets who can see when the account was last online. */
  updateLastSeenPrivacy(value: 'all' | 'contact_blacklist' | 'contacts' | 'none'): Promise<void>;
  /** Sets who can see that the account is online. */
  updateOnlinePrivacy(value: 'all' | 'match_last_seen'): Promise<void>;
  /** Sets who can see the profile picture. */
  updateProfilePicturePrivacy(value: 'all' | 'contact_blacklist' | 'contacts' | 'none'): Promise<void>;
  /** Sets who can see the about text. */
  updateStatusPrivacy(value: 'all' | 'contact_blacklist' | 'contacts' | 'none'): Promise<void>;
  /** Sets who can see read receipts. */
  updateReadReceiptsPrivacy(value: 'all' | 'none'): Promise<void>;
  /** Sets who may add the account to groups. */
  updateGroupsAddPrivacy(value: 'all' | 'contact_blacklist' | 'contacts'): Promise<void>;
  /** Sets who may call the account. */
  updateCallPrivacy(value: 'all' | 'known'): Promise<void>;
  /** Sets who may send messages to the account. */
  updateMessagesPrivacy(value: 'all' | 'contacts'): Promise<void>;
  /** Sets whether messages with links are sent without a preview. */
  updateDisableLinkPreviewsPrivacy(isPreviewsDisabled: boolean): Promise<void>;
  /** Sets the default timer for disappearing messages in new chats. */
  updateDefaultDisappearingMode(duration: number): Promise<void>;
  /** Returns whether WhatsApp prevents the account from starting new chats, and when this restriction ends. */
  fetchAccountReachoutTimelock(): Promise<ReachoutTimelockState>;
  /** Returns how many new chats the account may start. */
  fetchNewChatMessageCap(): Promise<NewChatMessageCapInfo>;
  /** Creates, changes or deletes a label. */
  addLabel(jid: string, labels: LabelFields): Promise<void>;
  /** Adds a label to a chat. */
  addChatLabel(jid: string, labelId: string): Promise<void>;
  /** Removes a label from a chat. */
  removeChatLabel(jid: string, labelId: string): Promise<void>;
  /** Adds a label to a message. */
  addMessageLabel(jid: string, messageId: string, labelId: string): Promise<void>;
  /** Removes a label from a message. */
  removeMessageLabel(jid: string, messageId: string, labelId: string): Promise<void>;
  /** Stores a quick reply. */
  addOrEditQuickReply(quickReply: QuickReplyFields): Promise<void>;
  /** Removes a quick reply. */
  removeQuickReply(timestamp: string): Promise<void>;
  /** Creates a channel. */
  newsletterCreate(name: string, description?: string | null): Promise<NewsletterMetadata>;
  /** Returns data about a channel. */
  newsletterMetadata(type: 'invite' | 'jid', key: string, count?: unknown): Promise<NewsletterMetadata | null>;
  /** Returns the number of followers of a channel. */
  newsletterSubscribers(jid: string): Promise<{ subscribers: number }>;
  /** Follows a channel. */
  newsletterFollow(jid: string): Promise<unknown>;
  /** Unfollows a channel. */
  newsletterUnfollow(jid: string): Promise<unknown>;
  /** Mutes a channel. */
  newsletterMute(jid: string): Promise<unknown>;
  /** Unmutes a channel. */
  newsletterUnmute(jid: string): Promise<unknown>;
  /** Changes the name or description of a channel, or removes its picture. */
  newsletterUpdate(jid: string, updates: NewsletterFields): Promise<unknown>;
  /** Renames a channel. */
  newsletterUpdateName(jid: string, name: string): Promise<unknown>;
  /** Changes the description of a channel. */
  newsletterUpdateDescription(jid: string, description: string): Promise<unknown>;
  /** Removes the picture of a channel. */
  newsletterRemovePicture(jid: string): Promise<unknown>;
  /** Reacts to a channel message, or removes the reaction. */
  newsletterReactMessage(jid: string, serverId: string, reaction?: string | null): Promise<void>;
  /** Returns messages from a channel in WhatsApp's raw form, as a stanza. */
  newsletterFetchMessages(jid: string, count: number, since: number, after: number): Promise<unknown>;
  /** Subscribes to live counts of views and reactions for a few minutes. */
  subscribeNewsletterUpdates(jid: string): Promise<{ duration: string } | null>;
  /** Returns the number of admins of a channel. */
  newsletterAdminCount(jid: string): Promise<number>;
  /** Transfers a channel to another owner. */
  newsletterChangeOwner(jid: string, newOwnerJid: string): Promise<void>;
  /** Demotes an admin of a channel. */
  newsletterDemote(jid: string, userJid: string): Promise<void>;
  /** Deletes a channel. */
  newsletterDelete(jid: string): Promise<void>;
  /** Returns the business profile of a contact. */
  getBusinessProfile(jid: string): Promise<WABusinessProfile | void>;
  /** Changes the account's business profile. The name of the command has the same spelling as in Baileys. */
  updateBussinesProfile(args: BusinessProfileFields): Promise<unknown>;
  /** Removes the cover photo of the account's business profile. */
  removeCoverPhoto(id: string): Promise<unknown>;
  /** Returns the products in a catalog, page by page. */
  getCatalog(request: CatalogRequest): Promise<{ products: Product[]; nextPageCursor?: string }>;
  /** Returns the collections in a catalog. */
  getCollections(jid?: string | null, limit?: number | null): Promise<{ collections: CatalogCollection[] }>;
  /** Returns the products in an order message. */
  getOrderDetails(orderId: string, tokenBase64: string): Promise<OrderDetails>;
  /** Removes products from the account's catalog. */
  productDelete(productIds: string[]): Promise<{ deleted: number }>;
  /** Returns the bots that WhatsApp offers. */
  getBotListV2(): Promise<BotListInfo[]>;
  /** Fetches and decrypts the file of a message, and returns a reference to it. If WhatsApp no longer has the file, Wabus asks the phone to upload it again. */
  downloadMedia(message: { [key: string]: unknown }): Promise<MediaReference>;
  /** Asks the phone to upload the file of a message again. Returns the message with its new location. */
  updateMediaMessage(message: { [key: string]: unknown }): Promise<{
    key: {
      remoteJid?: string | null;
      fromMe?: boolean | null;
      id?: string | null;
      participant?: string | null;
      remoteJidAlt?: string;
      remoteJidUsername?: string;
      participantAlt?: string;
      participantUsername?: string;
      server_id?: string;
      addressingMode?: string;
      isViewOnce?: boolean;
    };
    message?: ProtoMessage | null;
    messageTimestamp?: number | string | null;
    status?: ProtoWebMessageInfoStatus | null;
    participant?: string | null;
    messageC2STimestamp?: number | string | null;
    ignore?: boolean | null;
    starred?: boolean | null;
    broadcast?: boolean | null;
    pushName?: string | null;
    mediaCiphertextSha256?: BytesJson | null;
    multicast?: boolean | null;
    urlText?: boolean | null;
    urlNumber?: boolean | null;
    messageStubType?: ProtoWebMessageInfoStubType | null;
    clearMedia?: boolean | null;
    messageStubParameters?: unknown;
    duration?: number | null;
    labels?: string[] | null;
    paymentInfo?: ProtoPaymentInfo | null;
    finalLiveLocation?: ProtoMessageLiveLocationMessage | null;
    quotedPaymentInfo?: ProtoPaymentInfo | null;
    ephemeralStartTimestamp?: number | string | null;
    ephemeralDuration?: number | null;
    ephemeralOffToOn?: boolean | null;
    ephemeralOutOfSync?: boolean | null;
    bizPrivacyStatus?: ProtoWebMessageInfoBizPrivacyStatus | null;
    verifiedBizName?: string | null;
    mediaData?: ProtoMediaData | null;
    photoChange?: ProtoPhotoChange | null;
    userReceipt?: ProtoUserReceipt[] | null;
    reactions?: ProtoReaction[] | null;
    quotedStickerData?: ProtoMediaData | null;
    futureproofData?: BytesJson | null;
    statusPsa?: ProtoStatusPSA | null;
    pollUpdates?: ProtoPollUpdate[] | null;
    pollAdditionalMetadata?: ProtoPollAdditionalMetadata | null;
    agentId?: string | null;
    statusAlreadyViewed?: boolean | null;
    messageSecret?: BytesJson | null;
    keepInChat?: ProtoKeepInChat | null;
    originalSelfAuthorUserJidString?: string | null;
    revokeMessageTimestamp?: number | string | null;
    pinInChat?: ProtoPinInChat | null;
    premiumMessageInfo?: ProtoPremiumMessageInfo | null;
    is1PBizBotMessage?: boolean | null;
    isGroupHistoryMessage?: boolean | null;
    botMessageInvokerJid?: string | null;
    commentMetadata?: ProtoCommentMetadata | null;
    eventResponses?: ProtoEventResponse[] | null;
    reportingTokenInfo?: ProtoReportingTokenInfo | null;
    newsletterServerId?: number | string | null;
    eventAdditionalMetadata?: ProtoEventAdditionalMetadata | null;
    isMentionedInStatus?: boolean | null;
    statusMentions?: string[] | null;
    targetMessageId?: ProtoMessageKey | null;
    messageAddOns?: ProtoMessageAddOn[] | null;
    statusMentionMessageInfo?: ProtoStatusMentionMessage | null;
    isSupportAiMessage?: boolean | null;
    statusMentionSources?: string[] | null;
    supportAiCitations?: ProtoCitation[] | null;
    botTargetId?: string | null;
    groupHistoryIndividualMessageInfo?: ProtoGroupHistoryIndividualMessageInfo | null;
    groupHistoryBundleInfo?: ProtoGroupHistoryBundleInfo | null;
    interactiveMessageAdditionalMetadata?: ProtoInteractiveMessageAdditionalMetadata | null;
    quarantinedMessage?: ProtoQuarantinedMessage | null;
    category?: string;
    retryCount?: number;
  }>;
  /** Changes the picture of the account or a group. */
  updateProfilePicture(jid: string, content: MediaSource, dimensions?: PictureDimensions | null): Promise<void>;
  /** Changes the picture of a channel. */
  newsletterUpdatePicture(jid: string, content: MediaSource): Promise<unknown>;
  /** Changes the cover photo of the account's business profile. Returns its id. */
  updateCoverPhoto(photo: MediaSource): Promise<number>;
  /** Adds a product to the account's catalog. */
  productCreate(create: ProductCreateFields): Promise<{
    name: string;
    retailerId?: string;
    url?: string;
    description: string;
    price: number;
    currency: string;
    isHidden?: boolean;
    id: string;
    imageUrls: { [key: string]: string };
    reviewStatus: { [key: string]: string };
    availability: 'in stock';
  }>;
  /** Changes a product in the account's catalog. */
  productUpdate(
    productId: string,
    update: ProductUpdateFields
  ): Promise<{
    name: string;
    retailerId?: string;
    url?: string;
    description: string;
    price: number;
    currency: string;
    isHidden?: boolean;
    id: string;
    imageUrls: { [key: string]: string };
    reviewStatus: { [key: string]: string };
    availability: 'in stock';
  }>;
  /** Sends a raw stanza and waits for the reply. */
  query(node: StanzaJson, timeoutMs?: number | null): Promise<unknown>;
  /** Sends a raw stanza. */
  sendNode(frame: StanzaJson): Promise<void>;
  /** Sends a message that you pass in the form of WhatsApp's own protobuf, as JSON. The reply is the id of the message. */
  relayMessage(jid: string, message: Record<string, unknown>, options: RelayOptions): Promise<string>;
}
/** The arguments of every command, with their fields by name. */
export interface CommandArguments {
  sendMessage: SendMessageRequest;
  requestPairingCode: RequestPairingCodeRequest;
  getPasskey: GetPasskeyRequest;
  submitPasskeyAssertion: SubmitPasskeyAssertionRequest;
  confirmPasskey: ConfirmPasskeyRequest;
  cancelPasskey: Record<string, never>;
  restoreSession: Record<string, never>;
  createSession: CreateSessionRequest;
  startSession: Record<string, never>;
  stopSession: StopSessionRequest;
  restartSession: Record<string, never>;
  logoutSession: Record<string, never>;
  deleteSession: Record<string, never>;
  getSession: Record<string, never>;
  getQr: GetQrRequest;
  chatModify: ChatModifyRequest;
  star: StarRequest;
  readMessages: ReadMessagesRequest;
  sendReceipt: ReceiptRequest;
  sendReceipts: ReceiptsRequest;
  fetchMessageHistory: MessageHistoryRequest;
  requestPlaceholderResend: PlaceholderResendRequest;
  sendPresenceUpdate: PresenceRequest;
  presenceSubscribe: PresenceSubscribeRequest;
  onWhatsApp: OnWhatsAppRequest;
  fetchStatus: JidsRequest;
  fetchDisappearingDuration: JidsRequest;
  profilePictureUrl: ProfilePictureUrlRequest;
  fetchBlocklist: Record<string, never>;
  resetContactSession: ContactSessionRequest;
  updateBlockStatus: BlockStatusRequest;
  addOrEditContact: ContactRequest;
  removeContact: UserRequest;
  rejectCall: RejectCallRequest;
  createCallLink: CallLinkRequest;
  groupCreate: CreateGroupRequest;
  groupMetadata: GroupRequest;
  groupLeave: LeaveGroupRequest;
  groupUpdateSubject: GroupSubjectRequest;
  groupUpdateDescription: GroupDescriptionRequest;
  groupParticipantsUpdate: GroupParticipantsRequest;
  groupRequestParticipantsList: GroupRequest;
  groupRequestParticipantsUpdate: GroupJoinRequestsRequest;
  groupInviteCode: GroupRequest;
  groupRevokeInvite: GroupRequest;
  groupAcceptInvite: InviteCodeRequest;
  groupGetInviteInfo: InviteCodeRequest;
  groupRevokeInviteV4: RevokeInviteRequest;
  groupAcceptInviteV4: AcceptInviteRequest;
  groupToggleEphemeral: GroupEphemeralRequest;
  groupSettingUpdate: GroupSettingRequest;
  groupMemberAddMode: GroupMemberAddModeRequest;
  groupJoinApprovalMode: GroupJoinApprovalRequest;
  groupFetchAllParticipating: Record<string, never>;
  updateMemberLabel: MemberLabelRequest;
  communityCreate: CreateCommunityRequest;
  communityCreateGroup: CreateCommunityGroupRequest;
  communityLinkGroup: LinkGroupRequest;
  communityUnlinkGroup: LinkGroupRequest;
  communityFetchLinkedGroups: GroupRequest;
  communityMetadata: GroupRequest;
  communityLeave: LeaveGroupRequest;
  communityUpdateSubject: GroupSubjectRequest;
  communityUpdateDescription: GroupDescriptionRequest;
  communityParticipantsUpdate: GroupParticipantsRequest;
  communityRequestParticipantsList: GroupRequest;
  communityRequestParticipantsUpdate: GroupJoinRequestsRequest;
  communityInviteCode: GroupRequest;
  communityRevokeInvite: GroupRequest;
  communityAcceptInvite: InviteCodeRequest;
  communityGetInviteInfo: InviteCodeRequest;
  communityRevokeInviteV4: RevokeCommunityInviteRequest;
  communityAcceptInviteV4: AcceptInviteRequest;
  communityToggleEphemeral: GroupEphemeralRequest;
  communitySettingUpdate: GroupSettingRequest;
  communityMemberAddMode: GroupMemberAddModeRequest;
  communityJoinApprovalMode: GroupJoinApprovalRequest;
  communityFetchAllParticipating: Record<string, never>;
  updateProfileStatus: ProfileStatusRequest;
  updateProfileName: ProfileNameRequest;
  removeProfilePicture: JidRequest;
  fetchPrivacySettings: PrivacySettingsRequest;
  updateLastSeenPrivacy: PrivacyRequest;
  updateOnlinePrivacy: OnlinePrivacyRequest;
  updateProfilePicturePrivacy: PrivacyRequest;
  updateStatusPrivacy: PrivacyRequest;
  updateReadReceiptsPrivacy: ReadReceiptsPrivacyRequest;
  updateGroupsAddPrivacy: GroupsAddPrivacyRequest;
  updateCallPrivacy: CallPrivacyRequest;
  updateMessagesPrivacy: MessagesPrivacyRequest;
  updateDisableLinkPreviewsPrivacy: LinkPreviewsPrivacyRequest;
  updateDefaultDisappearingMode: DisappearingModeRequest;
  fetchAccountReachoutTimelock: Record<string, never>;
  fetchNewChatMessageCap: Record<string, never>;
  addLabel: LabelRequest;
  addChatLabel: ChatLabelRequest;
  removeChatLabel: ChatLabelRequest;
  addMessageLabel: MessageLabelRequest;
  removeMessageLabel: MessageLabelRequest;
  addOrEditQuickReply: QuickReplyRequest;
  removeQuickReply: RemoveQuickReplyRequest;
  newsletterCreate: CreateNewsletterRequest;
  newsletterMetadata: NewsletterMetadataRequest;
  newsletterSubscribers: NewsletterRequest;
  newsletterFollow: NewsletterRequest;
  newsletterUnfollow: NewsletterRequest;
  newsletterMute: NewsletterRequest;
  newsletterUnmute: NewsletterRequest;
  newsletterUpdate: NewsletterUpdateRequest;
  newsletterUpdateName: NewsletterNameRequest;
  newsletterUpdateDescription: NewsletterDescriptionRequest;
  newsletterRemovePicture: NewsletterRequest;
  newsletterReactMessage: NewsletterReactionRequest;
  newsletterFetchMessages: NewsletterMessagesRequest;
  subscribeNewsletterUpdates: NewsletterRequest;
  newsletterAdminCount: NewsletterRequest;
  newsletterChangeOwner: NewsletterOwnerRequest;
  newsletterDemote: NewsletterDemoteRequest;
  newsletterDelete: NewsletterRequest;
  getBusinessProfile: JidRequest;
  updateBussinesProfile: BusinessProfileRequest;
  removeCoverPhoto: CoverPhotoRequest;
  getCatalog: CatalogRequest;
  getCollections: CollectionsRequest;
  getOrderDetails: OrderRequest;
  productDelete: DeleteProductsRequest;
  getBotListV2: Record<string, never>;
  downloadMedia: MessageRequest;
  updateMediaMessage: MessageRequest;
  updateProfilePicture: ProfilePictureRequest;
  newsletterUpdatePicture: NewsletterPictureRequest;
  updateCoverPhoto: CoverPhotoUpdateRequest;
  productCreate: ProductCreateRequest;
  productUpdate: ProductUpdateRequest;
  query: QueryRequest;
  sendNode: SendNodeRequest;
  relayMessage: RelayMessageRequest;
}
/** The value with which each command resolves. */
export interface CommandReplies {
  sendMessage: SentMessage;
  requestPairingCode: PairingCodeIssued;
  getPasskey: PasskeyRequest;
  submitPasskeyAssertion: PasskeyRecord;
  confirmPasskey: PasskeyRecord;
  cancelPasskey: PasskeyRecord;
  restoreSession: RestoredSession;
  createSession: SessionView;
  startSession: SessionView;
  stopSession: SessionView;
  restartSession: SessionView;
  logoutSession: SessionView;
  deleteSession: SessionView;
  getSession: SessionView;
  getQr: QrCode;
  chatModify: void;
  star: void;
  readMessages: void;
  sendReceipt: void;
  sendReceipts: void;
  fetchMessageHistory: string;
  requestPlaceholderResend: string;
  sendPresenceUpdate: void;
  presenceSubscribe: void;
  onWhatsApp: ContactLookupResult[];
  fetchStatus: USyncQueryResultList[];
  fetchDisappearingDuration: USyncQueryResultList[];
  profilePictureUrl: string | null;
  fetchBlocklist: string[];
  resetContactSession: ResetSessions;
  updateBlockStatus: void;
  addOrEditContact: void;
  removeContact: void;
  rejectCall: void;
  createCallLink: string;
  groupCreate: GroupMetadata;
  groupMetadata: GroupMetadataReply;
  groupLeave: void;
  groupUpdateSubject: void;
  groupUpdateDescription: void;
  groupParticipantsUpdate: { status: string; jid?: string; content: BinaryNode }[];
  groupRequestParticipantsList: { [key: string]: string }[];
  groupRequestParticipantsUpdate: { status: string; jid?: string }[];
  groupInviteCode: string;
  groupRevokeInvite: string;
  groupAcceptInvite: string;
  groupGetInviteInfo: GroupMetadata;
  groupRevokeInviteV4: boolean;
  groupAcceptInviteV4: unknown;
  groupToggleEphemeral: void;
  groupSettingUpdate: void;
  groupMemberAddMode: void;
  groupJoinApprovalMode: void;
  groupFetchAllParticipating: { [key: string]: GroupMetadata };
  updateMemberLabel: string;
  communityCreate: GroupMetadata | null;
  communityCreateGroup: GroupMetadata | null;
  communityLinkGroup: void;
  communityUnlinkGroup: void;
  communityFetchLinkedGroups: {
    communityJid: string;
    isCommunity: boolean;
    linkedGroups: { id?: string; subject: string; creation?: number; owner?: string; size?: number }[];
  };
  communityMetadata: GroupMetadata;
  communityLeave: void;
  communityUpdateSubject: void;
  communityUpdateDescription: void;
  communityParticipantsUpdate: { status: string; jid?: string; content: BinaryNode }[];
  communityRequestParticipantsList: { [key: string]: string }[];
  communityRequestParticipantsUpdate: { status: string; jid?: string }[];
  communityInviteCode: string;
  communityRevokeInvite: string;
  communityAcceptInvite: string;
  communityGetInviteInfo: GroupMetadata;
  communityRevokeInviteV4: boolean;
  communityAcceptInviteV4: unknown;
  communityToggleEphemeral: void;
  communitySettingUpdate: void;
  communityMemberAddMode: void;
  communityJoinApprovalMode: void;
  communityFetchAllParticipating: { [key: string]: GroupMetadata };
  updateProfileStatus: AboutTextSet;
  updateProfileName: void;
  removeProfilePicture: void;
  fetchPrivacySettings: { [key: string]: string };
  updateLastSeenPrivacy: void;
  updateOnlinePrivacy: void;
  updateProfilePicturePrivacy: void;
  updateStatusPrivacy: void;
  updateReadReceiptsPrivacy: void;
  updateGroupsAddPrivacy: void;
  updateCallPrivacy: void;
  updateMessagesPrivacy: void;
  updateDisableLinkPreviewsPrivacy: void;
  updateDefaultDisappearingMode: void;
  fetchAccountReachoutTimelock: ReachoutTimelockState;
  fetchNewChatMessageCap: NewChatMessageCapInfo;
  addLabel: void;
  addChatLabel: void;
  removeChatLabel: void;
  addMessageLabel: void;
  removeMessageLabel: void;
  addOrEditQuickReply: void;
  removeQuickReply: void;
  newsletterCreate: NewsletterMetadata;
  newsletterMetadata: NewsletterMetadata | null;
  newsletterSubscribers: { subscribers: number };
  newsletterFollow: unknown;
  newsletterUnfollow: unknown;
  newsletterMute: unknown;
  newsletterUnmute: unknown;
  newsletterUpdate: unknown;
  newsletterUpdateName: unknown;
  newsletterUpdateDescription: unknown;
  newsletterRemovePicture: unknown;
  newsletterReactMessage: void;
  newsletterFetchMessages: unknown;
  subscribeNewsletterUpdates: { duration: string } | null;
  newsletterAdminCount: number;
  newsletterChangeOwner: void;
  newsletterDemote: void;
  newsletterDelete: void;
  getBusinessProfile: WABusinessProfile | void;
  updateBussinesProfile: unknown;
  removeCoverPhoto: unknown;
  getCatalog: { products: Product[]; nextPageCursor?: string };
  getCollections: { collections: CatalogCollection[] };
  getOrderDetails: OrderDetails;
  productDelete: { deleted: number };
  getBotListV2: BotListInfo[];
  downloadMedia: MediaReference;
  updateMediaMessage: {
    key: {
      remoteJid?: string | null;
      fromMe?: boolean | null;
      id?: string | null;
      participant?: string | null;
      remoteJidAlt?: string;
      remoteJidUsername?: string;
      participantAlt?: string;
      participantUsername?: string;
      server_id?: string;
      addressingMode?: string;
      isViewOnce?: boolean;
    };
    message?: ProtoMessage | null;
    messageTimestamp?: number | string | null;
    status?: ProtoWebMessageInfoStatus | null;
    participant?: string | null;
    messageC2STimestamp?: number | string | null;
    ignore?: boolean | null;
    starred?: boolean | null;
    broadcast?: boolean | null;
    pushName?: string | null;
    mediaCiphertextSha256?: BytesJson | null;
    multicast?: boolean | null;
    urlText?: boolean | null;
    urlNumber?: boolean | null;
    messageStubType?: ProtoWebMessageInfoStubType | null;
    clearMedia?: boolean | null;
    messageStubParameters?: unknown;
    duration?: number | null;
    labels?: string[] | null;
    paymentInfo?: ProtoPaymentInfo | null;
    finalLiveLocation?: ProtoMessageLiveLocationMessage | null;
    quotedPaymentInfo?: ProtoPaymentInfo | null;
    ephemeralStartTimestamp?: number | string | null;
    ephemeralDuration?: number | null;
    ephemeralOffToOn?: boolean | null;
    ephemeralOutOfSync?: boolean | null;
    bizPrivacyStatus?: ProtoWebMessageInfoBizPrivacyStatus | null;
    verifiedBizName?: string | null;
    mediaData?: ProtoMediaData | null;
    photoChange?: ProtoPhotoChange | null;
    userReceipt?: ProtoUserReceipt[] | null;
    reactions?: ProtoReaction[] | null;
    quotedStickerData?: ProtoMediaData | null;
    futureproofData?: BytesJson | null;
    statusPsa?: ProtoStatusPSA | null;
    pollUpdates?: ProtoPollUpdate[] | null;
    pollAdditionalMetadata?: ProtoPollAdditionalMetadata | null;
    agentId?: string | null;
    statusAlreadyViewed?: boolean | null;
    messageSecret?: BytesJson | null;
    keepInChat?: ProtoKeepInChat | null;
    originalSelfAuthorUserJidString?: string | null;
    revokeMessageTimestamp?: number | string | null;
    pinInChat?: ProtoPinInChat | null;
    premiumMessageInfo?: ProtoPremiumMessageInfo | null;
    is1PBizBotMessage?: boolean | null;
    isGroupHistoryMessage?: boolean | null;
    botMessageInvokerJid?: string | null;
    commentMetadata?: ProtoCommentMetadata | null;
    eventResponses?: ProtoEventResponse[] | null;
    reportingTokenInfo?: ProtoReportingTokenInfo | null;
    newsletterServerId?: number | string | null;
    eventAdditionalMetadata?: ProtoEventAdditionalMetadata | null;
    isMentionedInStatus?: boolean | null;
    statusMentions?: string[] | null;
    targetMessageId?: ProtoMessageKey | null;
    messageAddOns?: ProtoMessageAddOn[] | null;
    statusMentionMessageInfo?: ProtoStatusMentionMessage | null;
    isSupportAiMessage?: boolean | null;
    statusMentionSources?: string[] | null;
    supportAiCitations?: ProtoCitation[] | null;
    botTargetId?: string | null;
    groupHistoryIndividualMessageInfo?: ProtoGroupHistoryIndividualMessageInfo | null;
    groupHistoryBundleInfo?: ProtoGroupHistoryBundleInfo | null;
    interactiveMessageAdditionalMetadata?: ProtoInteractiveMessageAdditionalMetadata | null;
    quarantinedMessage?: ProtoQuarantinedMessage | null;
    category?: string;
    retryCount?: number;
  };
  updateProfilePicture: void;
  newsletterUpdatePicture: unknown;
  updateCoverPhoto: number;
  productCreate: {
    name: string;
    retailerId?: string;
    url?: string;
    description: string;
    price: number;
    currency: string;
    isHidden?: boolean;
    id: string;
    imageUrls: { [key: string]: string };
    reviewStatus: { [key: string]: string };
    availability: 'in stock';
  };
  productUpdate: {
    name: string;
    retailerId?: string;
    url?: string;
    description: string;
    price: number;
    currency: string;
    isHidden?: boolean;
    id: string;
    imageUrls: { [key: string]: string };
    reviewStatus: { [key: string]: string };
    availability: 'in stock';
  };
  query: unknown;
  sendNode: void;
  relayMessage: string;
}
/** The name of a command. */
export type CommandName = keyof CommandMethods;
/** The facts about a command that the client needs in order to send it. */
export interface CommandFacts {
  /** Whether running the command twice has the same effect as running it once. */
  readonly repeatable: boolean;
  /** Whether the command accepts an idempotency key, because the owner of the session runs it. */
  readonly takesKey: boolean;
  /** How long the client waits for the reply by default, in ms. */
  readonly deadlineMs: number;
}
/** The facts about every command. */
export const COMMANDS: Readonly<Record<CommandName, CommandFacts>> = {
  sendMessage: { repeatable: false, takesKey: true, deadlineMs: 30000 },
  requestPairingCode: { repeatable: false, takesKey: true, deadlineMs: 30000 },
  getPasskey: { repeatable: true, takesKey: true, deadlineMs: 10000 },
  submitPasskeyAssertion: { repeatable: false, takesKey: true, deadlineMs: 90000 },
  confirmPasskey: { repeatable: false, takesKey: true, deadlineMs: 40000 },
  cancelPasskey: { repeatable: true, takesKey: true, deadlineMs: 15000 },
  restoreSession: { repeatable: false, takesKey: true, deadlineMs: 15000 },
  createSession: { repeatable: false, takesKey: false, deadlineMs: 5000 },
  startSession: { repeatable: true, takesKey: false, deadlineMs: 5000 },
  stopSession: { repeatable: true, takesKey: false, deadlineMs: 5000 },
  restartSession: { repeatable: false, takesKey: false, deadlineMs: 5000 },
  logoutSession: { repeatable: true, takesKey: false, deadlineMs: 5000 },
  deleteSession: { repeatable: true, takesKey: false, deadlineMs: 5000 },
  getSession: { repeatable: true, takesKey: false, deadlineMs: 5000 },
  getQr: { repeatable: true, takesKey: false, deadlineMs: 5000 },
  chatModify: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  star: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  readMessages: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  sendReceipt: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  sendReceipts: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  fetchMessageHistory: { repeatable: false, takesKey: true, deadlineMs: 20000 },
  requestPlaceholderResend: { repeatable: false, takesKey: true, deadlineMs: 20000 },
  sendPresenceUpdate: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  presenceSubscribe: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  onWhatsApp: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  fetchStatus: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  fetchDisappearingDuration: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  profilePictureUrl: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  fetchBlocklist: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  resetContactSession: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  updateBlockStatus: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  addOrEditContact: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  removeContact: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  rejectCall: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  createCallLink: { repeatable: false, takesKey: true, deadlineMs: 20000 },
  groupCreate: { repeatable: false, takesKey: true, deadlineMs: 20000 },
  groupMetadata: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  groupLeave: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  groupUpdateSubject: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  groupUpdateDescription: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  groupParticipantsUpdate: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  groupRequestParticipantsList: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  groupRequestParticipantsUpdate: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  groupInviteCode: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  groupRevokeInvite: { repeatable: false, takesKey: true, deadlineMs: 20000 },
  groupAcceptInvite: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  groupGetInviteInfo: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  groupRevokeInviteV4: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  groupAcceptInviteV4: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  groupToggleEphemeral: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  groupSettingUpdate: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  groupMemberAddMode: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  groupJoinApprovalMode: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  groupFetchAllParticipating: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  updateMemberLabel: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityCreate: { repeatable: false, takesKey: true, deadlineMs: 20000 },
  communityCreateGroup: { repeatable: false, takesKey: true, deadlineMs: 20000 },
  communityLinkGroup: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityUnlinkGroup: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityFetchLinkedGroups: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityMetadata: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityLeave: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityUpdateSubject: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityUpdateDescription: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityParticipantsUpdate: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityRequestParticipantsList: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityRequestParticipantsUpdate: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityInviteCode: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityRevokeInvite: { repeatable: false, takesKey: true, deadlineMs: 20000 },
  communityAcceptInvite: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityGetInviteInfo: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityRevokeInviteV4: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityAcceptInviteV4: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityToggleEphemeral: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communitySettingUpdate: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityMemberAddMode: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityJoinApprovalMode: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  communityFetchAllParticipating: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  updateProfileStatus: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  updateProfileName: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  removeProfilePicture: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  fetchPrivacySettings: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  updateLastSeenPrivacy: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  updateOnlinePrivacy: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  updateProfilePicturePrivacy: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  updateStatusPrivacy: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  updateReadReceiptsPrivacy: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  updateGroupsAddPrivacy: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  updateCallPrivacy: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  updateMessagesPrivacy: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  updateDisableLinkPreviewsPrivacy: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  updateDefaultDisappearingMode: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  fetchAccountReachoutTimelock: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  fetchNewChatMessageCap: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  addLabel: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  addChatLabel: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  removeChatLabel: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  addMessageLabel: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  removeMessageLabel: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  addOrEditQuickReply: { repeatable: false, takesKey: true, deadlineMs: 20000 },
  removeQuickReply: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  newsletterCreate: { repeatable: false, takesKey: true, deadlineMs: 20000 },
  newsletterMetadata: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  newsletterSubscribers: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  newsletterFollow: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  newsletterUnfollow: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  newsletterMute: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  newsletterUnmute: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  newsletterUpdate: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  newsletterUpdateName: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  newsletterUpdateDescription: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  newsletterRemovePicture: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  newsletterReactMessage: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  newsletterFetchMessages: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  subscribeNewsletterUpdates: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  newsletterAdminCount: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  newsletterChangeOwner: { repeatable: false, takesKey: true, deadlineMs: 20000 },
  newsletterDemote: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  newsletterDelete: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  getBusinessProfile: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  updateBussinesProfile: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  removeCoverPhoto: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  getCatalog: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  getCollections: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  getOrderDetails: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  productDelete: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  getBotListV2: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  downloadMedia: { repeatable: true, takesKey: true, deadlineMs: 120000 },
  updateMediaMessage: { repeatable: true, takesKey: true, deadlineMs: 20000 },
  updateProfilePicture: { repeatable: true, takesKey: true, deadlineMs: 60000 },
  newsletterUpdatePicture: { repeatable: true, takesKey: true, deadlineMs: 60000 },
  updateCoverPhoto: { repeatable: true, takesKey: true, deadlineMs: 60000 },
  productCreate: { repeatable: false, takesKey: true, deadlineMs: 60000 },
  productUpdate: { repeatable: true, takesKey: true, deadlineMs: 60000 },
  query: { repeatable: false, takesKey: true, deadlineMs: 60000 },
  sendNode: { repeatable: false, takesKey: true, deadlineMs: 20000 },
  relayMessage: { repeatable: false, takesKey: true, deadlineMs: 30000 }
};
