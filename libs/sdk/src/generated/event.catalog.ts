// @generated from the catalogs of @wabus/contracts by tools/sdk/catalog-types.mjs: do not edit.
import type {
  ErrorJson,
  BytesJson,
  SessionStatus,
  ConnectionState,
  Contact,
  Chat,
  ProtoHistorySyncMsg,
  ProtoDisappearingMode,
  ProtoLimitSharingTriggerType,
  ProtoReaction,
  ProtoConversationEndOfHistoryTransferType,
  ProtoGroupParticipant,
  ProtoWallpaperSettings,
  ProtoMediaVisibility,
  ProtoPrivacySystemMessage,
  WAMessage,
  LIDMapping,
  ProtoHistorySyncHistorySyncType,
  ProtoPastParticipants,
  PresenceData,
  WAMessageKey,
  WAMessageUpdate,
  MessageUpsertType,
  MessageUserReceiptUpdate,
  GroupMetadata,
  GroupParticipant,
  ParticipantAction,
  RequestJoinAction,
  RequestJoinMethod,
  WACallEvent,
  Label,
  LabelAssociation,
  NewChatMessageCapInfo,
  ProtoSyncActionValuePrivacySettingDisableLinkPreviewsAction,
  ProtoSyncActionValueTimeFormatAction,
  ProtoSyncActionValuePrivacySettingRelayAllCalls,
  ProtoSyncActionValueStatusPrivacyAction,
  ProtoSyncActionValueNotificationActivitySettingActionNotificationActivitySetting,
  ProtoSyncActionValuePrivacySettingChannelsPersonalisedRecommendationAction,
  CredentialsChanged,
  QrIssued,
  PairingCodeChanged,
  PasskeyChanged,
  MessageProgress,
  PollVote,
  MessageUnopened,
  WhatsAppNotification,
  AppStateFailure
} from './payload.catalog.js';
/** Every event by name, with its payload in JSON. */
export interface EventPayloads {
  /** The connection changed: `connecting`, `open` or `close`. Also contains a new QR text and the online flag. */
  'connection.update': Partial<ConnectionState>;
  /** A chunk of history from the phone: chats, contacts and messages. Arrives after linking, and on demand. */
  'messaging-history.set': {
    chats: Chat[];
    contacts: Contact[];
    messages: WAMessage[];
    lidPnMappings?: LIDMapping[];
    isLatest?: boolean;
    progress?: number | null;
    syncType?: ProtoHistorySyncHistorySyncType | null;
    pastParticipants?: ProtoPastParticipants[] | null;
    chunkOrder?: number | null;
    peerDataRequestSessionId?: string | null;
  };
  /** A phase of the history sync is complete, or paused. */
  'messaging-history.status': {
    /** which sync phase this status refers to */ syncType: ProtoHistorySyncHistorySyncType;
    /** the status of this sync phase */ status: 'complete' | 'paused';
    /** progress === 100 was received from the server. when false, completion was inferred via timeout (no more chunks arriving). */ explicit: boolean;
  };
  /** New chats. */
  'chats.upsert': Chat[];
  /** Changes to chats: unread count, archive, mute, pin, last message time. */
  'chats.update': Partial<{
    id?: string | null;
    messages?: ProtoHistorySyncMsg[] | null;
    newJid?: string | null;
    oldJid?: string | null;
    lastMsgTimestamp?: number | string | null;
    unreadCount?: number | null;
    readOnly?: boolean | null;
    endOfHistoryTransfer?: boolean | null;
    ephemeralExpiration?: number | null;
    ephemeralSettingTimestamp?: number | string | null;
    endOfHistoryTransferType?: ProtoConversationEndOfHistoryTransferType | null;
    conversationTimestamp?: number | string | null;
    name?: string | null;
    pHash?: string | null;
    notSpam?: boolean | null;
    archived?: boolean | null;
    disappearingMode?: ProtoDisappearingMode | null;
    unreadMentionCount?: number | null;
    markedAsUnread?: boolean | null;
    participant?: ProtoGroupParticipant[] | null;
    tcToken?: BytesJson | null;
    tcTokenTimestamp?: number | string | null;
    contactPrimaryIdentityKey?: BytesJson | null;
    pinned?: number | null;
    muteEndTime?: number | string | null;
    wallpaper?: ProtoWallpaperSettings | null;
    mediaVisibility?: ProtoMediaVisibility | null;
    tcTokenSenderTimestamp?: number | string | null;
    suspended?: boolean | null;
    terminated?: boolean | null;
    createdAt?: number | string | null;
    createdBy?: string | null;
    description?: string | null;
    support?: boolean | null;
    isParentGroup?: boolean | null;
    parentGroupId?: string | null;
    isDefaultSubgroup?: boolean | null;
    displayName?: string | null;
    pnJid?: string | null;
    shareOwnPn?: boolean | null;
    pnhDuplicateLidThread?: boolean | null;
    lidJid?: string | null;
    username?: string | null;
    lidOriginType?: string | null;
    commentsCount?: number | null;
    locked?: boolean | null;
    systemMessageToInsert?: ProtoPrivacySystemMessage | null;
    capiCreatedGroup?: boolean | null;
    accountLid?: string | null;
    limitSharing?: boolean | null;
    limitSharingSettingTimestamp?: number | string | null;
    limitSharingTrigger?: ProtoLimitSharingTriggerType | null;
    limitSharingInitiatedByMe?: boolean | null;
    maibaAiThreadEnabled?: boolean | null;
    /** unix timestamp of when the last message was received in the chat */ lastMessageRecvTimestamp?: number;
    /** last update time */ timestamp?: number;
  }>[];
  /** A phone number jid and a LID belong to the same person. */
  'lid-mapping.update': LIDMapping;
  /** Chats were deleted on another device. */
  'chats.delete': string[];
  /** Somebody is available, typing, recording or gone. Emitted only for chats to whose presence the session has subscribed. */
  'presence.update': { id: string; presences: { [key: string]: PresenceData } };
  /** New contacts from the address book. */
  'contacts.upsert': Contact[];
  /** Changes to contacts: push name, picture. */
  'contacts.update': Partial<Contact>[];
  /** Messages were deleted for this account only. */
  'messages.delete': { jid: string; all: true } | { keys: WAMessageKey[] };
  /** Status, edits, revocations and stars of known messages. */
  'messages.update': WAMessageUpdate[];
  /** The phone uploaded expired media again, or reports that it cannot. */
  'messages.media-update': { key: WAMessageKey; media?: { ciphertext: BytesJson; iv: BytesJson }; error?: ErrorJson }[];
  /** One message. `notify`: received now. `append`: sent from another device, or received while the session was offline. History arrives only as `messaging-history.set`. An undecryptable message first arrives as a stub, and again once it can be decrypted. */
  'messages.upsert': { messages: WAMessage[]; type: MessageUpsertType; requestId?: string };
  /** Somebody reacted to a message, or removed the reaction. */
  'messages.reaction': { key: WAMessageKey; reaction: ProtoReaction }[];
  /** Members of a group or viewers of a status received or read a message. */
  'message-receipt.update': MessageUserReceiptUpdate[];
  /** The account was added to a group, or created a group. */
  'groups.upsert': GroupMetadata[];
  /** The subject, description, settings or invite link of a group changed, or WhatsApp suspended it (`suspended`). */
  'groups.update': Partial<GroupMetadata>[];
  /** Members were added, removed, promoted or demoted. */
  'group-participants.update': {
    id: string;
    author: string;
    authorPn?: string;
    authorUsername?: string;
    participants: GroupParticipant[];
    action: ParticipantAction;
  };
  /** Somebody asked to join a group, or withdrew the request. */
  'group.join-request': {
    id: string;
    author: string;
    authorPn?: string;
    authorUsername?: string;
    participant: string;
    participantPn?: string;
    action: RequestJoinAction;
    method?: RequestJoinMethod;
  };
  /** A member changed the label shown beside their name in a group. */
  'group.member-tag.update': { groupId: string; participant: string; participantAlt?: string; label: string; messageTimestamp?: number };
  /** The complete blocklist. Declared by Baileys, but not emitted by 7.0.0-rc14. */
  'blocklist.set': { blocklist: string[] };
  /** Jids were blocked or unblocked. */
  'blocklist.update': { blocklist: string[]; type: 'add' | 'remove' };
  /** A call is ringing, or was accepted, rejected, ended or timed out. */
  call: WACallEvent[];
  /** A label was created, changed or deleted. */
  'labels.edit': Label;
  /** A label was added to or removed from a chat or message. */
  'labels.association': { association: LabelAssociation; type: 'add' | 'remove' };
  /** The reaction counts of a channel message changed. */
  'newsletter.reaction': { id: string; server_id: string; reaction: { code?: string; count?: number; removed?: boolean } };
  /** The view count of a channel message changed. */
  'newsletter.view': { id: string; server_id: string; count: number };
  /** The role of a person in a channel changed. */
  'newsletter-participants.update': { id: string; author: string; user: string; new_role: string; action: string };
  /** The settings of a channel changed. */
  'newsletter-settings.update': { id: string; update: unknown };
  /** The quota for new chats changed. */
  'message-capping.update': NewChatMessageCapInfo;
  /** A chat was locked or unlocked. */
  'chats.lock': { id: string; locked: boolean };
  /** An account-wide setting changed on another device. */
  'settings.update':
    | { setting: 'channelsPersonalisedRecommendation'; value: ProtoSyncActionValuePrivacySettingChannelsPersonalisedRecommendationAction }
    | { setting: 'disableLinkPreviews'; value: ProtoSyncActionValuePrivacySettingDisableLinkPreviewsAction }
    | { setting: 'locale'; value: string }
    | { setting: 'notificationActivitySetting'; value: ProtoSyncActionValueNotificationActivitySettingActionNotificationActivitySetting }
    | { setting: 'privacySettingRelayAllCalls'; value: ProtoSyncActionValuePrivacySettingRelayAllCalls }
    | { setting: 'statusPrivacy'; value: ProtoSyncActionValueStatusPrivacyAction }
    | { setting: 'timeFormat'; value: ProtoSyncActionValueTimeFormatAction }
    | { setting: 'unarchiveChats'; value: boolean };
  /** Credentials changed and were stored. Lists only the names of the changed fields. */
  'creds.update': CredentialsChanged;
  /** A QR code to scan. The next one follows when it expires, until the account is linked or no attempts are left. */
  'auth.qr': QrIssued;
  /** A pairing code was issued, or WhatsApp invalidated the last one. `code` is the new code, or `null` if you have to request another. `connection.update` with `open` follows once the code has been typed on the phone. */
  'auth.pairing-code': PairingCodeChanged;
  /** WhatsApp asks for the account's passkey, or the passkey link reached its next stage. The stages `assertion` and `confirmation` need a person. The last event has `stage: null`. */
  'auth.passkey': PasskeyChanged;
  /** The state of the session, its account, its last disconnection, its reconnect loop, the announced end of its version or the stage of its passkey link changed. A change in the counters alone emits no event. */
  'session.status': SessionStatus;
  /** A message sent by a command was accepted, confirmed by WhatsApp, delivered, read or played, or failed. The event contains the correlation id of the command. */
  'message.progress': MessageProgress;
  /** Somebody voted in a poll, or changed or withdrew a vote. The event contains the names of the options. */
  'message.poll-vote': PollVote;
  /** A message about another message (an edit, a vote, an event response, a reaction, a comment) arrived and could not be decrypted. The event contains the reason. */
  'message.unopened': MessageUnopened;
  /** WhatsApp notified the session of something that no other event reports: a linked or deleted group, devices of a contact, a business profile, a followed channel. `kind` and `action` identify the change; secrets are left out. */
  'whatsapp.notification': WhatsAppNotification;
  /** A part of the synchronized state (contacts, chat settings, labels) could not be read after all attempts. Emitted only once until that part can be read again. */
  'app-state.collection-failed': AppStateFailure;
}
/** The name of an event. */
export type EventName = keyof EventPayloads;
/** The names of all events. */
export const EVENT_NAMES: readonly EventName[] = [
  'connection.update',
  'creds.update',
  'messaging-history.set',
  'messaging-history.status',
  'chats.upsert',
  'chats.update',
  'lid-mapping.update',
  'chats.delete',
  'presence.update',
  'contacts.upsert',
  'contacts.update',
  'messages.delete',
  'messages.update',
  'messages.media-update',
  'messages.upsert',
  'messages.reaction',
  'message-receipt.update',
  'groups.upsert',
  'groups.update',
  'group-participants.update',
  'group.join-request',
  'group.member-tag.update',
  'blocklist.set',
  'blocklist.update',
  'call',
  'labels.edit',
  'labels.association',
  'newsletter.reaction',
  'newsletter.view',
  'newsletter-participants.update',
  'newsletter-settings.update',
  'message-capping.update',
  'chats.lock',
  'settings.update',
  'auth.qr',
  'auth.pairing-code',
  'auth.passkey',
  'session.status',
  'message.progress',
  'message.poll-vote',
  'message.unopened',
  'whatsapp.notification',
  'app-state.collection-failed'
];
