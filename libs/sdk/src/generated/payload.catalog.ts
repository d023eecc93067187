// @generated from the catalogs of @wabus/contracts by tools/sdk/catalog-types.mjs: do not edit.
/** The JSON form of an error in a payload. */
export interface ErrorJson {
  name: string;
  message: string;
  statusCode?: number;
}
/** Bytes in JSON, in the form of Baileys' `BufferJSON`, whose `reviver` can therefore parse the bodies of Wabus. */
export interface BytesJson {
  type: 'Buffer';
  /** The bytes in base64. */
  data: string;
}
/** An object whose only field is `$large`. No payload of WhatsApp has a field with this name. */
export interface LargePartJson {
  $large: LargePart;
}
/** The reference that replaces a part of a payload which is too large or too deeply nested for the log. */
export interface LargePart {
  /** The reference of the content, for `GET /api/sessions/:session/media/:media`. Missing if the store was full: this part is lost, but not the rest of the event. */
  media?: string;
  form: LargePartForm;
  /** The size of the content in bytes. */
  bytes: number;
  /** The SHA-256 of the content, in hex. */
  sha256: string;
  /** The beginning of the text. Only for the form `text`. */
  preview?: string;
}
/** The form of the stored content: `text` is UTF-8, `bytes` is the original binary data, and `json` is the JSON text of a list or an object in the form of every payload. */
export type LargePartForm = 'bytes' | 'json' | 'text';
/** An error on the wire: in Socket.IO acknowledgments, HTTP bodies and NATS replies. */
export interface ErrorBody {
  code:
    | 'ACCOUNT_RESTRICTED'
    | 'ADDRESS_UNKNOWN'
    | 'ALREADY_PAIRED'
    | 'BROKER_UNAVAILABLE'
    | 'CONVERSION_UNAVAILABLE'
    | 'EGRESS_DENIED'
    | 'EGRESS_FAILED'
    | 'FORBIDDEN'
    | 'IDEMPOTENCY_KEY_REUSED'
    | 'INTERNAL'
    | 'INVALID_ARGUMENTS'
    | 'INVALID_REQUEST'
    | 'LID_REPLACED'
    | 'LIMIT_REACHED'
    | 'MEDIA_GONE'
    | 'MESSAGE_UNKNOWN'
    | 'NOT_CONNECTED'
    | 'NOT_FOUND'
    | 'NOT_ON_WHATSAPP'
    | 'NOT_PAIRED'
    | 'NO_OWNER'
    | 'OUTCOME_UNKNOWN'
    | 'PASSKEY_NOT_REQUESTED'
    | 'PAYLOAD_TOO_LARGE'
    | 'QR_NOT_AVAILABLE'
    | 'RATE_LIMITED'
    | 'REFUSED_BY_WHATSAPP'
    | 'SESSION_EXISTS'
    | 'SLOW_CONSUMER'
    | 'SUBSCRIPTION_DIFFERS'
    | 'TIMEOUT'
    | 'UNAUTHORIZED'
    | 'UNKNOWN_COMMAND'
    | 'UNKNOWN_EVENT'
    | 'UNKNOWN_MEDIA'
    | 'UNKNOWN_SESSION'
    | 'UNSUPPORTED_BY_WHATSAPP';
  message: string;
  retryable: boolean;
  certain: boolean;
  details?: { [key: string]: unknown };
}
/** The object form of `subscribe`. */
export interface SubscribeRequest {
  /** The names of events. `*` stands for all events, and a name may end in `.*`, such as `messages.*`. */
  events: string[];
  /** The sessions; if missing, all sessions that the token permits. */
  sessions?: string[];
  /** Only events about these chats (jids). Events about no chat are not delivered in this case. */
  chats?: string[];
  /** A position in the past: a cursor, or a time (ISO text). Past events are delivered first, in order, and none is delivered twice. */
  since?: string;
  /** Whether handlers receive an `EventEnvelope` instead of the payload. */
  envelope?: boolean;
  /** Whether envelopes arrive in arrays as the event `batch`. A batch has at most 50 events or the events of 20 ms. Implies `envelope`. */
  batch?: boolean;
}
/** The reply to `subscribe` and `unsubscribe`. It is an error if nothing was granted; in that case nothing has changed. */
export type SubscribeOutcome =
  | { ok: false; error: ErrorBody }
  | {
      ok: true;
      granted: (
        | 'app-state.collection-failed'
        | 'auth.pairing-code'
        | 'auth.passkey'
        | 'auth.qr'
        | 'blocklist.set'
        | 'blocklist.update'
        | 'call'
        | 'chats.delete'
        | 'chats.lock'
        | 'chats.update'
        | 'chats.upsert'
        | 'connection.update'
        | 'contacts.update'
        | 'contacts.upsert'
        | 'creds.update'
        | 'group-participants.update'
        | 'group.join-request'
        | 'group.member-tag.update'
        | 'groups.update'
        | 'groups.upsert'
        | 'labels.association'
        | 'labels.edit'
        | 'lid-mapping.update'
        | 'message-capping.update'
        | 'message-receipt.update'
        | 'message.poll-vote'
        | 'message.progress'
        | 'message.unopened'
        | 'messages.delete'
        | 'messages.media-update'
        | 'messages.reaction'
        | 'messages.update'
        | 'messages.upsert'
        | 'messaging-history.set'
        | 'messaging-history.status'
        | 'newsletter-participants.update'
        | 'newsletter-settings.update'
        | 'newsletter.reaction'
        | 'newsletter.view'
        | 'presence.update'
        | 'session.status'
        | 'settings.update'
        | 'whatsapp.notification'
      )[];
      /** Names in the request that were not granted: unknown events, and sessions or events that the token does not permit. */ refused: RefusedName[];
      sessions: '*' | string[];
      /** The position in the event log after which all events will arrive. */ cursor: string;
      /** Present if `since` is older than the log: events stored before `firstAt` (ISO time; `null` if the log is empty) are gone. */ truncated?: {
        firstAt: string | null;
      };
    };
/** A name in the request that was not granted, and the reason. */
export interface RefusedName {
  name: string;
  error: ErrorBody;
}
/** The events that the connection now receives, and the position from which it receives them. */
export interface SubscriptionState {
  granted: (
    | 'app-state.collection-failed'
    | 'auth.pairing-code'
    | 'auth.passkey'
    | 'auth.qr'
    | 'blocklist.set'
    | 'blocklist.update'
    | 'call'
    | 'chats.delete'
    | 'chats.lock'
    | 'chats.update'
    | 'chats.upsert'
    | 'connection.update'
    | 'contacts.update'
    | 'contacts.upsert'
    | 'creds.update'
    | 'group-participants.update'
    | 'group.join-request'
    | 'group.member-tag.update'
    | 'groups.update'
    | 'groups.upsert'
    | 'labels.association'
    | 'labels.edit'
    | 'lid-mapping.update'
    | 'message-capping.update'
    | 'message-receipt.update'
    | 'message.poll-vote'
    | 'message.progress'
    | 'message.unopened'
    | 'messages.delete'
    | 'messages.media-update'
    | 'messages.reaction'
    | 'messages.update'
    | 'messages.upsert'
    | 'messaging-history.set'
    | 'messaging-history.status'
    | 'newsletter-participants.update'
    | 'newsletter-settings.update'
    | 'newsletter.reaction'
    | 'newsletter.view'
    | 'presence.update'
    | 'session.status'
    | 'settings.update'
    | 'whatsapp.notification'
  )[];
  /** Names in the request that were not granted: unknown events, and sessions or events that the token does not permit. */
  refused: RefusedName[];
  sessions: '*' | string[];
  /** The position in the event log after which all events will arrive. */
  cursor: string;
  /** Present if `since` is older than the log: events stored before `firstAt` (ISO time; `null` if the log is empty) are gone. */
  truncated?: { firstAt: string | null };
}
/** The durable form of `subscribe`, which joins the subscription with this name or creates it. */
export interface DurableSubscribeRequest {
  /** The name of the subscription: 1 to 64 characters of `A-Z a-z 0-9 _ -`. All clients that use the name share its events. */
  durable: string;
  /** The names of events, with wildcards. They may be missing if the subscription exists. */
  events?: string[];
  /** The sessions; if missing, all sessions that the token permits. */
  sessions?: string[];
  /** The position at which a new subscription begins: a cursor, or a time (ISO text). If missing, it begins now. */
  since?: string;
  /** How long a client may take to acknowledge a delivery, in ms: 500 to 3,600,000; by default 30,000. */
  ackWaitMs?: number;
  /** The number of deliveries that one client may have unacknowledged: 1 to 1,000; by default 16. */
  maxInFlight?: number;
  /** The number of deliveries after which an event becomes a dead letter: 1 to 100; by default 5. */
  maxDeliveries?: number;
  /** Whether to change the terms of an existing subscription. Without it, a request with other terms is refused with `SUBSCRIPTION_DIFFERS`. */
  update?: boolean;
}
/** The reply to a durable `subscribe`. */
export type DurableSubscribeOutcome = { ok: false; error: ErrorBody } | { ok: true; subscription: SubscriptionRecord };
/** A durable subscription as stored. */
export interface SubscriptionRecord {
  name: string;
  /** Distinguishes the subscription from a removed one with the same name. */
  id: string;
  /** The cursor where the subscription began. */
  start: string;
  /** The id of the principal that created the subscription. It identifies the token in logs without revealing it. */
  owner: string;
  /** ISO times. */
  createdAt: string;
  updatedAt: string;
  /** The names of events. `*` stands for all events, and a name may end in `.*`. The list is sorted, and no name covers another. */
  events: string[];
  sessions: '*' | string[];
  /** How long a client may take to acknowledge a delivery, in ms. After that, the event is delivered again, to any client. */
  ackWaitMs: number;
  /** The number of deliveries that one client may have unacknowledged. With 1, only one delivery is under way over all clients, so the order is kept. */
  maxInFlight: number;
  /** The number of deliveries without an acknowledgement after which an event becomes a dead letter. */
  maxDeliveries: number;
}
/** A durable subscription with its outstanding work. */
export interface SubscriptionView {
  /** The id of the token (or subject of a JWT) that created the subscription, as in `GET /api/tokens` and `GET /api/principal`. The same as `owner`. */
  createdBy: string | null;
  /** The number of events that have not been delivered yet. */
  waiting: number;
  /** The number of deliveries to any client that have not been acknowledged yet. */
  underWay: number;
  deadLetters: number;
  name: string;
  /** Distinguishes the subscription from a removed one with the same name. */
  id: string;
  /** The cursor where the subscription began. */
  start: string;
  /** The id of the principal that created the subscription. It identifies the token in logs without revealing it. */
  owner: string;
  /** ISO times. */
  createdAt: string;
  updatedAt: string;
  /** The names of events. `*` stands for all events, and a name may end in `.*`. The list is sorted, and no name covers another. */
  events: string[];
  sessions: '*' | string[];
  /** How long a client may take to acknowledge a delivery, in ms. After that, the event is delivered again, to any client. */
  ackWaitMs: number;
  /** The number of deliveries that one client may have unacknowledged. With 1, only one delivery is under way over all clients, so the order is kept. */
  maxInFlight: number;
  /** The number of deliveries without an acknowledgement after which an event becomes a dead letter. */
  maxDeliveries: number;
}
/** What a client passes to the acknowledgment callback of a `delivery`, or returns from the handler in python-socketio. Nothing, `null`, `true` and `{ok: true}` acknowledge the event. Anything else refuses it: the event is delivered again after `retryInMs`, if given, and earlier than without any answer. */
export type DeliveryAnswer = boolean | string | { ok?: boolean; error?: unknown; retryInMs?: number } | null;
/** The JSON form of `CommandMessage`. */
export interface CommandMessage {
  session: string;
  method: string;
  args?: unknown;
  /** How long to wait for the reply, in ms. */
  deadlineMs?: number;
  /** The idempotency key. A command that is repeated with the same key runs only once and gets the same reply. */
  idempotencyKey?: string;
}
/** A stored file, as returned by the upload. It belongs to one session: no other session can send or download it. */
export interface MediaReference {
  /** The reference of the file, for commands of this session and `GET /api/sessions/:session/media/:media`. */
  media: string;
  /** The media type, detected from the first bytes; otherwise the type that the sender gave. */
  mimetype: string;
  bytes: number;
  /** The SHA-256 of the content, in hex. */
  sha256: string;
  /** When the file may be deleted, as an ISO time. */
  expiresAt: string;
  /** The file name that the sender chose. */
  fileName?: string;
}
/** A session as clients see it, with its desired and its observed state. */
export interface SessionView {
  session: string;
  desired: DesiredState;
  createdAt: string;
  status: SessionStatus;
  /** For a session that is being deleted: the current step, and what it waits for. */
  deletion?: { step: 'connector' | 'edge'; waitsFor: string };
}
/** The desired state of a session. Lifecycle commands edit it, and connectors bring the session into it. */
export type DesiredState = 'deleted' | 'logged-out' | 'running' | 'stopped';
/** The observed state of a session, written by its owner; the payload of `session.status`. */
export interface SessionStatus {
  session: string;
  state: 'connecting' | 'failed' | 'logged-out' | 'open' | 'pairing' | 'starting' | 'stopped' | 'waiting';
  /** The connector that owns the session; `null` if none does. */
  connector: string | null;
  /** The epoch under which the owner wrote the status. */
  epoch: number;
  account: LinkedAccount | null;
  lastDisconnect: LastDisconnect | null;
  /** The number of consecutive connections that ended before they were stable. It is 0 again once a connection has stayed open for a while. */
  failures: number;
  /** The ISO time since which the session counts as looping, because many connections failed in a row; `null` again once a connection has stayed open for a while. */
  reconnectLoopSince: string | null;
  /** When the last frame from WhatsApp arrived, as an ISO time. It lags by a few seconds while the state does not change. */
  lastInboundAt: string | null;
  /** The version of WhatsApp Web that the last connection presented, such as `2.3000.1043857760`; `null` before the first connection. */
  clientVersion: string | null;
  /** When WhatsApp will refuse that version according to its announcement, as an ISO time; `null` without an announcement, and after WhatsApp has withdrawn it. */
  clientExpiresAt: string | null;
  /** When the last readable message from somebody else arrived, as an ISO time that is as current as `lastInboundAt`. If it is old in a busy account while `lastInboundAt` is recent, WhatsApp may be holding messages back. Missing in records of older connectors. */
  lastMessageAt?: string | null;
  /** When the session last withheld resends that devices requested, because too many resends get an account locked. ISO time, to the minute; `null` if never. Missing in records of older connectors. */
  resendsHeldBackAt?: string | null;
  /** The restriction on writing to new people, as WhatsApp last reported it; `null` if there is none. It ends at `until`. Missing in records of older connectors. */
  restriction?: AccountRestriction | null;
  /** The quota for new chats as WhatsApp last reported it; `null` if it has not reported one. A change of `used` alone emits no event. Missing in records of older connectors. */
  newChats?: NewChatQuota | null;
  /** The totals, as current as `lastInboundAt`. */
  counters: SessionCounters;
  /** When the credentials that `restoreSession` can restore were saved, as ISO times, newest first. */
  snapshots: string[];
  /** A passkey link that is in progress or has just failed. Callers without the scope `control`, and `session.status`, see only its stage. */
  passkey: PasskeyGlimpse | PasskeyRecord | null;
  /** Present only if the account is locked and the caller has the scope `control`; never in `session.status`. */
  appeal?: AccountAppeal | null;
  updatedAt: string;
}
/** The account to which a session is linked. */
export interface LinkedAccount {
  /** The jid of the phone number. */
  id: string;
  lid: string | null;
  name: string | null;
  /** The platform of the phone, as WhatsApp reports it. */
  platform: string | null;
}
/** The JSON form of `LastDisconnect`. */
export interface LastDisconnect {
  /** The status code from WhatsApp or Baileys, such as 515. */
  code: number | null;
  /** The reason as Wabus names it, such as `restart-required`. */
  reason: string;
  /** What the reason means and what to do, for people. */
  message: string;
  at: string;
  willReconnect: boolean;
  /** When the next attempt begins, as an ISO time; `null` if none is planned. */
  nextAttemptAt: string | null;
  /** WhatsApp's answer to a refused login; missing if there was none. */
  refusal?: LoginRefusal;
  /** When the restriction ends, if WhatsApp unlinked this device while the account was restricted; `null` if the end is unknown. Missing if no restriction was known. */
  restrictedUntil?: string | null;
  /** Only for the reason `unacknowledged-stanza`. */
  unacknowledged?: UnacknowledgedStanza;
}
/** WhatsApp's answer to a refused login, the content of a `<failure>`. Fields that WhatsApp did not send are `null`. */
export interface LoginRefusal {
  /** Where in its service WhatsApp refused the login, such as `vll` for a lock. */
  location: string | null;
  /** The cause of a temporary ban; `null` for any other refusal and for an unknown cause. */
  cause: 'blocked-by-many' | 'broadcast-list' | 'same-message' | 'too-many-groups' | 'too-many-people' | null;
  /** When a temporary ban ends, as an ISO time. */
  until: string | null;
  message: string | null;
  url: string | null;
  /** The headline and the text that the official client shows, for people. */
  header: string | null;
  text: string | null;
  /** WhatsApp's number for the violated rule. */
  violation: string | null;
}
/** A stanza that WhatsApp considers not acknowledged. */
export interface UnacknowledgedStanza {
  /** The tag of the stanza, such as `status` for a status post. */
  class: string;
  id: string;
}
/** A restriction by WhatsApp: the account cannot write to people whose token it does not have. */
export interface AccountRestriction {
  /** The name of the restriction in WhatsApp, such as `RESTRICT_ALL_COMPANIONS` or `WEB_COMPANION_ONLY`. */
  kind: string;
  /** When the restriction ends, as an ISO time; `null` if WhatsApp did not report it. */
  until: string | null;
}
/** The number of new chats that WhatsApp permits the account to start. Unknown values are `null`. */
export interface NewChatQuota {
  total: number | null;
  used: number | null;
  /** `NONE`, `FIRST_WARNING`, `SECOND_WARNING` or `CAPPED`. */
  state: string;
  /** When the next cycle begins, as an ISO time. */
  cycleEnd: string | null;
}
/** Totals over the lifetime of a session, which each owner passes to the next. They may miss the last seconds before a crash: use them for dashboards, not for accounting. */
export interface SessionCounters {
  /** The number of events stored in the log. */
  eventsPublished: number;
  /** The number of messages from others that could be decrypted. */
  messagesIn: number;
  /** The number of messages sent by command and confirmed by WhatsApp. */
  messagesOut: number;
  /** The number of connections that reached `open`. */
  opens: number;
  /** The number of connections that ended without a request and were followed by another attempt. */
  reconnects: number;
  /** The number of times that `reconnectLoopSince` was set. */
  reconnectLoops: number;
}
/** A passkey link, visible to callers with the scope `control`. It contains nothing that is useful to anybody else. */
export interface PasskeyRecord {
  /** The stage; `null` once the link has ended because the account is linked or the attempt was canceled. */
  stage: 'assertion' | 'confirmation' | 'failed' | 'finishing' | 'sending' | 'waiting-for-phone' | null;
  /** When WhatsApp asked for the passkey, as an ISO time. */
  requestedAt: string;
  /** When the stage ends unless something happens, as an ISO time. */
  expiresAt: string | null;
  /** The code in the form `XXXX-XXXX`, once the phone has answered, even if nobody has to compare it. */
  code: string | null;
  /** Whether somebody must compare the code. */
  compare: boolean;
  error: PasskeyError | null;
}
/** The JSON form of `PasskeyError`. */
export interface PasskeyError {
  reason:
    | 'code-differs'
    | 'connection-lost'
    | 'invalid-answer'
    | 'no-answer'
    | 'no-options'
    | 'not-finished'
    | 'phone-did-not-continue'
    | 'refused';
  /** The step that WhatsApp refused or did not answer. */
  step: 'nonce' | 'options' | 'prologue' | 'ref' | 'request' | null;
  /** WhatsApp's status code. */
  statusCode: number | null;
}
/** The part that is visible to everybody with access to the session. */
export interface PasskeyGlimpse {
  stage: 'assertion' | 'confirmation' | 'failed' | 'finishing' | 'sending' | 'waiting-for-phone';
}
/** A token to request a review of a locked account. */
export interface AccountAppeal {
  token: string;
  /** When WhatsApp sent the token, as an ISO time. It sends a token only once. */
  at: string;
}
/** The JSON form of `ConnectionState`. */
export interface ConnectionState {
  /** connection is now open, connecting or closed */
  connection: WAConnectionState;
  /** the error that caused the connection to close */
  lastDisconnect?: { error?: ErrorJson; date: string };
  /** is this a new login */
  isNewLogin?: boolean;
  /** the current QR code */
  qr?: string;
  /** has the device received all pending notifications while it was offline */
  receivedPendingNotifications?: boolean;
  /** legacy connection options */
  legacy?: { phoneConnected: boolean; user?: Contact };
  /** if the client is shown as an active, online client. If this is false, the primary phone and other devices will receive notifs */
  isOnline?: boolean;
  /** When you are in this state, WhatsApp prevents outgoing messages and calls. */
  reachoutTimeLock?: ReachoutTimelockState;
}
/** The JSON form of `WAConnectionState`. */
export type WAConnectionState = 'close' | 'connecting' | 'open';
/** The JSON form of `Contact`. */
export interface Contact {
  /** ID either in lid or jid format (preferred) * */
  id: string;
  /** ID in LID format (\@lid) * */
  lid?: string;
  /** ID in PN format (\@s.whatsapp.net) * */
  phoneNumber?: string;
  /** name of the contact, you have saved on your WA */
  name?: string;
  /** name of the contact, the contact has set on their own on WA */
  notify?: string;
  /** username associated with this contact, when provided by WA */
  username?: string;
  /** I have no idea */
  verifiedName?: string;
  /** Url of the profile picture of the contact 'changed' => if the profile picture has changed null => if the profile picture has not been set (default profile picture) any other string => url of the profile picture */
  imgUrl?: string | null;
  status?: string;
}
/** The JSON form of `ReachoutTimelockState`. */
export interface ReachoutTimelockState {
  isActive?: boolean;
  timeEnforcementEnds?: string;
  enforcementType?: ReachoutTimelockEnforcementType;
}
/** The JSON form of `ReachoutTimelockEnforcementType`. */
export type ReachoutTimelockEnforcementType =
  | 'BIZ_COMMERCE_VIOLATION_ALCOHOL'
  | 'BIZ_COMMERCE_VIOLATION_ADULT'
  | 'BIZ_COMMERCE_VIOLATION_ANIMALS'
  | 'BIZ_COMMERCE_VIOLATION_BODY_PARTS_FLUIDS'
  | 'BIZ_COMMERCE_VIOLATION_DATING'
  | 'BIZ_COMMERCE_VIOLATION_DIGITAL_SERVICES_PRODUCTS'
  | 'BIZ_COMMERCE_VIOLATION_DRUGS'
  | 'BIZ_COMMERCE_VIOLATION_DRUGS_ONLY_OTC'
  | 'BIZ_COMMERCE_VIOLATION_GAMBLING'
  | 'BIZ_COMMERCE_VIOLATION_HEALTHCARE'
  | 'BIZ_COMMERCE_VIOLATION_REAL_FAKE_CURRENCY'
  | 'BIZ_COMMERCE_VIOLATION_SUPPLEMENTS'
  | 'BIZ_COMMERCE_VIOLATION_TOBACCO'
  | 'BIZ_COMMERCE_VIOLATION_VIOLENT_CONTENT'
  | 'BIZ_COMMERCE_VIOLATION_WEAPONS'
  | 'BIZ_QUALITY'
  | 'DEFAULT'
  | 'WEB_COMPANION_ONLY';
/** The JSON form of `Chat`. */
export interface Chat {
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
  /** unix timestamp of when the last message was received in the chat */
  lastMessageRecvTimestamp?: number;
}
/** The JSON form of `proto.IHistorySyncMsg`. */
export interface ProtoHistorySyncMsg {
  message?: ProtoWebMessageInfo | null;
  msgOrderId?: number | string | null;
}
/** The JSON form of `proto.IWebMessageInfo`. */
export interface ProtoWebMessageInfo {
  key?: ProtoMessageKey | null;
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
  messageStubParameters?: string[] | null;
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
}
/** The JSON form of `proto.IMessageKey`. */
export interface ProtoMessageKey {
  remoteJid?: string | null;
  fromMe?: boolean | null;
  id?: string | null;
  participant?: string | null;
}
/** The JSON form of `proto.IMessage`. */
export interface ProtoMessage {
  conversation?: string | null;
  senderKeyDistributionMessage?: ProtoMessageSenderKeyDistributionMessage | null;
  imageMessage?: ProtoMessageImageMessage | null;
  contactMessage?: ProtoMessageContactMessage | null;
  locationMessage?: ProtoMessageLocationMessage | null;
  extendedTextMessage?: ProtoMessageExtendedTextMessage | null;
  documentMessage?: ProtoMessageDocumentMessage | null;
  audioMessage?: ProtoMessageAudioMessage | null;
  videoMessage?: ProtoMessageVideoMessage | null;
  call?: ProtoMessageCall | null;
  chat?: ProtoMessageChat | null;
  protocolMessage?: ProtoMessageProtocolMessage | null;
  contactsArrayMessage?: ProtoMessageContactsArrayMessage | null;
  highlyStructuredMessage?: ProtoMessageHighlyStructuredMessage | null;
  fastRatchetKeySenderKeyDistributionMessage?: ProtoMessageSenderKeyDistributionMessage | null;
  sendPaymentMessage?: ProtoMessageSendPaymentMessage | null;
  liveLocationMessage?: ProtoMessageLiveLocationMessage | null;
  requestPaymentMessage?: ProtoMessageRequestPaymentMessage | null;
  declinePaymentRequestMessage?: ProtoMessageDeclinePaymentRequestMessage | null;
  cancelPaymentRequestMessage?: ProtoMessageCancelPaymentRequestMessage | null;
  templateMessage?: ProtoMessageTemplateMessage | null;
  stickerMessage?: ProtoMessageStickerMessage | null;
  groupInviteMessage?: ProtoMessageGroupInviteMessage | null;
  templateButtonReplyMessage?: ProtoMessageTemplateButtonReplyMessage | null;
  productMessage?: ProtoMessageProductMessage | null;
  deviceSentMessage?: ProtoMessageDeviceSentMessage | null;
  messageContextInfo?: ProtoMessageContextInfo | null;
  listMessage?: ProtoMessageListMessage | null;
  viewOnceMessage?: ProtoMessageFutureProofMessage | null;
  orderMessage?: ProtoMessageOrderMessage | null;
  listResponseMessage?: ProtoMessageListResponseMessage | null;
  ephemeralMessage?: ProtoMessageFutureProofMessage | null;
  invoiceMessage?: ProtoMessageInvoiceMessage | null;
  buttonsMessage?: ProtoMessageButtonsMessage | null;
  buttonsResponseMessage?: ProtoMessageButtonsResponseMessage | null;
  paymentInviteMessage?: ProtoMessagePaymentInviteMessage | null;
  interactiveMessage?: ProtoMessageInteractiveMessage | null;
  reactionMessage?: ProtoMessageReactionMessage | null;
  stickerSyncRmrMessage?: ProtoMessageStickerSyncRMRMessage | null;
  interactiveResponseMessage?: ProtoMessageInteractiveResponseMessage | null;
  pollCreationMessage?: ProtoMessagePollCreationMessage | null;
  pollUpdateMessage?: ProtoMessagePollUpdateMessage | null;
  keepInChatMessage?: ProtoMessageKeepInChatMessage | null;
  documentWithCaptionMessage?: ProtoMessageFutureProofMessage | null;
  requestPhoneNumberMessage?: ProtoMessageRequestPhoneNumberMessage | null;
  viewOnceMessageV2?: ProtoMessageFutureProofMessage | null;
  encReactionMessage?: ProtoMessageEncReactionMessage | null;
  editedMessage?: ProtoMessageFutureProofMessage | null;
  viewOnceMessageV2Extension?: ProtoMessageFutureProofMessage | null;
  pollCreationMessageV2?: ProtoMessagePollCreationMessage | null;
  scheduledCallCreationMessage?: ProtoMessageScheduledCallCreationMessage | null;
  groupMentionedMessage?: ProtoMessageFutureProofMessage | null;
  pinInChatMessage?: ProtoMessagePinInChatMessage | null;
  pollCreationMessageV3?: ProtoMessagePollCreationMessage | null;
  scheduledCallEditMessage?: ProtoMessageScheduledCallEditMessage | null;
  ptvMessage?: ProtoMessageVideoMessage | null;
  botInvokeMessage?: ProtoMessageFutureProofMessage | null;
  callLogMesssage?: ProtoMessageCallLogMessage | null;
  messageHistoryBundle?: ProtoMessageMessageHistoryBundle | null;
  encCommentMessage?: ProtoMessageEncCommentMessage | null;
  bcallMessage?: ProtoMessageBCallMessage | null;
  lottieStickerMessage?: ProtoMessageFutureProofMessage | null;
  eventMessage?: ProtoMessageEventMessage | null;
  encEventResponseMessage?: ProtoMessageEncEventResponseMessage | null;
  commentMessage?: ProtoMessageCommentMessage | null;
  newsletterAdminInviteMessage?: ProtoMessageNewsletterAdminInviteMessage | null;
  placeholderMessage?: ProtoMessagePlaceholderMessage | null;
  secretEncryptedMessage?: ProtoMessageSecretEncryptedMessage | null;
  albumMessage?: ProtoMessageAlbumMessage | null;
  eventCoverImage?: ProtoMessageFutureProofMessage | null;
  stickerPackMessage?: ProtoMessageStickerPackMessage | null;
  statusMentionMessage?: ProtoMessageFutureProofMessage | null;
  pollResultSnapshotMessage?: ProtoMessagePollResultSnapshotMessage | null;
  pollCreationOptionImageMessage?: ProtoMessageFutureProofMessage | null;
  associatedChildMessage?: ProtoMessageFutureProofMessage | null;
  groupStatusMentionMessage?: ProtoMessageFutureProofMessage | null;
  pollCreationMessageV4?: ProtoMessageFutureProofMessage | null;
  statusAddYours?: ProtoMessageFutureProofMessage | null;
  groupStatusMessage?: ProtoMessageFutureProofMessage | null;
  richResponseMessage?: ProtoAIRichResponseMessage | null;
  statusNotificationMessage?: ProtoMessageStatusNotificationMessage | null;
  limitSharingMessage?: ProtoMessageFutureProofMessage | null;
  botTaskMessage?: ProtoMessageFutureProofMessage | null;
  questionMessage?: ProtoMessageFutureProofMessage | null;
  messageHistoryNotice?: ProtoMessageMessageHistoryNotice | null;
  groupStatusMessageV2?: ProtoMessageFutureProofMessage | null;
  botForwardedMessage?: ProtoMessageFutureProofMessage | null;
  statusQuestionAnswerMessage?: ProtoMessageStatusQuestionAnswerMessage | null;
  questionReplyMessage?: ProtoMessageFutureProofMessage | null;
  questionResponseMessage?: ProtoMessageQuestionResponseMessage | null;
  statusQuotedMessage?: ProtoMessageStatusQuotedMessage | null;
  statusStickerInteractionMessage?: ProtoMessageStatusStickerInteractionMessage | null;
  pollCreationMessageV5?: ProtoMessagePollCreationMessage | null;
  newsletterFollowerInviteMessageV2?: ProtoMessageNewsletterFollowerInviteMessage | null;
  pollResultSnapshotMessageV3?: ProtoMessagePollResultSnapshotMessage | null;
}
/** The JSON form of `proto.Message.ISenderKeyDistributionMessage`. */
export interface ProtoMessageSenderKeyDistributionMessage {
  groupId?: string | null;
  axolotlSenderKeyDistributionMessage?: BytesJson | null;
}
/** The JSON form of `proto.Message.IImageMessage`. */
export interface ProtoMessageImageMessage {
  url?: string | null;
  mimetype?: string | null;
  caption?: string | null;
  fileSha256?: BytesJson | null;
  fileLength?: number | string | null;
  height?: number | null;
  width?: number | null;
  mediaKey?: BytesJson | null;
  fileEncSha256?: BytesJson | null;
  interactiveAnnotations?: ProtoInteractiveAnnotation[] | null;
  directPath?: string | null;
  mediaKeyTimestamp?: number | string | null;
  jpegThumbnail?: BytesJson | null;
  contextInfo?: ProtoContextInfo | null;
  firstScanSidecar?: BytesJson | null;
  firstScanLength?: number | null;
  experimentGroupId?: number | null;
  scansSidecar?: BytesJson | null;
  scanLengths?: number[] | null;
  midQualityFileSha256?: BytesJson | null;
  midQualityFileEncSha256?: BytesJson | null;
  viewOnce?: boolean | null;
  thumbnailDirectPath?: string | null;
  thumbnailSha256?: BytesJson | null;
  thumbnailEncSha256?: BytesJson | null;
  staticUrl?: string | null;
  annotations?: ProtoInteractiveAnnotation[] | null;
  imageSourceType?: ProtoMessageImageMessageImageSourceType | null;
  accessibilityLabel?: string | null;
  mediaKeyDomain?: ProtoMessageMediaKeyDomain | null;
  qrUrl?: string | null;
}
/** The JSON form of `proto.IInteractiveAnnotation`. */
export interface ProtoInteractiveAnnotation {
  polygonVertices?: ProtoPoint[] | null;
  shouldSkipConfirmation?: boolean | null;
  embeddedContent?: ProtoEmbeddedContent | null;
  statusLinkType?: ProtoInteractiveAnnotationStatusLinkType | null;
  location?: ProtoLocation | null;
  newsletter?: ProtoContextInfoForwardedNewsletterMessageInfo | null;
  embeddedAction?: boolean | null;
  tapAction?: ProtoTapLinkAction | null;
}
/** The JSON form of `proto.IPoint`. */
export interface ProtoPoint {
  xDeprecated?: number | null;
  yDeprecated?: number | null;
  x?: number | null;
  y?: number | null;
}
/** The JSON form of `proto.IEmbeddedContent`. */
export interface ProtoEmbeddedContent {
  embeddedMessage?: ProtoEmbeddedMessage | null;
  embeddedMusic?: ProtoEmbeddedMusic | null;
}
/** The JSON form of `proto.IEmbeddedMessage`. */
export interface ProtoEmbeddedMessage {
  stanzaId?: string | null;
  message?: ProtoMessage | null;
}
/** The JSON form of `proto.IEmbeddedMusic`. */
export interface ProtoEmbeddedMusic {
  musicContentMediaId?: string | null;
  songId?: string | null;
  author?: string | null;
  title?: string | null;
  artworkDirectPath?: string | null;
  artworkSha256?: BytesJson | null;
  artworkEncSha256?: BytesJson | null;
  artistAttribution?: string | null;
  countryBlocklist?: BytesJson | null;
  isExplicit?: boolean | null;
  artworkMediaKey?: BytesJson | null;
  musicSongStartTimeInMs?: number | string | null;
  derivedContentStartTimeInMs?: number | string | null;
  overlapDurationInMs?: number | string | null;
}
/** 1 `RASTERIZED_LINK_PREVIEW`, 2 `RASTERIZED_LINK_TRUNCATED`, 3 `RASTERIZED_LINK_FULL_URL`. */
export type ProtoInteractiveAnnotationStatusLinkType = 1 | 2 | 3;
/** The JSON form of `proto.ILocation`. */
export interface ProtoLocation {
  degreesLatitude?: number | null;
  degreesLongitude?: number | null;
  name?: string | null;
}
/** The JSON form of `proto.ContextInfo.IForwardedNewsletterMessageInfo`. */
export interface ProtoContextInfoForwardedNewsletterMessageInfo {
  newsletterJid?: string | null;
  serverMessageId?: number | null;
  newsletterName?: string | null;
  contentType?: ProtoContextInfoForwardedNewsletterMessageInfoContentType | null;
  accessibilityText?: string | null;
}
/** 1 `UPDATE`, 2 `UPDATE_CARD`, 3 `LINK_CARD`. */
export type ProtoContextInfoForwardedNewsletterMessageInfoContentType = 1 | 2 | 3;
/** The JSON form of `proto.ITapLinkAction`. */
export interface ProtoTapLinkAction {
  title?: string | null;
  tapUrl?: string | null;
}
/** The JSON form of `proto.IContextInfo`. */
export interface ProtoContextInfo {
  stanzaId?: string | null;
  participant?: string | null;
  quotedMessage?: ProtoMessage | null;
  remoteJid?: string | null;
  mentionedJid?: string[] | null;
  conversionSource?: string | null;
  conversionData?: BytesJson | null;
  conversionDelaySeconds?: number | null;
  forwardingScore?: number | null;
  isForwarded?: boolean | null;
  quotedAd?: ProtoContextInfoAdReplyInfo | null;
  placeholderKey?: ProtoMessageKey | null;
  expiration?: number | null;
  ephemeralSettingTimestamp?: number | string | null;
  ephemeralSharedSecret?: BytesJson | null;
  externalAdReply?: ProtoContextInfoExternalAdReplyInfo | null;
  entryPointConversionSource?: string | null;
  entryPointConversionApp?: string | null;
  entryPointConversionDelaySeconds?: number | null;
  disappearingMode?: ProtoDisappearingMode | null;
  actionLink?: ProtoActionLink | null;
  groupSubject?: string | null;
  parentGroupJid?: string | null;
  trustBannerType?: string | null;
  trustBannerAction?: number | null;
  isSampled?: boolean | null;
  groupMentions?: ProtoGroupMention[] | null;
  utm?: ProtoContextInfoUTMInfo | null;
  forwardedNewsletterMessageInfo?: ProtoContextInfoForwardedNewsletterMessageInfo | null;
  businessMessageForwardInfo?: ProtoContextInfoBusinessMessageForwardInfo | null;
  smbClientCampaignId?: string | null;
  smbServerCampaignId?: string | null;
  dataSharingContext?: ProtoContextInfoDataSharingContext | null;
  alwaysShowAdAttribution?: boolean | null;
  featureEligibilities?: ProtoContextInfoFeatureEligibilities | null;
  entryPointConversionExternalSource?: string | null;
  entryPointConversionExternalMedium?: string | null;
  ctwaSignals?: string | null;
  ctwaPayload?: BytesJson | null;
  forwardedAiBotMessageInfo?: ProtoForwardedAIBotMessageInfo | null;
  statusAttributionType?: ProtoContextInfoStatusAttributionType | null;
  urlTrackingMap?: ProtoUrlTrackingMap | null;
  pairedMediaType?: ProtoContextInfoPairedMediaType | null;
  rankingVersion?: number | null;
  memberLabel?: ProtoMemberLabel | null;
  isQuestion?: boolean | null;
  statusSourceType?: ProtoContextInfoStatusSourceType | null;
  statusAttributions?: ProtoStatusAttribution[] | null;
  isGroupStatus?: boolean | null;
  forwardOrigin?: ProtoContextInfoForwardOrigin | null;
  questionReplyQuotedMessage?: ProtoContextInfoQuestionReplyQuotedMessage | null;
  statusAudienceMetadata?: ProtoContextInfoStatusAudienceMetadata | null;
  nonJidMentions?: number | null;
  quotedType?: ProtoContextInfoQuotedType | null;
  botMessageSharingInfo?: ProtoBotMessageSharingInfo | null;
}
/** The JSON form of `proto.ContextInfo.IAdReplyInfo`. */
export interface ProtoContextInfoAdReplyInfo {
  advertiserName?: string | null;
  mediaType?: ProtoContextInfoAdReplyInfoMediaType | null;
  jpegThumbnail?: BytesJson | null;
  caption?: string | null;
}
/** 0 `NONE`, 1 `IMAGE`, 2 `VIDEO`. */
export type ProtoContextInfoAdReplyInfoMediaType = 0 | 1 | 2;
/** The JSON form of `proto.ContextInfo.IExternalAdReplyInfo`. */
export interface ProtoContextInfoExternalAdReplyInfo {
  title?: string | null;
  body?: string | null;
  mediaType?: ProtoContextInfoExternalAdReplyInfoMediaType | null;
  thumbnailUrl?: string | null;
  mediaUrl?: string | null;
  thumbnail?: BytesJson | null;
  sourceType?: string | null;
  sourceId?: string | null;
  sourceUrl?: string | null;
  containsAutoReply?: boolean | null;
  renderLargerThumbnail?: boolean | null;
  showAdAttribution?: boolean | null;
  ctwaClid?: string | null;
  ref?: string | null;
  clickToWhatsappCall?: boolean | null;
  adContextPreviewDismissed?: boolean | null;
  sourceApp?: string | null;
  automatedGreetingMessageShown?: boolean | null;
  greetingMessageBody?: string | null;
  ctaPayload?: string | null;
  disableNudge?: boolean | null;
  originalImageUrl?: string | null;
  automatedGreetingMessageCtaType?: string | null;
  wtwaAdFormat?: boolean | null;
  adType?: ProtoContextInfoExternalAdReplyInfoAdType | null;
  wtwaWebsiteUrl?: string | null;
  adPreviewUrl?: string | null;
}
/** 0 `NONE`, 1 `IMAGE`, 2 `VIDEO`. */
export type ProtoContextInfoExternalAdReplyInfoMediaType = 0 | 1 | 2;
/** 0 `CTWA`, 1 `CAWC`. */
export type ProtoContextInfoExternalAdReplyInfoAdType = 0 | 1;
/** The JSON form of `proto.IDisappearingMode`. */
export interface ProtoDisappearingMode {
  initiator?: ProtoDisappearingModeInitiator | null;
  trigger?: ProtoDisappearingModeTrigger | null;
  initiatorDeviceJid?: string | null;
  initiatedByMe?: boolean | null;
}
/** 0 `CHANGED_IN_CHAT`, 1 `INITIATED_BY_ME`, 2 `INITIATED_BY_OTHER`, 3 `BIZ_UPGRADE_FB_HOSTING`. */
export type ProtoDisappearingModeInitiator = 0 | 1 | 2 | 3;
/** 0 `UNKNOWN`, 1 `CHAT_SETTING`, 2 `ACCOUNT_SETTING`, 3 `BULK_CHANGE`, 4 `BIZ_SUPPORTS_FB_HOSTING`, 5 `UNKNOWN_GROUPS`. */
export type ProtoDisappearingModeTrigger = 0 | 1 | 2 | 3 | 4 | 5;
/** The JSON form of `proto.IActionLink`. */
export interface ProtoActionLink {
  url?: string | null;
  buttonTitle?: string | null;
}
/** The JSON form of `proto.IGroupMention`. */
export interface ProtoGroupMention {
  groupJid?: string | null;
  groupSubject?: string | null;
}
/** The JSON form of `proto.ContextInfo.IUTMInfo`. */
export interface ProtoContextInfoUTMInfo {
  utmSource?: string | null;
  utmCampaign?: string | null;
}
/** The JSON form of `proto.ContextInfo.IBusinessMessageForwardInfo`. */
export interface ProtoContextInfoBusinessMessageForwardInfo {
  businessOwnerJid?: string | null;
}
/** The JSON form of `proto.ContextInfo.IDataSharingContext`. */
export interface ProtoContextInfoDataSharingContext {
  showMmDisclosure?: boolean | null;
  encryptedSignalTokenConsented?: string | null;
  parameters?: ProtoContextInfoDataSharingContextParameters[] | null;
  dataSharingFlags?: number | null;
}
/** The JSON form of `proto.ContextInfo.DataSharingContext.IParameters`. */
export interface ProtoContextInfoDataSharingContextParameters {
  key?: string | null;
  stringData?: string | null;
  intData?: number | string | null;
  floatData?: number | null;
  contents?: ProtoContextInfoDataSharingContextParameters | null;
}
/** The JSON form of `proto.ContextInfo.IFeatureEligibilities`. */
export interface ProtoContextInfoFeatureEligibilities {
  cannotBeReactedTo?: boolean | null;
  cannotBeRanked?: boolean | null;
  canRequestFeedback?: boolean | null;
  canBeReshared?: boolean | null;
  canReceiveMultiReact?: boolean | null;
}
/** The JSON form of `proto.IForwardedAIBotMessageInfo`. */
export interface ProtoForwardedAIBotMessageInfo {
  botName?: string | null;
  botJid?: string | null;
  creatorName?: string | null;
}
/** 0 `NONE`, 1 `RESHARED_FROM_MENTION`, 2 `RESHARED_FROM_POST`, 3 `RESHARED_FROM_POST_MANY_TIMES`, 4 `FORWARDED_FROM_STATUS`. */
export type ProtoContextInfoStatusAttributionType = 0 | 1 | 2 | 3 | 4;
/** The JSON form of `proto.IUrlTrackingMap`. */
export interface ProtoUrlTrackingMap {
  urlTrackingMapElements?: ProtoUrlTrackingMapUrlTrackingMapElement[] | null;
}
/** The JSON form of `proto.UrlTrackingMap.IUrlTrackingMapElement`. */
export interface ProtoUrlTrackingMapUrlTrackingMapElement {
  originalUrl?: string | null;
  unconsentedUsersUrl?: string | null;
  consentedUsersUrl?: string | null;
  cardIndex?: number | null;
}
/** 0 `NOT_PAIRED_MEDIA`, 1 `SD_VIDEO_PARENT`, 2 `HD_VIDEO_CHILD`, 3 `SD_IMAGE_PARENT`, 4 `HD_IMAGE_CHILD`, 5 `MOTION_PHOTO_PARENT`, 6 `MOTION_PHOTO_CHILD`, 7 `HEVC_VIDEO_PARENT`, 8 `HEVC_VIDEO_CHILD`. */
export type ProtoContextInfoPairedMediaType = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
/** The JSON form of `proto.IMemberLabel`. */
export interface ProtoMemberLabel {
  label?: string | null;
  labelTimestamp?: number | string | null;
}
/** 0 `IMAGE`, 1 `VIDEO`, 2 `GIF`, 3 `AUDIO`, 4 `TEXT`, 5 `MUSIC_STANDALONE`. */
export type ProtoContextInfoStatusSourceType = 0 | 1 | 2 | 3 | 4 | 5;
/** The JSON form of `proto.IStatusAttribution`. */
export interface ProtoStatusAttribution {
  type?: ProtoStatusAttributionType | null;
  actionUrl?: string | null;
  statusReshare?: ProtoStatusAttributionStatusReshare | null;
  externalShare?: ProtoStatusAttributionExternalShare | null;
  music?: ProtoStatusAttributionMusic | null;
  groupStatus?: ProtoStatusAttributionGroupStatus | null;
  rlAttribution?: ProtoStatusAttributionRLAttribution | null;
  aiCreatedAttribution?: ProtoStatusAttributionAiCreatedAttribution | null;
}
/** 0 `UNKNOWN`, 1 `RESHARE`, 2 `EXTERNAL_SHARE`, 3 `MUSIC`, 4 `STATUS_MENTION`, 5 `GROUP_STATUS`, 6 `RL_ATTRIBUTION`, 7 `AI_CREATED`, 8 `LAYOUTS`. */
export type ProtoStatusAttributionType = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
/** The JSON form of `proto.StatusAttribution.IStatusReshare`. */
export interface ProtoStatusAttributionStatusReshare {
  source?: ProtoStatusAttributionStatusReshareSource | null;
  metadata?: ProtoStatusAttributionStatusReshareMetadata | null;
}
/** 0 `UNKNOWN`, 1 `INTERNAL_RESHARE`, 2 `MENTION_RESHARE`, 3 `CHANNEL_RESHARE`, 4 `FORWARD`. */
export type ProtoStatusAttributionStatusReshareSource = 0 | 1 | 2 | 3 | 4;
/** The JSON form of `proto.StatusAttribution.StatusReshare.IMetadata`. */
export interface ProtoStatusAttributionStatusReshareMetadata {
  duration?: number | null;
  channelJid?: string | null;
  channelMessageId?: number | null;
  hasMultipleReshares?: boolean | null;
}
/** The JSON form of `proto.StatusAttribution.IExternalShare`. */
export interface ProtoStatusAttributionExternalShare {
  actionUrl?: string | null;
  source?: ProtoStatusAttributionExternalShareSource | null;
  duration?: number | null;
  actionFallbackUrl?: string | null;
}
/** 0 `UNKNOWN`, 1 `INSTAGRAM`, 2 `FACEBOOK`, 3 `MESSENGER`, 4 `SPOTIFY`, 5 `YOUTUBE`, 6 `PINTEREST`, 7 `THREADS`, 8 `APPLE_MUSIC`, 9 `SHARECHAT`, 10 `GOOGLE_PHOTOS`. */
export type ProtoStatusAttributionExternalShareSource = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;
/** The JSON form of `proto.StatusAttribution.IMusic`. */
export interface ProtoStatusAttributionMusic {
  authorName?: string | null;
  songId?: string | null;
  title?: string | null;
  author?: string | null;
  artistAttribution?: string | null;
  isExplicit?: boolean | null;
}
/** The JSON form of `proto.StatusAttribution.IGroupStatus`. */
export interface ProtoStatusAttributionGroupStatus {
  authorJid?: string | null;
}
/** The JSON form of `proto.StatusAttribution.IRLAttribution`. */
export interface ProtoStatusAttributionRLAttribution {
  source?: ProtoStatusAttributionRLAttributionSource | null;
}
/** 0 `UNKNOWN`, 1 `RAY_BAN_META_GLASSES`, 2 `OAKLEY_META_GLASSES`, 3 `HYPERNOVA_GLASSES`. */
export type ProtoStatusAttributionRLAttributionSource = 0 | 1 | 2 | 3;
/** The JSON form of `proto.StatusAttribution.IAiCreatedAttribution`. */
export interface ProtoStatusAttributionAiCreatedAttribution {
  source?: ProtoStatusAttributionAiCreatedAttributionSource | null;
}
/** 0 `UNKNOWN`, 1 `STATUS_MIMICRY`. */
export type ProtoStatusAttributionAiCreatedAttributionSource = 0 | 1;
/** 0 `UNKNOWN`, 1 `CHAT`, 2 `STATUS`, 3 `CHANNELS`, 4 `META_AI`, 5 `UGC`. */
export type ProtoContextInfoForwardOrigin = 0 | 1 | 2 | 3 | 4 | 5;
/** The JSON form of `proto.ContextInfo.IQuestionReplyQuotedMessage`. */
export interface ProtoContextInfoQuestionReplyQuotedMessage {
  serverQuestionId?: number | null;
  quotedQuestion?: ProtoMessage | null;
  quotedResponse?: ProtoMessage | null;
}
/** The JSON form of `proto.ContextInfo.IStatusAudienceMetadata`. */
export interface ProtoContextInfoStatusAudienceMetadata {
  audienceType?: ProtoContextInfoStatusAudienceMetadataAudienceType | null;
}
/** 0 `UNKNOWN`, 1 `CLOSE_FRIENDS`. */
export type ProtoContextInfoStatusAudienceMetadataAudienceType = 0 | 1;
/** 0 `EXPLICIT`, 1 `AUTO`. */
export type ProtoContextInfoQuotedType = 0 | 1;
/** The JSON form of `proto.IBotMessageSharingInfo`. */
export interface ProtoBotMessageSharingInfo {
  botEntryPointOrigin?: ProtoBotMetricsEntryPoint | null;
  forwardScore?: number | null;
}
/** 0 `UNDEFINED_ENTRY_POINT`, 1 `FAVICON`, 2 `CHATLIST`, 3 `AISEARCH_NULL_STATE_PAPER_PLANE`, 4 `AISEARCH_NULL_STATE_SUGGESTION`, 5 `AISEARCH_TYPE_AHEAD_SUGGESTION`, 6 `AISEARCH_TYPE_AHEAD_PAPER_PLANE`, 7 `AISEARCH_TYPE_AHEAD_RESULT_CHATLIST`, 8 `AISEARCH_TYPE_AHEAD_RESULT_MESSAGES`, 9 `AIVOICE_SEARCH_BAR`, 10 `AIVOICE_FAVICON`, 11 `AISTUDIO`, 12 `DEEPLINK`, 13 `NOTIFICATION`, 14 `PROFILE_MESSAGE_BUTTON`, 15 `FORWARD`, 16 `APP_SHORTCUT`, 17 `FF_FAMILY`, 18 `AI_TAB`, 19 `AI_HOME`, 20 `AI_DEEPLINK_IMMERSIVE`, 21 `AI_DEEPLINK`, 22 `META_AI_CHAT_SHORTCUT_AI_STUDIO`, 23 `UGC_CHAT_SHORTCUT_AI_STUDIO`, 24 `NEW_CHAT_AI_STUDIO`, 25 `AIVOICE_FAVICON_CALL_HISTORY`, 26 `ASK_META_AI_CONTEXT_MENU`, 27 `ASK_META_AI_CONTEXT_MENU_1ON1`, 28 `ASK_META_AI_CONTEXT_MENU_GROUP`, 29 `INVOKE_META_AI_1ON1`, 30 `INVOKE_META_AI_GROUP`, 31 `META_AI_FORWARD`, 32 `NEW_CHAT_AI_CONTACT`, 33 `MESSAGE_QUICK_ACTION_1_ON_1_CHAT`, 34 `MESSAGE_QUICK_ACTION_GROUP_CHAT`, 35 `ATTACHMENT_TRAY_1_ON_1_CHAT`, 36 `ATTACHMENT_TRAY_GROUP_CHAT`, 37 `ASK_META_AI_MEDIA_VIEWER_1ON1`, 38 `ASK_META_AI_MEDIA_VIEWER_GROUP`. */
export type ProtoBotMetricsEntryPoint =
  | 0
  | 1
  | 2
  | 3
  | 4
  | 5
  | 6
  | 7
  | 8
  | 9
  | 10
  | 11
  | 12
  | 13
  | 14
  | 15
  | 16
  | 17
  | 18
  | 19
  | 20
  | 21
  | 22
  | 23
  | 24
  | 25
  | 26
  | 27
  | 28
  | 29
  | 30
  | 31
  | 32
  | 33
  | 34
  | 35
  | 36
  | 37
  | 38;
/** 0 `USER_IMAGE`, 1 `AI_GENERATED`, 2 `AI_MODIFIED`, 3 `RASTERIZED_TEXT_STATUS`. */
export type ProtoMessageImageMessageImageSourceType = 0 | 1 | 2 | 3;
/** 0 `UNSET`, 1 `E2EE_CHAT`, 2 `STATUS`, 3 `CAPI`, 4 `BOT`. */
export type ProtoMessageMediaKeyDomain = 0 | 1 | 2 | 3 | 4;
/** The JSON form of `proto.Message.IContactMessage`. */
export interface ProtoMessageContactMessage {
  displayName?: string | null;
  vcard?: string | null;
  contextInfo?: ProtoContextInfo | null;
}
/** The JSON form of `proto.Message.ILocationMessage`. */
export interface ProtoMessageLocationMessage {
  degreesLatitude?: number | null;
  degreesLongitude?: number | null;
  name?: string | null;
  address?: string | null;
  url?: string | null;
  isLive?: boolean | null;
  accuracyInMeters?: number | null;
  speedInMps?: number | null;
  degreesClockwiseFromMagneticNorth?: number | null;
  comment?: string | null;
  jpegThumbnail?: BytesJson | null;
  contextInfo?: ProtoContextInfo | null;
}
/** The JSON form of `proto.Message.IExtendedTextMessage`. */
export interface ProtoMessageExtendedTextMessage {
  text?: string | null;
  matchedText?: string | null;
  description?: string | null;
  title?: string | null;
  textArgb?: number | null;
  backgroundArgb?: number | null;
  font?: ProtoMessageExtendedTextMessageFontType | null;
  previewType?: ProtoMessageExtendedTextMessagePreviewType | null;
  jpegThumbnail?: BytesJson | null;
  contextInfo?: ProtoContextInfo | null;
  doNotPlayInline?: boolean | null;
  thumbnailDirectPath?: string | null;
  thumbnailSha256?: BytesJson | null;
  thumbnailEncSha256?: BytesJson | null;
  mediaKey?: BytesJson | null;
  mediaKeyTimestamp?: number | string | null;
  thumbnailHeight?: number | null;
  thumbnailWidth?: number | null;
  inviteLinkGroupType?: ProtoMessageExtendedTextMessageInviteLinkGroupType | null;
  inviteLinkParentGroupSubjectV2?: string | null;
  inviteLinkParentGroupThumbnailV2?: BytesJson | null;
  inviteLinkGroupTypeV2?: ProtoMessageExtendedTextMessageInviteLinkGroupType | null;
  viewOnce?: boolean | null;
  videoHeight?: number | null;
  videoWidth?: number | null;
  faviconMMSMetadata?: ProtoMessageMMSThumbnailMetadata | null;
  linkPreviewMetadata?: ProtoMessageLinkPreviewMetadata | null;
  paymentLinkMetadata?: ProtoMessagePaymentLinkMetadata | null;
  endCardTiles?: ProtoMessageVideoEndCard[] | null;
  videoContentUrl?: string | null;
  musicMetadata?: ProtoEmbeddedMusic | null;
  paymentExtendedMetadata?: ProtoMessagePaymentExtendedMetadata | null;
}
/** 0 `SYSTEM`, 1 `SYSTEM_TEXT`, 2 `FB_SCRIPT`, 6 `SYSTEM_BOLD`, 7 `MORNINGBREEZE_REGULAR`, 8 `CALISTOGA_REGULAR`, 9 `EXO2_EXTRABOLD`, 10 `COURIERPRIME_BOLD`. */
export type ProtoMessageExtendedTextMessageFontType = 0 | 1 | 2 | 6 | 7 | 8 | 9 | 10;
/** 0 `NONE`, 1 `VIDEO`, 4 `PLACEHOLDER`, 5 `IMAGE`, 6 `PAYMENT_LINKS`, 7 `PROFILE`. */
export type ProtoMessageExtendedTextMessagePreviewType = 0 | 1 | 4 | 5 | 6 | 7;
/** 0 `DEFAULT`, 1 `PARENT`, 2 `SUB`, 3 `DEFAULT_SUB`. */
export type ProtoMessageExtendedTextMessageInviteLinkGroupType = 0 | 1 | 2 | 3;
/** The JSON form of `proto.Message.IMMSThumbnailMetadata`. */
export interface ProtoMessageMMSThumbnailMetadata {
  thumbnailDirectPath?: string | null;
  thumbnailSha256?: BytesJson | null;
  thumbnailEncSha256?: BytesJson | null;
  mediaKey?: BytesJson | null;
  mediaKeyTimestamp?: number | string | null;
  thumbnailHeight?: number | null;
  thumbnailWidth?: number | null;
  mediaKeyDomain?: ProtoMessageMediaKeyDomain | null;
}
/** The JSON form of `proto.Message.ILinkPreviewMetadata`. */
export interface ProtoMessageLinkPreviewMetadata {
  paymentLinkMetadata?: ProtoMessagePaymentLinkMetadata | null;
  urlMetadata?: ProtoMessageURLMetadata | null;
  fbExperimentId?: number | null;
  linkMediaDuration?: number | null;
  socialMediaPostType?: ProtoMessageLinkPreviewMetadataSocialMediaPostType | null;
  linkInlineVideoMuted?: boolean | null;
  videoContentUrl?: string | null;
  musicMetadata?: ProtoEmbeddedMusic | null;
  videoContentCaption?: string | null;
}
/** The JSON form of `proto.Message.IPaymentLinkMetadata`. */
export interface ProtoMessagePaymentLinkMetadata {
  button?: ProtoMessagePaymentLinkMetadataPaymentLinkButton | null;
  header?: ProtoMessagePaymentLinkMetadataPaymentLinkHeader | null;
  provider?: ProtoMessagePaymentLinkMetadataPaymentLinkProvider | null;
}
/** The JSON form of `proto.Message.PaymentLinkMetadata.IPaymentLinkButton`. */
export interface ProtoMessagePaymentLinkMetadataPaymentLinkButton {
  displayText?: string | null;
}
/** The JSON form of `proto.Message.PaymentLinkMetadata.IPaymentLinkHeader`. */
export interface ProtoMessagePaymentLinkMetadataPaymentLinkHeader {
  headerType?: ProtoMessagePaymentLinkMetadataPaymentLinkHeaderPaymentLinkHeaderType | null;
}
/** 0 `LINK_PREVIEW`, 1 `ORDER`. */
export type ProtoMessagePaymentLinkMetadataPaymentLinkHeaderPaymentLinkHeaderType = 0 | 1;
/** The JSON form of `proto.Message.PaymentLinkMetadata.IPaymentLinkProvider`. */
export interface ProtoMessagePaymentLinkMetadataPaymentLinkProvider {
  paramsJson?: string | null;
}
/** The JSON form of `proto.Message.IURLMetadata`. */
export interface ProtoMessageURLMetadata {
  fbExperimentId?: number | null;
}
/** 0 `NONE`, 1 `REEL`, 2 `LIVE_VIDEO`, 3 `LONG_VIDEO`, 4 `SINGLE_IMAGE`, 5 `CAROUSEL`. */
export type ProtoMessageLinkPreviewMetadataSocialMediaPostType = 0 | 1 | 2 | 3 | 4 | 5;
/** The JSON form of `proto.Message.IVideoEndCard`. */
export interface ProtoMessageVideoEndCard {
  username?: string | null;
  caption?: string | null;
  thumbnailImageUrl?: string | null;
  profilePictureUrl?: string | null;
}
/** The JSON form of `proto.Message.IPaymentExtendedMetadata`. */
export interface ProtoMessagePaymentExtendedMetadata {
  type?: number | null;
  platform?: string | null;
  messageParamsJson?: string | null;
}
/** The JSON form of `proto.Message.IDocumentMessage`. */
export interface ProtoMessageDocumentMessage {
  url?: string | null;
  mimetype?: string | null;
  title?: string | null;
  fileSha256?: BytesJson | null;
  fileLength?: number | string | null;
  pageCount?: number | null;
  mediaKey?: BytesJson | null;
  fileName?: string | null;
  fileEncSha256?: BytesJson | null;
  directPath?: string | null;
  mediaKeyTimestamp?: number | string | null;
  contactVcard?: boolean | null;
  thumbnailDirectPath?: string | null;
  thumbnailSha256?: BytesJson | null;
  thumbnailEncSha256?: BytesJson | null;
  jpegThumbnail?: BytesJson | null;
  contextInfo?: ProtoContextInfo | null;
  thumbnailHeight?: number | null;
  thumbnailWidth?: number | null;
  caption?: string | null;
  accessibilityLabel?: string | null;
  mediaKeyDomain?: ProtoMessageMediaKeyDomain | null;
}
/** The JSON form of `proto.Message.IAudioMessage`. */
export interface ProtoMessageAudioMessage {
  url?: string | null;
  mimetype?: string | null;
  fileSha256?: BytesJson | null;
  fileLength?: number | string | null;
  seconds?: number | null;
  ptt?: boolean | null;
  mediaKey?: BytesJson | null;
  fileEncSha256?: BytesJson | null;
  directPath?: string | null;
  mediaKeyTimestamp?: number | string | null;
  contextInfo?: ProtoContextInfo | null;
  streamingSidecar?: BytesJson | null;
  waveform?: BytesJson | null;
  backgroundArgb?: number | null;
  viewOnce?: boolean | null;
  accessibilityLabel?: string | null;
  mediaKeyDomain?: ProtoMessageMediaKeyDomain | null;
}
/** The JSON form of `proto.Message.IVideoMessage`. */
export interface ProtoMessageVideoMessage {
  url?: string | null;
  mimetype?: string | null;
  fileSha256?: BytesJson | null;
  fileLength?: number | string | null;
  seconds?: number | null;
  mediaKey?: BytesJson | null;
  caption?: string | null;
  gifPlayback?: boolean | null;
  height?: number | null;
  width?: number | null;
  fileEncSha256?: BytesJson | null;
  interactiveAnnotations?: ProtoInteractiveAnnotation[] | null;
  directPath?: string | null;
  mediaKeyTimestamp?: number | string | null;
  jpegThumbnail?: BytesJson | null;
  contextInfo?: ProtoContextInfo | null;
  streamingSidecar?: BytesJson | null;
  gifAttribution?: ProtoMessageVideoMessageAttribution | null;
  viewOnce?: boolean | null;
  thumbnailDirectPath?: string | null;
  thumbnailSha256?: BytesJson | null;
  thumbnailEncSha256?: BytesJson | null;
  staticUrl?: string | null;
  annotations?: ProtoInteractiveAnnotation[] | null;
  accessibilityLabel?: string | null;
  processedVideos?: ProtoProcessedVideo[] | null;
  externalShareFullVideoDurationInSeconds?: number | null;
  motionPhotoPresentationOffsetMs?: number | string | null;
  metadataUrl?: string | null;
  videoSourceType?: ProtoMessageVideoMessageVideoSourceType | null;
  mediaKeyDomain?: ProtoMessageMediaKeyDomain | null;
}
/** 0 `NONE`, 1 `GIPHY`, 2 `TENOR`, 3 `KLIPY`. */
export type ProtoMessageVideoMessageAttribution = 0 | 1 | 2 | 3;
/** The JSON form of `proto.IProcessedVideo`. */
export interface ProtoProcessedVideo {
  directPath?: string | null;
  fileSha256?: BytesJson | null;
  height?: number | null;
  width?: number | null;
  fileLength?: number | string | null;
  bitrate?: number | null;
  quality?: ProtoProcessedVideoVideoQuality | null;
  capabilities?: string[] | null;
}
/** 0 `UNDEFINED`, 1 `LOW`, 2 `MID`, 3 `HIGH`. */
export type ProtoProcessedVideoVideoQuality = 0 | 1 | 2 | 3;
/** 0 `USER_VIDEO`, 1 `AI_GENERATED`. */
export type ProtoMessageVideoMessageVideoSourceType = 0 | 1;
/** The JSON form of `proto.Message.ICall`. */
export interface ProtoMessageCall {
  callKey?: BytesJson | null;
  conversionSource?: string | null;
  conversionData?: BytesJson | null;
  conversionDelaySeconds?: number | null;
  ctwaSignals?: string | null;
  ctwaPayload?: BytesJson | null;
  contextInfo?: ProtoContextInfo | null;
  nativeFlowCallButtonPayload?: string | null;
  deeplinkPayload?: string | null;
}
/** The JSON form of `proto.Message.IChat`. */
export interface ProtoMessageChat {
  displayName?: string | null;
  id?: string | null;
}
/** The JSON form of `proto.Message.IProtocolMessage`. */
export interface ProtoMessageProtocolMessage {
  key?: ProtoMessageKey | null;
  type?: ProtoMessageProtocolMessageType | null;
  ephemeralExpiration?: number | null;
  ephemeralSettingTimestamp?: number | string | null;
  historySyncNotification?: ProtoMessageHistorySyncNotification | null;
  appStateSyncKeyShare?: ProtoMessageAppStateSyncKeyShare | null;
  appStateSyncKeyRequest?: ProtoMessageAppStateSyncKeyRequest | null;
  initialSecurityNotificationSettingSync?: ProtoMessageInitialSecurityNotificationSettingSync | null;
  appStateFatalExceptionNotification?: ProtoMessageAppStateFatalExceptionNotification | null;
  disappearingMode?: ProtoDisappearingMode | null;
  editedMessage?: ProtoMessage | null;
  timestampMs?: number | string | null;
  peerDataOperationRequestMessage?: ProtoMessagePeerDataOperationRequestMessage | null;
  peerDataOperationRequestResponseMessage?: ProtoMessagePeerDataOperationRequestResponseMessage | null;
  botFeedbackMessage?: ProtoBotFeedbackMessage | null;
  invokerJid?: string | null;
  requestWelcomeMessageMetadata?: ProtoMessageRequestWelcomeMessageMetadata | null;
  mediaNotifyMessage?: ProtoMediaNotifyMessage | null;
  cloudApiThreadControlNotification?: ProtoMessageCloudAPIThreadControlNotification | null;
  lidMigrationMappingSyncMessage?: ProtoLIDMigrationMappingSyncMessage | null;
  limitSharing?: ProtoLimitSharing | null;
  aiPsiMetadata?: BytesJson | null;
  aiQueryFanout?: ProtoAIQueryFanout | null;
  memberLabel?: ProtoMemberLabel | null;
}
/** 0 `REVOKE`, 3 `EPHEMERAL_SETTING`, 4 `EPHEMERAL_SYNC_RESPONSE`, 5 `HISTORY_SYNC_NOTIFICATION`, 6 `APP_STATE_SYNC_KEY_SHARE`, 7 `APP_STATE_SYNC_KEY_REQUEST`, 8 `MSG_FANOUT_BACKFILL_REQUEST`, 9 `INITIAL_SECURITY_NOTIFICATION_SETTING_SYNC`, 10 `APP_STATE_FATAL_EXCEPTION_NOTIFICATION`, 11 `SHARE_PHONE_NUMBER`, 14 `MESSAGE_EDIT`, 16 `PEER_DATA_OPERATION_REQUEST_MESSAGE`, 17 `PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE`, 18 `REQUEST_WELCOME_MESSAGE`, 19 `BOT_FEEDBACK_MESSAGE`, 20 `MEDIA_NOTIFY_MESSAGE`, 21 `CLOUD_API_THREAD_CONTROL_NOTIFICATION`, 22 `LID_MIGRATION_MAPPING_SYNC`, 23 `REMINDER_MESSAGE`, 24 `BOT_MEMU_ONBOARDING_MESSAGE`, 25 `STATUS_MENTION_MESSAGE`, 26 `STOP_GENERATION_MESSAGE`, 27 `LIMIT_SHARING`, 28 `AI_PSI_METADATA`, 29 `AI_QUERY_FANOUT`, 30 `GROUP_MEMBER_LABEL_CHANGE`. */
export type ProtoMessageProtocolMessageType =
  | 0
  | 3
  | 4
  | 5
  | 6
  | 7
  | 8
  | 9
  | 10
  | 11
  | 14
  | 16
  | 17
  | 18
  | 19
  | 20
  | 21
  | 22
  | 23
  | 24
  | 25
  | 26
  | 27
  | 28
  | 29
  | 30;
/** The JSON form of `proto.Message.IHistorySyncNotification`. */
export interface ProtoMessageHistorySyncNotification {
  fileSha256?: BytesJson | null;
  fileLength?: number | string | null;
  mediaKey?: BytesJson | null;
  fileEncSha256?: BytesJson | null;
  directPath?: string | null;
  syncType?: ProtoMessageHistorySyncType | null;
  chunkOrder?: number | null;
  originalMessageId?: string | null;
  progress?: number | null;
  oldestMsgInChunkTimestampSec?: number | string | null;
  initialHistBootstrapInlinePayload?: BytesJson | null;
  peerDataRequestSessionId?: string | null;
  fullHistorySyncOnDemandRequestMetadata?: ProtoMessageFullHistorySyncOnDemandRequestMetadata | null;
  encHandle?: string | null;
  messageAccessStatus?: ProtoMessageHistorySyncMessageAccessStatus | null;
}
/** 0 `INITIAL_BOOTSTRAP`, 1 `INITIAL_STATUS_V3`, 2 `FULL`, 3 `RECENT`, 4 `PUSH_NAME`, 5 `NON_BLOCKING_DATA`, 6 `ON_DEMAND`, 7 `NO_HISTORY`, 8 `MESSAGE_ACCESS_STATUS`. */
export type ProtoMessageHistorySyncType = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
/** The JSON form of `proto.Message.IFullHistorySyncOnDemandRequestMetadata`. */
export interface ProtoMessageFullHistorySyncOnDemandRequestMetadata {
  requestId?: string | null;
}
/** The JSON form of `proto.Message.IHistorySyncMessageAccessStatus`. */
export interface ProtoMessageHistorySyncMessageAccessStatus {
  completeAccessGranted?: boolean | null;
}
/** The JSON form of `proto.Message.IAppStateSyncKeyShare`. */
export interface ProtoMessageAppStateSyncKeyShare {
  keys?: ProtoMessageAppStateSyncKey[] | null;
}
/** The JSON form of `proto.Message.IAppStateSyncKey`. */
export interface ProtoMessageAppStateSyncKey {
  keyId?: ProtoMessageAppStateSyncKeyId | null;
  keyData?: ProtoMessageAppStateSyncKeyData | null;
}
/** The JSON form of `proto.Message.IAppStateSyncKeyId`. */
export interface ProtoMessageAppStateSyncKeyId {
  keyId?: BytesJson | null;
}
/** The JSON form of `proto.Message.IAppStateSyncKeyData`. */
export interface ProtoMessageAppStateSyncKeyData {
  keyData?: BytesJson | null;
  fingerprint?: ProtoMessageAppStateSyncKeyFingerprint | null;
  timestamp?: number | string | null;
}
/** The JSON form of `proto.Message.IAppStateSyncKeyFingerprint`. */
export interface ProtoMessageAppStateSyncKeyFingerprint {
  rawId?: number | null;
  currentIndex?: number | null;
  deviceIndexes?: number[] | null;
}
/** The JSON form of `proto.Message.IAppStateSyncKeyRequest`. */
export interface ProtoMessageAppStateSyncKeyRequest {
  keyIds?: ProtoMessageAppStateSyncKeyId[] | null;
}
/** The JSON form of `proto.Message.IInitialSecurityNotificationSettingSync`. */
export interface ProtoMessageInitialSecurityNotificationSettingSync {
  securityNotificationEnabled?: boolean | null;
}
/** The JSON form of `proto.Message.IAppStateFatalExceptionNotification`. */
export interface ProtoMessageAppStateFatalExceptionNotification {
  collectionNames?: string[] | null;
  timestamp?: number | string | null;
}
/** The JSON form of `proto.Message.IPeerDataOperationRequestMessage`. */
export interface ProtoMessagePeerDataOperationRequestMessage {
  peerDataOperationRequestType?: ProtoMessagePeerDataOperationRequestType | null;
  requestStickerReupload?: ProtoMessagePeerDataOperationRequestMessageRequestStickerReupload[] | null;
  requestUrlPreview?: ProtoMessagePeerDataOperationRequestMessageRequestUrlPreview[] | null;
  historySyncOnDemandRequest?: ProtoMessagePeerDataOperationRequestMessageHistorySyncOnDemandRequest | null;
  placeholderMessageResendRequest?: ProtoMessagePeerDataOperationRequestMessagePlaceholderMessageResendRequest[] | null;
  fullHistorySyncOnDemandRequest?: ProtoMessagePeerDataOperationRequestMessageFullHistorySyncOnDemandRequest | null;
  syncdCollectionFatalRecoveryRequest?: ProtoMessagePeerDataOperationRequestMessageSyncDCollectionFatalRecoveryRequest | null;
  historySyncChunkRetryRequest?: ProtoMessagePeerDataOperationRequestMessageHistorySyncChunkRetryRequest | null;
  galaxyFlowAction?: ProtoMessagePeerDataOperationRequestMessageGalaxyFlowAction | null;
}
/** 0 `UPLOAD_STICKER`, 1 `SEND_RECENT_STICKER_BOOTSTRAP`, 2 `GENERATE_LINK_PREVIEW`, 3 `HISTORY_SYNC_ON_DEMAND`, 4 `PLACEHOLDER_MESSAGE_RESEND`, 5 `WAFFLE_LINKING_NONCE_FETCH`, 6 `FULL_HISTORY_SYNC_ON_DEMAND`, 7 `COMPANION_META_NONCE_FETCH`, 8 `COMPANION_SYNCD_SNAPSHOT_FATAL_RECOVERY`, 9 `COMPANION_CANONICAL_USER_NONCE_FETCH`, 10 `HISTORY_SYNC_CHUNK_RETRY`, 11 `GALAXY_FLOW_ACTION`. */
export type ProtoMessagePeerDataOperationRequestType = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;
/** The JSON form of `proto.Message.PeerDataOperationRequestMessage.IRequestStickerReupload`. */
export interface ProtoMessagePeerDataOperationRequestMessageRequestStickerReupload {
  fileSha256?: string | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestMessage.IRequestUrlPreview`. */
export interface ProtoMessagePeerDataOperationRequestMessageRequestUrlPreview {
  url?: string | null;
  includeHqThumbnail?: boolean | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestMessage.IHistorySyncOnDemandRequest`. */
export interface ProtoMessagePeerDataOperationRequestMessageHistorySyncOnDemandRequest {
  chatJid?: string | null;
  oldestMsgId?: string | null;
  oldestMsgFromMe?: boolean | null;
  onDemandMsgCount?: number | null;
  oldestMsgTimestampMs?: number | string | null;
  accountLid?: string | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestMessage.IPlaceholderMessageResendRequest`. */
export interface ProtoMessagePeerDataOperationRequestMessagePlaceholderMessageResendRequest {
  messageKey?: ProtoMessageKey | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestMessage.IFullHistorySyncOnDemandRequest`. */
export interface ProtoMessagePeerDataOperationRequestMessageFullHistorySyncOnDemandRequest {
  requestMetadata?: ProtoMessageFullHistorySyncOnDemandRequestMetadata | null;
  historySyncConfig?: ProtoDevicePropsHistorySyncConfig | null;
}
/** The JSON form of `proto.DeviceProps.IHistorySyncConfig`. */
export interface ProtoDevicePropsHistorySyncConfig {
  fullSyncDaysLimit?: number | null;
  fullSyncSizeMbLimit?: number | null;
  storageQuotaMb?: number | null;
  inlineInitialPayloadInE2EeMsg?: boolean | null;
  recentSyncDaysLimit?: number | null;
  supportCallLogHistory?: boolean | null;
  supportBotUserAgentChatHistory?: boolean | null;
  supportCagReactionsAndPolls?: boolean | null;
  supportBizHostedMsg?: boolean | null;
  supportRecentSyncChunkMessageCountTuning?: boolean | null;
  supportHostedGroupMsg?: boolean | null;
  supportFbidBotChatHistory?: boolean | null;
  supportAddOnHistorySyncMigration?: boolean | null;
  supportMessageAssociation?: boolean | null;
  supportGroupHistory?: boolean | null;
  onDemandReady?: boolean | null;
  supportGuestChat?: boolean | null;
  completeOnDemandReady?: boolean | null;
  thumbnailSyncDaysLimit?: number | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestMessage.ISyncDCollectionFatalRecoveryRequest`. */
export interface ProtoMessagePeerDataOperationRequestMessageSyncDCollectionFatalRecoveryRequest {
  collectionName?: string | null;
  timestamp?: number | string | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestMessage.IHistorySyncChunkRetryRequest`. */
export interface ProtoMessagePeerDataOperationRequestMessageHistorySyncChunkRetryRequest {
  syncType?: ProtoMessageHistorySyncType | null;
  chunkOrder?: number | null;
  chunkNotificationId?: string | null;
  regenerateChunk?: boolean | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestMessage.IGalaxyFlowAction`. */
export interface ProtoMessagePeerDataOperationRequestMessageGalaxyFlowAction {
  type?: ProtoMessagePeerDataOperationRequestMessageGalaxyFlowActionGalaxyFlowActionType | null;
  flowId?: string | null;
  stanzaId?: string | null;
}
/** 1 `NOTIFY_LAUNCH`. */
export type ProtoMessagePeerDataOperationRequestMessageGalaxyFlowActionGalaxyFlowActionType = 1;
/** The JSON form of `proto.Message.IPeerDataOperationRequestResponseMessage`. */
export interface ProtoMessagePeerDataOperationRequestResponseMessage {
  peerDataOperationRequestType?: ProtoMessagePeerDataOperationRequestType | null;
  stanzaId?: string | null;
  peerDataOperationResult?: ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResult[] | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestResponseMessage.IPeerDataOperationResult`. */
export interface ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResult {
  mediaUploadResult?: ProtoMediaRetryNotificationResultType | null;
  stickerMessage?: ProtoMessageStickerMessage | null;
  linkPreviewResponse?: ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultLinkPreviewResponse | null;
  placeholderMessageResendResponse?: ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultPlaceholderMessageResendResponse | null;
  waffleNonceFetchRequestResponse?: ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultWaffleNonceFetchResponse | null;
  fullHistorySyncOnDemandRequestResponse?: ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultFullHistorySyncOnDemandRequestResponse | null;
  companionMetaNonceFetchRequestResponse?: ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultCompanionMetaNonceFetchResponse | null;
  syncdSnapshotFatalRecoveryResponse?: ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultSyncDSnapshotFatalRecoveryResponse | null;
  companionCanonicalUserNonceFetchRequestResponse?: ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultCompanionCanonicalUserNonceFetchResponse | null;
  historySyncChunkRetryResponse?: ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultHistorySyncChunkRetryResponse | null;
}
/** 0 `GENERAL_ERROR`, 1 `SUCCESS`, 2 `NOT_FOUND`, 3 `DECRYPTION_ERROR`. */
export type ProtoMediaRetryNotificationResultType = 0 | 1 | 2 | 3;
/** The JSON form of `proto.Message.IStickerMessage`. */
export interface ProtoMessageStickerMessage {
  url?: string | null;
  fileSha256?: BytesJson | null;
  fileEncSha256?: BytesJson | null;
  mediaKey?: BytesJson | null;
  mimetype?: string | null;
  height?: number | null;
  width?: number | null;
  directPath?: string | null;
  fileLength?: number | string | null;
  mediaKeyTimestamp?: number | string | null;
  firstFrameLength?: number | null;
  firstFrameSidecar?: BytesJson | null;
  isAnimated?: boolean | null;
  pngThumbnail?: BytesJson | null;
  contextInfo?: ProtoContextInfo | null;
  stickerSentTs?: number | string | null;
  isAvatar?: boolean | null;
  isAiSticker?: boolean | null;
  isLottie?: boolean | null;
  accessibilityLabel?: string | null;
  mediaKeyDomain?: ProtoMessageMediaKeyDomain | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestResponseMessage.PeerDataOperationResult.ILinkPreviewResponse`. */
export interface ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultLinkPreviewResponse {
  url?: string | null;
  title?: string | null;
  description?: string | null;
  thumbData?: BytesJson | null;
  matchText?: string | null;
  previewType?: string | null;
  hqThumbnail?: ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultLinkPreviewResponseLinkPreviewHighQualityThumbnail | null;
  previewMetadata?: ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultLinkPreviewResponsePaymentLinkPreviewMetadata | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestResponseMessage.PeerDataOperationResult.LinkPreviewResponse.ILinkPreviewHighQualityThumbnail`. */
export interface ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultLinkPreviewResponseLinkPreviewHighQualityThumbnail {
  directPath?: string | null;
  thumbHash?: string | null;
  encThumbHash?: string | null;
  mediaKey?: BytesJson | null;
  mediaKeyTimestampMs?: number | string | null;
  thumbWidth?: number | null;
  thumbHeight?: number | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestResponseMessage.PeerDataOperationResult.LinkPreviewResponse.IPaymentLinkPreviewMetadata`. */
export interface ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultLinkPreviewResponsePaymentLinkPreviewMetadata {
  isBusinessVerified?: boolean | null;
  providerName?: string | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestResponseMessage.PeerDataOperationResult.IPlaceholderMessageResendResponse`. */
export interface ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultPlaceholderMessageResendResponse {
  webMessageInfoBytes?: BytesJson | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestResponseMessage.PeerDataOperationResult.IWaffleNonceFetchResponse`. */
export interface ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultWaffleNonceFetchResponse {
  nonce?: string | null;
  waEntFbid?: string | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestResponseMessage.PeerDataOperationResult.IFullHistorySyncOnDemandRequestResponse`. */
export interface ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultFullHistorySyncOnDemandRequestResponse {
  requestMetadata?: ProtoMessageFullHistorySyncOnDemandRequestMetadata | null;
  responseCode?: ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultFullHistorySyncOnDemandResponseCode | null;
}
/** 0 `REQUEST_SUCCESS`, 1 `REQUEST_TIME_EXPIRED`, 2 `DECLINED_SHARING_HISTORY`, 3 `GENERIC_ERROR`, 4 `ERROR_REQUEST_ON_NON_SMB_PRIMARY`, 5 `ERROR_HOSTED_DEVICE_NOT_CONNECTED`, 6 `ERROR_HOSTED_DEVICE_LOGIN_TIME_NOT_SET`. */
export type ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultFullHistorySyncOnDemandResponseCode =
  | 0
  | 1
  | 2
  | 3
  | 4
  | 5
  | 6;
/** The JSON form of `proto.Message.PeerDataOperationRequestResponseMessage.PeerDataOperationResult.ICompanionMetaNonceFetchResponse`. */
export interface ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultCompanionMetaNonceFetchResponse {
  nonce?: string | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestResponseMessage.PeerDataOperationResult.ISyncDSnapshotFatalRecoveryResponse`. */
export interface ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultSyncDSnapshotFatalRecoveryResponse {
  collectionSnapshot?: BytesJson | null;
  isCompressed?: boolean | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestResponseMessage.PeerDataOperationResult.ICompanionCanonicalUserNonceFetchResponse`. */
export interface ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultCompanionCanonicalUserNonceFetchResponse {
  nonce?: string | null;
  waFbid?: string | null;
  forceRefresh?: boolean | null;
}
/** The JSON form of `proto.Message.PeerDataOperationRequestResponseMessage.PeerDataOperationResult.IHistorySyncChunkRetryResponse`. */
export interface ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultHistorySyncChunkRetryResponse {
  syncType?: ProtoMessageHistorySyncType | null;
  chunkOrder?: number | null;
  requestId?: string | null;
  responseCode?: ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultHistorySyncChunkRetryResponseCode | null;
  canRecover?: boolean | null;
}
/** 1 `GENERATION_ERROR`, 2 `CHUNK_CONSUMED`, 3 `TIMEOUT`, 4 `SESSION_EXHAUSTED`, 5 `CHUNK_EXHAUSTED`, 6 `DUPLICATED_REQUEST`. */
export type ProtoMessagePeerDataOperationRequestResponseMessagePeerDataOperationResultHistorySyncChunkRetryResponseCode =
  | 1
  | 2
  | 3
  | 4
  | 5
  | 6;
/** The JSON form of `proto.IBotFeedbackMessage`. */
export interface ProtoBotFeedbackMessage {
  messageKey?: ProtoMessageKey | null;
  kind?: ProtoBotFeedbackMessageBotFeedbackKind | null;
  text?: string | null;
  kindNegative?: number | string | null;
  kindPositive?: number | string | null;
  kindReport?: ProtoBotFeedbackMessageReportKind | null;
  sideBySideSurveyMetadata?: ProtoBotFeedbackMessageSideBySideSurveyMetadata | null;
}
/** 0 `BOT_FEEDBACK_POSITIVE`, 1 `BOT_FEEDBACK_NEGATIVE_GENERIC`, 2 `BOT_FEEDBACK_NEGATIVE_HELPFUL`, 3 `BOT_FEEDBACK_NEGATIVE_INTERESTING`, 4 `BOT_FEEDBACK_NEGATIVE_ACCURATE`, 5 `BOT_FEEDBACK_NEGATIVE_SAFE`, 6 `BOT_FEEDBACK_NEGATIVE_OTHER`, 7 `BOT_FEEDBACK_NEGATIVE_REFUSED`, 8 `BOT_FEEDBACK_NEGATIVE_NOT_VISUALLY_APPEALING`, 9 `BOT_FEEDBACK_NEGATIVE_NOT_RELEVANT_TO_TEXT`, 10 `BOT_FEEDBACK_NEGATIVE_PERSONALIZED`, 11 `BOT_FEEDBACK_NEGATIVE_CLARITY`, 12 `BOT_FEEDBACK_NEGATIVE_DOESNT_LOOK_LIKE_THE_PERSON`, 13 `BOT_FEEDBACK_NEGATIVE_HALLUCINATION_INTERNAL_ONLY`, 14 `BOT_FEEDBACK_NEGATIVE`. */
export type ProtoBotFeedbackMessageBotFeedbackKind = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14;
/** 0 `NONE`, 1 `GENERIC`. */
export type ProtoBotFeedbackMessageReportKind = 0 | 1;
/** The JSON form of `proto.BotFeedbackMessage.ISideBySideSurveyMetadata`. */
export interface ProtoBotFeedbackMessageSideBySideSurveyMetadata {
  selectedRequestId?: string | null;
  surveyId?: number | null;
  simonSessionFbid?: string | null;
  responseOtid?: string | null;
  responseTimestampMsString?: string | null;
  isSelectedResponsePrimary?: boolean | null;
  messageIdToEdit?: string | null;
  analyticsData?: ProtoBotFeedbackMessageSideBySideSurveyMetadataSideBySideSurveyAnalyticsData | null;
  metaAiAnalyticsData?: ProtoBotFeedbackMessageSideBySideSurveyMetadataSidebySideSurveyMetaAiAnalyticsData | null;
}
/** The JSON form of `proto.BotFeedbackMessage.SideBySideSurveyMetadata.ISideBySideSurveyAnalyticsData`. */
export interface ProtoBotFeedbackMessageSideBySideSurveyMetadataSideBySideSurveyAnalyticsData {
  tessaEvent?: string | null;
  tessaSessionFbid?: string | null;
  simonSessionFbid?: string | null;
}
/** The JSON form of `proto.BotFeedbackMessage.SideBySideSurveyMetadata.ISidebySideSurveyMetaAiAnalyticsData`. */
export interface ProtoBotFeedbackMessageSideBySideSurveyMetadataSidebySideSurveyMetaAiAnalyticsData {
  surveyId?: number | null;
  primaryResponseId?: string | null;
  testArmName?: string | null;
  timestampMsString?: string | null;
  ctaImpressionEvent?: ProtoBotFeedbackMessageSideBySideSurveyMetadataSidebySideSurveyMetaAiAnalyticsDataSideBySideSurveyCTAImpressionEventData | null;
  ctaClickEvent?: ProtoBotFeedbackMessageSideBySideSurveyMetadataSidebySideSurveyMetaAiAnalyticsDataSideBySideSurveyCTAClickEventData | null;
  cardImpressionEvent?: ProtoBotFeedbackMessageSideBySideSurveyMetadataSidebySideSurveyMetaAiAnalyticsDataSideBySideSurveyCardImpressionEventData | null;
  responseEvent?: ProtoBotFeedbackMessageSideBySideSurveyMetadataSidebySideSurveyMetaAiAnalyticsDataSideBySideSurveyResponseEventData | null;
  abandonEvent?: ProtoBotFeedbackMessageSideBySideSurveyMetadataSidebySideSurveyMetaAiAnalyticsDataSideBySideSurveyAbandonEventData | null;
}
/** The JSON form of `proto.BotFeedbackMessage.SideBySideSurveyMetadata.SidebySideSurveyMetaAiAnalyticsData.ISideBySideSurveyCTAImpressionEventData`. */
export interface ProtoBotFeedbackMessageSideBySideSurveyMetadataSidebySideSurveyMetaAiAnalyticsDataSideBySideSurveyCTAImpressionEventData {
  isSurveyExpired?: boolean | null;
}
/** The JSON form of `proto.BotFeedbackMessage.SideBySideSurveyMetadata.SidebySideSurveyMetaAiAnalyticsData.ISideBySideSurveyCTAClickEventData`. */
export interface ProtoBotFeedbackMessageSideBySideSurveyMetadataSidebySideSurveyMetaAiAnalyticsDataSideBySideSurveyCTAClickEventData {
  isSurveyExpired?: boolean | null;
  clickDwellTimeMsString?: string | null;
}
/** The JSON form of `proto.BotFeedbackMessage.SideBySideSurveyMetadata.SidebySideSurveyMetaAiAnalyticsData.ISideBySideSurveyCardImpressionEventData`. */
export type ProtoBotFeedbackMessageSideBySideSurveyMetadataSidebySideSurveyMetaAiAnalyticsDataSideBySideSurveyCardImpressionEventData =
  Record<string, unknown>;
/** The JSON form of `proto.BotFeedbackMessage.SideBySideSurveyMetadata.SidebySideSurveyMetaAiAnalyticsData.ISideBySideSurveyResponseEventData`. */
export interface ProtoBotFeedbackMessageSideBySideSurveyMetadataSidebySideSurveyMetaAiAnalyticsDataSideBySideSurveyResponseEventData {
  responseDwellTimeMsString?: string | null;
  selectedResponseId?: string | null;
}
/** The JSON form of `proto.BotFeedbackMessage.SideBySideSurveyMetadata.SidebySideSurveyMetaAiAnalyticsData.ISideBySideSurveyAbandonEventData`. */
export interface ProtoBotFeedbackMessageSideBySideSurveyMetadataSidebySideSurveyMetaAiAnalyticsDataSideBySideSurveyAbandonEventData {
  abandonDwellTimeMsString?: string | null;
}
/** The JSON form of `proto.Message.IRequestWelcomeMessageMetadata`. */
export interface ProtoMessageRequestWelcomeMessageMetadata {
  localChatState?: ProtoMessageRequestWelcomeMessageMetadataLocalChatState | null;
}
/** 0 `EMPTY`, 1 `NON_EMPTY`. */
export type ProtoMessageRequestWelcomeMessageMetadataLocalChatState = 0 | 1;
/** The JSON form of `proto.IMediaNotifyMessage`. */
export interface ProtoMediaNotifyMessage {
  expressPathUrl?: string | null;
  fileEncSha256?: BytesJson | null;
  fileLength?: number | string | null;
}
/** The JSON form of `proto.Message.ICloudAPIThreadControlNotification`. */
export interface ProtoMessageCloudAPIThreadControlNotification {
  status?: ProtoMessageCloudAPIThreadControlNotificationCloudAPIThreadControl | null;
  senderNotificationTimestampMs?: number | string | null;
  consumerLid?: string | null;
  consumerPhoneNumber?: string | null;
  notificationContent?: ProtoMessageCloudAPIThreadControlNotificationCloudAPIThreadControlNotificationContent | null;
  shouldSuppressNotification?: boolean | null;
}
/** 0 `UNKNOWN`, 1 `CONTROL_PASSED`, 2 `CONTROL_TAKEN`. */
export type ProtoMessageCloudAPIThreadControlNotificationCloudAPIThreadControl = 0 | 1 | 2;
/** The JSON form of `proto.Message.CloudAPIThreadControlNotification.ICloudAPIThreadControlNotificationContent`. */
export interface ProtoMessageCloudAPIThreadControlNotificationCloudAPIThreadControlNotificationContent {
  handoffNotificationText?: string | null;
  extraJson?: string | null;
}
/** The JSON form of `proto.ILIDMigrationMappingSyncMessage`. */
export interface ProtoLIDMigrationMappingSyncMessage {
  encodedMappingPayload?: BytesJson | null;
}
/** The JSON form of `proto.ILimitSharing`. */
export interface ProtoLimitSharing {
  sharingLimited?: boolean | null;
  trigger?: ProtoLimitSharingTriggerType | null;
  limitSharingSettingTimestamp?: number | string | null;
  initiatedByMe?: boolean | null;
}
/** 0 `UNKNOWN`, 1 `CHAT_SETTING`, 2 `BIZ_SUPPORTS_FB_HOSTING`, 3 `UNKNOWN_GROUP`. */
export type ProtoLimitSharingTriggerType = 0 | 1 | 2 | 3;
/** The JSON form of `proto.IAIQueryFanout`. */
export interface ProtoAIQueryFanout {
  messageKey?: ProtoMessageKey | null;
  message?: ProtoMessage | null;
  timestamp?: number | string | null;
}
/** The JSON form of `proto.Message.IContactsArrayMessage`. */
export interface ProtoMessageContactsArrayMessage {
  displayName?: string | null;
  contacts?: ProtoMessageContactMessage[] | null;
  contextInfo?: ProtoContextInfo | null;
}
/** The JSON form of `proto.Message.IHighlyStructuredMessage`. */
export interface ProtoMessageHighlyStructuredMessage {
  namespace?: string | null;
  elementName?: string | null;
  params?: string[] | null;
  fallbackLg?: string | null;
  fallbackLc?: string | null;
  localizableParams?: ProtoMessageHighlyStructuredMessageHSMLocalizableParameter[] | null;
  deterministicLg?: string | null;
  deterministicLc?: string | null;
  hydratedHsm?: ProtoMessageTemplateMessage | null;
}
/** The JSON form of `proto.Message.HighlyStructuredMessage.IHSMLocalizableParameter`. */
export interface ProtoMessageHighlyStructuredMessageHSMLocalizableParameter {
  default?: string | null;
  currency?: ProtoMessageHighlyStructuredMessageHSMLocalizableParameterHSMCurrency | null;
  dateTime?: ProtoMessageHighlyStructuredMessageHSMLocalizableParameterHSMDateTime | null;
}
/** The JSON form of `proto.Message.HighlyStructuredMessage.HSMLocalizableParameter.IHSMCurrency`. */
export interface ProtoMessageHighlyStructuredMessageHSMLocalizableParameterHSMCurrency {
  currencyCode?: string | null;
  amount1000?: number | string | null;
}
/** The JSON form of `proto.Message.HighlyStructuredMessage.HSMLocalizableParameter.IHSMDateTime`. */
export interface ProtoMessageHighlyStructuredMessageHSMLocalizableParameterHSMDateTime {
  component?: ProtoMessageHighlyStructuredMessageHSMLocalizableParameterHSMDateTimeHSMDateTimeComponent | null;
  unixEpoch?: ProtoMessageHighlyStructuredMessageHSMLocalizableParameterHSMDateTimeHSMDateTimeUnixEpoch | null;
}
/** The JSON form of `proto.Message.HighlyStructuredMessage.HSMLocalizableParameter.HSMDateTime.IHSMDateTimeComponent`. */
export interface ProtoMessageHighlyStructuredMessageHSMLocalizableParameterHSMDateTimeHSMDateTimeComponent {
  dayOfWeek?: ProtoMessageHighlyStructuredMessageHSMLocalizableParameterHSMDateTimeHSMDateTimeComponentDayOfWeekType | null;
  year?: number | null;
  month?: number | null;
  dayOfMonth?: number | null;
  hour?: number | null;
  minute?: number | null;
  calendar?: ProtoMessageHighlyStructuredMessageHSMLocalizableParameterHSMDateTimeHSMDateTimeComponentCalendarType | null;
}
/** 1 `MONDAY`, 2 `TUESDAY`, 3 `WEDNESDAY`, 4 `THURSDAY`, 5 `FRIDAY`, 6 `SATURDAY`, 7 `SUNDAY`. */
export type ProtoMessageHighlyStructuredMessageHSMLocalizableParameterHSMDateTimeHSMDateTimeComponentDayOfWeekType =
  | 1
  | 2
  | 3
  | 4
  | 5
  | 6
  | 7;
/** 1 `GREGORIAN`, 2 `SOLAR_HIJRI`. */
export type ProtoMessageHighlyStructuredMessageHSMLocalizableParameterHSMDateTimeHSMDateTimeComponentCalendarType = 1 | 2;
/** The JSON form of `proto.Message.HighlyStructuredMessage.HSMLocalizableParameter.HSMDateTime.IHSMDateTimeUnixEpoch`. */
export interface ProtoMessageHighlyStructuredMessageHSMLocalizableParameterHSMDateTimeHSMDateTimeUnixEpoch {
  timestamp?: number | string | null;
}
/** The JSON form of `proto.Message.ITemplateMessage`. */
export interface ProtoMessageTemplateMessage {
  contextInfo?: ProtoContextInfo | null;
  hydratedTemplate?: ProtoMessageTemplateMessageHydratedFourRowTemplate | null;
  templateId?: string | null;
  fourRowTemplate?: ProtoMessageTemplateMessageFourRowTemplate | null;
  hydratedFourRowTemplate?: ProtoMessageTemplateMessageHydratedFourRowTemplate | null;
  interactiveMessageTemplate?: ProtoMessageInteractiveMessage | null;
}
/** The JSON form of `proto.Message.TemplateMessage.IHydratedFourRowTemplate`. */
export interface ProtoMessageTemplateMessageHydratedFourRowTemplate {
  hydratedContentText?: string | null;
  hydratedFooterText?: string | null;
  hydratedButtons?: ProtoHydratedTemplateButton[] | null;
  templateId?: string | null;
  maskLinkedDevices?: boolean | null;
  documentMessage?: ProtoMessageDocumentMessage | null;
  hydratedTitleText?: string | null;
  imageMessage?: ProtoMessageImageMessage | null;
  videoMessage?: ProtoMessageVideoMessage | null;
  locationMessage?: ProtoMessageLocationMessage | null;
}
/** The JSON form of `proto.IHydratedTemplateButton`. */
export interface ProtoHydratedTemplateButton {
  index?: number | null;
  quickReplyButton?: ProtoHydratedTemplateButtonHydratedQuickReplyButton | null;
  urlButton?: ProtoHydratedTemplateButtonHydratedURLButton | null;
  callButton?: ProtoHydratedTemplateButtonHydratedCallButton | null;
}
/** The JSON form of `proto.HydratedTemplateButton.IHydratedQuickReplyButton`. */
export interface ProtoHydratedTemplateButtonHydratedQuickReplyButton {
  displayText?: string | null;
  id?: string | null;
}
/** The JSON form of `proto.HydratedTemplateButton.IHydratedURLButton`. */
export interface ProtoHydratedTemplateButtonHydratedURLButton {
  displayText?: string | null;
  url?: string | null;
  consentedUsersUrl?: string | null;
  webviewPresentation?: ProtoHydratedTemplateButtonHydratedURLButtonWebviewPresentationType | null;
}
/** 1 `FULL`, 2 `TALL`, 3 `COMPACT`. */
export type ProtoHydratedTemplateButtonHydratedURLButtonWebviewPresentationType = 1 | 2 | 3;
/** The JSON form of `proto.HydratedTemplateButton.IHydratedCallButton`. */
export interface ProtoHydratedTemplateButtonHydratedCallButton {
  displayText?: string | null;
  phoneNumber?: string | null;
}
/** The JSON form of `proto.Message.TemplateMessage.IFourRowTemplate`. */
export interface ProtoMessageTemplateMessageFourRowTemplate {
  content?: ProtoMessageHighlyStructuredMessage | null;
  footer?: ProtoMessageHighlyStructuredMessage | null;
  buttons?: ProtoTemplateButton[] | null;
  documentMessage?: ProtoMessageDocumentMessage | null;
  highlyStructuredMessage?: ProtoMessageHighlyStructuredMessage | null;
  imageMessage?: ProtoMessageImageMessage | null;
  videoMessage?: ProtoMessageVideoMessage | null;
  locationMessage?: ProtoMessageLocationMessage | null;
}
/** The JSON form of `proto.ITemplateButton`. */
export interface ProtoTemplateButton {
  index?: number | null;
  quickReplyButton?: ProtoTemplateButtonQuickReplyButton | null;
  urlButton?: ProtoTemplateButtonURLButton | null;
  callButton?: ProtoTemplateButtonCallButton | null;
}
/** The JSON form of `proto.TemplateButton.IQuickReplyButton`. */
export interface ProtoTemplateButtonQuickReplyButton {
  displayText?: ProtoMessageHighlyStructuredMessage | null;
  id?: string | null;
}
/** The JSON form of `proto.TemplateButton.IURLButton`. */
export interface ProtoTemplateButtonURLButton {
  displayText?: ProtoMessageHighlyStructuredMessage | null;
  url?: ProtoMessageHighlyStructuredMessage | null;
}
/** The JSON form of `proto.TemplateButton.ICallButton`. */
export interface ProtoTemplateButtonCallButton {
  displayText?: ProtoMessageHighlyStructuredMessage | null;
  phoneNumber?: ProtoMessageHighlyStructuredMessage | null;
}
/** The JSON form of `proto.Message.IInteractiveMessage`. */
export interface ProtoMessageInteractiveMessage {
  header?: ProtoMessageInteractiveMessageHeader | null;
  body?: ProtoMessageInteractiveMessageBody | null;
  footer?: ProtoMessageInteractiveMessageFooter | null;
  contextInfo?: ProtoContextInfo | null;
  urlTrackingMap?: ProtoUrlTrackingMap | null;
  shopStorefrontMessage?: ProtoMessageInteractiveMessageShopMessage | null;
  collectionMessage?: ProtoMessageInteractiveMessageCollectionMessage | null;
  nativeFlowMessage?: ProtoMessageInteractiveMessageNativeFlowMessage | null;
  carouselMessage?: ProtoMessageInteractiveMessageCarouselMessage | null;
}
/** The JSON form of `proto.Message.InteractiveMessage.IHeader`. */
export interface ProtoMessageInteractiveMessageHeader {
  title?: string | null;
  subtitle?: string | null;
  hasMediaAttachment?: boolean | null;
  documentMessage?: ProtoMessageDocumentMessage | null;
  imageMessage?: ProtoMessageImageMessage | null;
  jpegThumbnail?: BytesJson | null;
  videoMessage?: ProtoMessageVideoMessage | null;
  locationMessage?: ProtoMessageLocationMessage | null;
  productMessage?: ProtoMessageProductMessage | null;
}
/** The JSON form of `proto.Message.IProductMessage`. */
export interface ProtoMessageProductMessage {
  product?: ProtoMessageProductMessageProductSnapshot | null;
  businessOwnerJid?: string | null;
  catalog?: ProtoMessageProductMessageCatalogSnapshot | null;
  body?: string | null;
  footer?: string | null;
  contextInfo?: ProtoContextInfo | null;
}
/** The JSON form of `proto.Message.ProductMessage.IProductSnapshot`. */
export interface ProtoMessageProductMessageProductSnapshot {
  productImage?: ProtoMessageImageMessage | null;
  productId?: string | null;
  title?: string | null;
  description?: string | null;
  currencyCode?: string | null;
  priceAmount1000?: number | string | null;
  retailerId?: string | null;
  url?: string | null;
  productImageCount?: number | null;
  firstImageId?: string | null;
  salePriceAmount1000?: number | string | null;
  signedUrl?: string | null;
}
/** The JSON form of `proto.Message.ProductMessage.ICatalogSnapshot`. */
export interface ProtoMessageProductMessageCatalogSnapshot {
  catalogImage?: ProtoMessageImageMessage | null;
  title?: string | null;
  description?: string | null;
}
/** The JSON form of `proto.Message.InteractiveMessage.IBody`. */
export interface ProtoMessageInteractiveMessageBody {
  text?: string | null;
}
/** The JSON form of `proto.Message.InteractiveMessage.IFooter`. */
export interface ProtoMessageInteractiveMessageFooter {
  text?: string | null;
  hasMediaAttachment?: boolean | null;
  audioMessage?: ProtoMessageAudioMessage | null;
}
/** The JSON form of `proto.Message.InteractiveMessage.IShopMessage`. */
export interface ProtoMessageInteractiveMessageShopMessage {
  id?: string | null;
  surface?: ProtoMessageInteractiveMessageShopMessageSurface | null;
  messageVersion?: number | null;
}
/** 0 `UNKNOWN_SURFACE`, 1 `FB`, 2 `IG`, 3 `WA`. */
export type ProtoMessageInteractiveMessageShopMessageSurface = 0 | 1 | 2 | 3;
/** The JSON form of `proto.Message.InteractiveMessage.ICollectionMessage`. */
export interface ProtoMessageInteractiveMessageCollectionMessage {
  bizJid?: string | null;
  id?: string | null;
  messageVersion?: number | null;
}
/** The JSON form of `proto.Message.InteractiveMessage.INativeFlowMessage`. */
export interface ProtoMessageInteractiveMessageNativeFlowMessage {
  buttons?: ProtoMessageInteractiveMessageNativeFlowMessageNativeFlowButton[] | null;
  messageParamsJson?: string | null;
  messageVersion?: number | null;
}
/** The JSON form of `proto.Message.InteractiveMessage.NativeFlowMessage.INativeFlowButton`. */
export interface ProtoMessageInteractiveMessageNativeFlowMessageNativeFlowButton {
  name?: string | null;
  buttonParamsJson?: string | null;
}
/** The JSON form of `proto.Message.InteractiveMessage.ICarouselMessage`. */
export interface ProtoMessageInteractiveMessageCarouselMessage {
  cards?: ProtoMessageInteractiveMessage[] | null;
  messageVersion?: number | null;
  carouselCardType?: ProtoMessageInteractiveMessageCarouselMessageCarouselCardType | null;
}
/** 0 `UNKNOWN`, 1 `HSCROLL_CARDS`, 2 `ALBUM_IMAGE`. */
export type ProtoMessageInteractiveMessageCarouselMessageCarouselCardType = 0 | 1 | 2;
/** The JSON form of `proto.Message.ISendPaymentMessage`. */
export interface ProtoMessageSendPaymentMessage {
  noteMessage?: ProtoMessage | null;
  requestMessageKey?: ProtoMessageKey | null;
  background?: ProtoPaymentBackground | null;
  transactionData?: string | null;
}
/** The JSON form of `proto.IPaymentBackground`. */
export interface ProtoPaymentBackground {
  id?: string | null;
  fileLength?: number | string | null;
  width?: number | null;
  height?: number | null;
  mimetype?: string | null;
  placeholderArgb?: number | null;
  textArgb?: number | null;
  subtextArgb?: number | null;
  mediaData?: ProtoPaymentBackgroundMediaData | null;
  type?: ProtoPaymentBackgroundType | null;
}
/** The JSON form of `proto.PaymentBackground.IMediaData`. */
export interface ProtoPaymentBackgroundMediaData {
  mediaKey?: BytesJson | null;
  mediaKeyTimestamp?: number | string | null;
  fileSha256?: BytesJson | null;
  fileEncSha256?: BytesJson | null;
  directPath?: string | null;
}
/** 0 `UNKNOWN`, 1 `DEFAULT`. */
export type ProtoPaymentBackgroundType = 0 | 1;
/** The JSON form of `proto.Message.ILiveLocationMessage`. */
export interface ProtoMessageLiveLocationMessage {
  degreesLatitude?: number | null;
  degreesLongitude?: number | null;
  accuracyInMeters?: number | null;
  speedInMps?: number | null;
  degreesClockwiseFromMagneticNorth?: number | null;
  caption?: string | null;
  sequenceNumber?: number | string | null;
  timeOffset?: number | null;
  jpegThumbnail?: BytesJson | null;
  contextInfo?: ProtoContextInfo | null;
}
/** The JSON form of `proto.Message.IRequestPaymentMessage`. */
export interface ProtoMessageRequestPaymentMessage {
  noteMessage?: ProtoMessage | null;
  currencyCodeIso4217?: string | null;
  amount1000?: number | string | null;
  requestFrom?: string | null;
  expiryTimestamp?: number | string | null;
  amount?: ProtoMoney | null;
  background?: ProtoPaymentBackground | null;
}
/** The JSON form of `proto.IMoney`. */
export interface ProtoMoney {
  value?: number | string | null;
  offset?: number | null;
  currencyCode?: string | null;
}
/** The JSON form of `proto.Message.IDeclinePaymentRequestMessage`. */
export interface ProtoMessageDeclinePaymentRequestMessage {
  key?: ProtoMessageKey | null;
}
/** The JSON form of `proto.Message.ICancelPaymentRequestMessage`. */
export interface ProtoMessageCancelPaymentRequestMessage {
  key?: ProtoMessageKey | null;
}
/** The JSON form of `proto.Message.IGroupInviteMessage`. */
export interface ProtoMessageGroupInviteMessage {
  groupJid?: string | null;
  inviteCode?: string | null;
  inviteExpiration?: number | string | null;
  groupName?: string | null;
  jpegThumbnail?: BytesJson | null;
  caption?: string | null;
  contextInfo?: ProtoContextInfo | null;
  groupType?: ProtoMessageGroupInviteMessageGroupType | null;
}
/** 0 `DEFAULT`, 1 `PARENT`. */
export type ProtoMessageGroupInviteMessageGroupType = 0 | 1;
/** The JSON form of `proto.Message.ITemplateButtonReplyMessage`. */
export interface ProtoMessageTemplateButtonReplyMessage {
  selectedId?: string | null;
  selectedDisplayText?: string | null;
  contextInfo?: ProtoContextInfo | null;
  selectedIndex?: number | null;
  selectedCarouselCardIndex?: number | null;
}
/** The JSON form of `proto.Message.IDeviceSentMessage`. */
export interface ProtoMessageDeviceSentMessage {
  destinationJid?: string | null;
  message?: ProtoMessage | null;
  phash?: string | null;
}
/** The JSON form of `proto.IMessageContextInfo`. */
export interface ProtoMessageContextInfo {
  deviceListMetadata?: ProtoDeviceListMetadata | null;
  deviceListMetadataVersion?: number | null;
  messageSecret?: BytesJson | null;
  paddingBytes?: BytesJson | null;
  messageAddOnDurationInSecs?: number | null;
  botMessageSecret?: BytesJson | null;
  botMetadata?: ProtoBotMetadata | null;
  reportingTokenVersion?: number | null;
  messageAddOnExpiryType?: ProtoMessageContextInfoMessageAddonExpiryType | null;
  messageAssociation?: ProtoMessageAssociation | null;
  capiCreatedGroup?: boolean | null;
  supportPayload?: string | null;
  limitSharing?: ProtoLimitSharing | null;
  limitSharingV2?: ProtoLimitSharing | null;
  threadId?: ProtoThreadID[] | null;
  weblinkRenderConfig?: ProtoWebLinkRenderConfig | null;
}
/** The JSON form of `proto.IDeviceListMetadata`. */
export interface ProtoDeviceListMetadata {
  senderKeyHash?: BytesJson | null;
  senderTimestamp?: number | string | null;
  senderKeyIndexes?: number[] | null;
  senderAccountType?: ProtoADVEncryptionType | null;
  receiverAccountType?: ProtoADVEncryptionType | null;
  recipientKeyHash?: BytesJson | null;
  recipientTimestamp?: number | string | null;
  recipientKeyIndexes?: number[] | null;
}
/** 0 `E2EE`, 1 `HOSTED`. */
export type ProtoADVEncryptionType = 0 | 1;
/** The JSON form of `proto.IBotMetadata`. */
export interface ProtoBotMetadata {
  avatarMetadata?: ProtoBotAvatarMetadata | null;
  personaId?: string | null;
  pluginMetadata?: ProtoBotPluginMetadata | null;
  suggestedPromptMetadata?: ProtoBotSuggestedPromptMetadata | null;
  invokerJid?: string | null;
  sessionMetadata?: ProtoBotSessionMetadata | null;
  memuMetadata?: ProtoBotMemuMetadata | null;
  timezone?: string | null;
  reminderMetadata?: ProtoBotReminderMetadata | null;
  modelMetadata?: ProtoBotModelMetadata | null;
  messageDisclaimerText?: string | null;
  progressIndicatorMetadata?: ProtoBotProgressIndicatorMetadata | null;
  capabilityMetadata?: ProtoBotCapabilityMetadata | null;
  imagineMetadata?: ProtoBotImagineMetadata | null;
  memoryMetadata?: ProtoBotMemoryMetadata | null;
  renderingMetadata?: ProtoBotRenderingMetadata | null;
  botMetricsMetadata?: ProtoBotMetricsMetadata | null;
  botLinkedAccountsMetadata?: ProtoBotLinkedAccountsMetadata | null;
  richResponseSourcesMetadata?: ProtoBotSourcesMetadata | null;
  aiConversationContext?: BytesJson | null;
  botPromotionMessageMetadata?: ProtoBotPromotionMessageMetadata | null;
  botModeSelectionMetadata?: ProtoBotModeSelectionMetadata | null;
  botQuotaMetadata?: ProtoBotQuotaMetadata | null;
  botAgeCollectionMetadata?: ProtoBotAgeCollectionMetadata | null;
  conversationStarterPromptId?: string | null;
  botResponseId?: string | null;
  verificationMetadata?: ProtoBotSignatureVerificationMetadata | null;
  unifiedResponseMutation?: ProtoBotUnifiedResponseMutation | null;
  botMessageOriginMetadata?: ProtoBotMessageOriginMetadata | null;
  inThreadSurveyMetadata?: ProtoInThreadSurveyMetadata | null;
  botThreadInfo?: ProtoAIThreadInfo | null;
  regenerateMetadata?: ProtoAIRegenerateMetadata | null;
  sessionTransparencyMetadata?: ProtoSessionTransparencyMetadata | null;
  internalMetadata?: BytesJson | null;
}
/** The JSON form of `proto.IBotAvatarMetadata`. */
export interface ProtoBotAvatarMetadata {
  sentiment?: number | null;
  behaviorGraph?: string | null;
  action?: number | null;
  intensity?: number | null;
  wordCount?: number | null;
}
/** The JSON form of `proto.IBotPluginMetadata`. */
export interface ProtoBotPluginMetadata {
  provider?: ProtoBotPluginMetadataSearchProvider | null;
  pluginType?: ProtoBotPluginMetadataPluginType | null;
  thumbnailCdnUrl?: string | null;
  profilePhotoCdnUrl?: string | null;
  searchProviderUrl?: string | null;
  referenceIndex?: number | null;
  expectedLinksCount?: number | null;
  searchQuery?: string | null;
  parentPluginMessageKey?: ProtoMessageKey | null;
  deprecatedField?: ProtoBotPluginMetadataPluginType | null;
  parentPluginType?: ProtoBotPluginMetadataPluginType | null;
  faviconCdnUrl?: string | null;
}
/** 0 `UNKNOWN`, 1 `BING`, 2 `GOOGLE`, 3 `SUPPORT`. */
export type ProtoBotPluginMetadataSearchProvider = 0 | 1 | 2 | 3;
/** 0 `UNKNOWN_PLUGIN`, 1 `REELS`, 2 `SEARCH`. */
export type ProtoBotPluginMetadataPluginType = 0 | 1 | 2;
/** The JSON form of `proto.IBotSuggestedPromptMetadata`. */
export interface ProtoBotSuggestedPromptMetadata {
  suggestedPrompts?: string[] | null;
  selectedPromptIndex?: number | null;
  promptSuggestions?: ProtoBotPromptSuggestions | null;
  selectedPromptId?: string | null;
}
/** The JSON form of `proto.IBotPromptSuggestions`. */
export interface ProtoBotPromptSuggestions {
  suggestions?: ProtoBotPromptSuggestion[] | null;
}
/** The JSON form of `proto.IBotPromptSuggestion`. */
export interface ProtoBotPromptSuggestion {
  prompt?: string | null;
  promptId?: string | null;
}
/** The JSON form of `proto.IBotSessionMetadata`. */
export interface ProtoBotSessionMetadata {
  sessionId?: string | null;
  sessionSource?: ProtoBotSessionSource | null;
}
/** 0 `NONE`, 1 `NULL_STATE`, 2 `TYPEAHEAD`, 3 `USER_INPUT`, 4 `EMU_FLASH`, 5 `EMU_FLASH_FOLLOWUP`, 6 `VOICE`. */
export type ProtoBotSessionSource = 0 | 1 | 2 | 3 | 4 | 5 | 6;
/** The JSON form of `proto.IBotMemuMetadata`. */
export interface ProtoBotMemuMetadata {
  faceImages?: ProtoBotMediaMetadata[] | null;
}
/** The JSON form of `proto.IBotMediaMetadata`. */
export interface ProtoBotMediaMetadata {
  fileSha256?: string | null;
  mediaKey?: string | null;
  fileEncSha256?: string | null;
  directPath?: string | null;
  mediaKeyTimestamp?: number | string | null;
  mimetype?: string | null;
  orientationType?: ProtoBotMediaMetadataOrientationType | null;
}
/** 1 `CENTER`, 2 `LEFT`, 3 `RIGHT`. */
export type ProtoBotMediaMetadataOrientationType = 1 | 2 | 3;
/** The JSON form of `proto.IBotReminderMetadata`. */
export interface ProtoBotReminderMetadata {
  requestMessageKey?: ProtoMessageKey | null;
  action?: ProtoBotReminderMetadataReminderAction | null;
  name?: string | null;
  nextTriggerTimestamp?: number | string | null;
  frequency?: ProtoBotReminderMetadataReminderFrequency | null;
}
/** 1 `NOTIFY`, 2 `CREATE`, 3 `DELETE`, 4 `UPDATE`. */
export type ProtoBotReminderMetadataReminderAction = 1 | 2 | 3 | 4;
/** 1 `ONCE`, 2 `DAILY`, 3 `WEEKLY`, 4 `BIWEEKLY`, 5 `MONTHLY`. */
export type ProtoBotReminderMetadataReminderFrequency = 1 | 2 | 3 | 4 | 5;
/** The JSON form of `proto.IBotModelMetadata`. */
export interface ProtoBotModelMetadata {
  modelType?: ProtoBotModelMetadataModelType | null;
  premiumModelStatus?: ProtoBotModelMetadataPremiumModelStatus | null;
  modelNameOverride?: string | null;
}
/** 0 `UNKNOWN_TYPE`, 1 `LLAMA_PROD`, 2 `LLAMA_PROD_PREMIUM`. */
export type ProtoBotModelMetadataModelType = 0 | 1 | 2;
/** 0 `UNKNOWN_STATUS`, 1 `AVAILABLE`, 2 `QUOTA_EXCEED_LIMIT`. */
export type ProtoBotModelMetadataPremiumModelStatus = 0 | 1 | 2;
/** The JSON form of `proto.IBotProgressIndicatorMetadata`. */
export interface ProtoBotProgressIndicatorMetadata {
  progressDescription?: string | null;
  stepsMetadata?: ProtoBotProgressIndicatorMetadataBotPlanningStepMetadata[] | null;
}
/** The JSON form of `proto.BotProgressIndicatorMetadata.IBotPlanningStepMetadata`. */
export interface ProtoBotProgressIndicatorMetadataBotPlanningStepMetadata {
  statusTitle?: string | null;
  statusBody?: string | null;
  sourcesMetadata?: ProtoBotProgressIndicatorMetadataBotPlanningStepMetadataBotPlanningSearchSourcesMetadata[] | null;
  status?: ProtoBotProgressIndicatorMetadataBotPlanningStepMetadataPlanningStepStatus | null;
  isReasoning?: boolean | null;
  isEnhancedSearch?: boolean | null;
  sections?: ProtoBotProgressIndicatorMetadataBotPlanningStepMetadataBotPlanningStepSectionMetadata[] | null;
}
/** The JSON form of `proto.BotProgressIndicatorMetadata.BotPlanningStepMetadata.IBotPlanningSearchSourcesMetadata`. */
export interface ProtoBotProgressIndicatorMetadataBotPlanningStepMetadataBotPlanningSearchSourcesMetadata {
  sourceTitle?: string | null;
  provider?: ProtoBotProgressIndicatorMetadataBotPlanningStepMetadataBotPlanningSearchSourcesMetadataBotPlanningSearchSourceProvider | null;
  sourceUrl?: string | null;
}
/** 0 `UNKNOWN`, 1 `OTHER`, 2 `GOOGLE`, 3 `BING`. */
export type ProtoBotProgressIndicatorMetadataBotPlanningStepMetadataBotPlanningSearchSourcesMetadataBotPlanningSearchSourceProvider =
  | 0
  | 1
  | 2
  | 3;
/** 0 `UNKNOWN`, 1 `PLANNED`, 2 `EXECUTING`, 3 `FINISHED`. */
export type ProtoBotProgressIndicatorMetadataBotPlanningStepMetadataPlanningStepStatus = 0 | 1 | 2 | 3;
/** The JSON form of `proto.BotProgressIndicatorMetadata.BotPlanningStepMetadata.IBotPlanningStepSectionMetadata`. */
export interface ProtoBotProgressIndicatorMetadataBotPlanningStepMetadataBotPlanningStepSectionMetadata {
  sectionTitle?: string | null;
  sectionBody?: string | null;
  sourcesMetadata?: ProtoBotProgressIndicatorMetadataBotPlanningStepMetadataBotPlanningSearchSourceMetadata[] | null;
}
/** The JSON form of `proto.BotProgressIndicatorMetadata.BotPlanningStepMetadata.IBotPlanningSearchSourceMetadata`. */
export interface ProtoBotProgressIndicatorMetadataBotPlanningStepMetadataBotPlanningSearchSourceMetadata {
  title?: string | null;
  provider?: ProtoBotProgressIndicatorMetadataBotPlanningStepMetadataBotSearchSourceProvider | null;
  sourceUrl?: string | null;
  favIconUrl?: string | null;
}
/** 0 `UNKNOWN_PROVIDER`, 1 `OTHER`, 2 `GOOGLE`, 3 `BING`. */
export type ProtoBotProgressIndicatorMetadataBotPlanningStepMetadataBotSearchSourceProvider = 0 | 1 | 2 | 3;
/** The JSON form of `proto.IBotCapabilityMetadata`. */
export interface ProtoBotCapabilityMetadata {
  capabilities?: ProtoBotCapabilityMetadataBotCapabilityType[] | null;
}
/** 0 `UNKNOWN`, 1 `PROGRESS_INDICATOR`, 2 `RICH_RESPONSE_HEADING`, 3 `RICH_RESPONSE_NESTED_LIST`, 4 `AI_MEMORY`, 5 `RICH_RESPONSE_THREAD_SURFING`, 6 `RICH_RESPONSE_TABLE`, 7 `RICH_RESPONSE_CODE`, 8 `RICH_RESPONSE_STRUCTURED_RESPONSE`, 9 `RICH_RESPONSE_INLINE_IMAGE`, 10 `WA_IG_1P_PLUGIN_RANKING_CONTROL`, 11 `WA_IG_1P_PLUGIN_RANKING_UPDATE_1`, 12 `WA_IG_1P_PLUGIN_RANKING_UPDATE_2`, 13 `WA_IG_1P_PLUGIN_RANKING_UPDATE_3`, 14 `WA_IG_1P_PLUGIN_RANKING_UPDATE_4`, 15 `WA_IG_1P_PLUGIN_RANKING_UPDATE_5`, 16 `WA_IG_1P_PLUGIN_RANKING_UPDATE_6`, 17 `WA_IG_1P_PLUGIN_RANKING_UPDATE_7`, 18 `WA_IG_1P_PLUGIN_RANKING_UPDATE_8`, 19 `WA_IG_1P_PLUGIN_RANKING_UPDATE_9`, 20 `WA_IG_1P_PLUGIN_RANKING_UPDATE_10`, 21 `RICH_RESPONSE_SUB_HEADING`, 22 `RICH_RESPONSE_GRID_IMAGE`, 23 `AI_STUDIO_UGC_MEMORY`, 24 `RICH_RESPONSE_LATEX`, 25 `RICH_RESPONSE_MAPS`, 26 `RICH_RESPONSE_INLINE_REELS`, 27 `AGENTIC_PLANNING`, 28 `ACCOUNT_LINKING`, 29 `STREAMING_DISAGGREGATION`, 30 `RICH_RESPONSE_GRID_IMAGE_3P`, 31 `RICH_RESPONSE_LATEX_INLINE`, 32 `QUERY_PLAN`, 33 `PROACTIVE_MESSAGE`, 34 `RICH_RESPONSE_UNIFIED_RESPONSE`, 35 `PROMOTION_MESSAGE`, 36 `SIMPLIFIED_PROFILE_PAGE`, 37 `RICH_RESPONSE_SOURCES_IN_MESSAGE`, 38 `RICH_RESPONSE_SIDE_BY_SIDE_SURVEY`, 39 `RICH_RESPONSE_UNIFIED_TEXT_COMPONENT`, 40 `AI_SHARED_MEMORY`, 41 `RICH_RESPONSE_UNIFIED_SOURCES`, 42 `RICH_RESPONSE_UNIFIED_DOMAIN_CITATIONS`, 43 `RICH_RESPONSE_UR_INLINE_REELS_ENABLED`, 44 `RICH_RESPONSE_UR_MEDIA_GRID_ENABLED`, 45 `RICH_RESPONSE_UR_TIMESTAMP_PLACEHOLDER`, 46 `RICH_RESPONSE_IN_APP_SURVEY`, 47 `AI_RESPONSE_MODEL_BRANDING`, 48 `SESSION_TRANSPARENCY_SYSTEM_MESSAGE`, 49 `RICH_RESPONSE_UR_REASONING`. */
export type ProtoBotCapabilityMetadataBotCapabilityType =
  | 0
  | 1
  | 2
  | 3
  | 4
  | 5
  | 6
  | 7
  | 8
  | 9
  | 10
  | 11
  | 12
  | 13
  | 14
  | 15
  | 16
  | 17
  | 18
  | 19
  | 20
  | 21
  | 22
  | 23
  | 24
  | 25
  | 26
  | 27
  | 28
  | 29
  | 30
  | 31
  | 32
  | 33
  | 34
  | 35
  | 36
  | 37
  | 38
  | 39
  | 40
  | 41
  | 42
  | 43
  | 44
  | 45
  | 46
  | 47
  | 48
  | 49;
/** The JSON form of `proto.IBotImagineMetadata`. */
export interface ProtoBotImagineMetadata {
  imagineType?: ProtoBotImagineMetadataImagineType | null;
}
/** 0 `UNKNOWN`, 1 `IMAGINE`, 2 `MEMU`, 3 `FLASH`, 4 `EDIT`. */
export type ProtoBotImagineMetadataImagineType = 0 | 1 | 2 | 3 | 4;
/** The JSON form of `proto.IBotMemoryMetadata`. */
export interface ProtoBotMemoryMetadata {
  addedFacts?: ProtoBotMemoryFact[] | null;
  removedFacts?: ProtoBotMemoryFact[] | null;
  disclaimer?: string | null;
}
/** The JSON form of `proto.IBotMemoryFact`. */
export interface ProtoBotMemoryFact {
  fact?: string | null;
  factId?: string | null;
}
/** The JSON form of `proto.IBotRenderingMetadata`. */
export interface ProtoBotRenderingMetadata {
  keywords?: ProtoBotRenderingMetadataKeyword[] | null;
}
/** The JSON form of `proto.BotRenderingMetadata.IKeyword`. */
export interface ProtoBotRenderingMetadataKeyword {
  value?: string | null;
  associatedPrompts?: string[] | null;
}
/** The JSON form of `proto.IBotMetricsMetadata`. */
export interface ProtoBotMetricsMetadata {
  destinationId?: string | null;
  destinationEntryPoint?: ProtoBotMetricsEntryPoint | null;
  threadOrigin?: ProtoBotMetricsThreadEntryPoint | null;
}
/** 1 `AI_TAB_THREAD`, 2 `AI_HOME_THREAD`, 3 `AI_DEEPLINK_IMMERSIVE_THREAD`, 4 `AI_DEEPLINK_THREAD`, 5 `ASK_META_AI_CONTEXT_MENU_THREAD`. */
export type ProtoBotMetricsThreadEntryPoint = 1 | 2 | 3 | 4 | 5;
/** The JSON form of `proto.IBotLinkedAccountsMetadata`. */
export interface ProtoBotLinkedAccountsMetadata {
  accounts?: ProtoBotLinkedAccount[] | null;
  acAuthTokens?: BytesJson | null;
  acErrorCode?: number | null;
}
/** The JSON form of `proto.IBotLinkedAccount`. */
export interface ProtoBotLinkedAccount {
  type?: ProtoBotLinkedAccountBotLinkedAccountType | null;
}
/** 0 `BOT_LINKED_ACCOUNT_TYPE_1P`. */
export type ProtoBotLinkedAccountBotLinkedAccountType = 0;
/** The JSON form of `proto.IBotSourcesMetadata`. */
export interface ProtoBotSourcesMetadata {
  sources?: ProtoBotSourcesMetadataBotSourceItem[] | null;
}
/** The JSON form of `proto.BotSourcesMetadata.IBotSourceItem`. */
export interface ProtoBotSourcesMetadataBotSourceItem {
  provider?: ProtoBotSourcesMetadataBotSourceItemSourceProvider | null;
  thumbnailCdnUrl?: string | null;
  sourceProviderUrl?: string | null;
  sourceQuery?: string | null;
  faviconCdnUrl?: string | null;
  citationNumber?: number | null;
  sourceTitle?: string | null;
}
/** 0 `UNKNOWN`, 1 `BING`, 2 `GOOGLE`, 3 `SUPPORT`, 4 `OTHER`. */
export type ProtoBotSourcesMetadataBotSourceItemSourceProvider = 0 | 1 | 2 | 3 | 4;
/** The JSON form of `proto.IBotPromotionMessageMetadata`. */
export interface ProtoBotPromotionMessageMetadata {
  promotionType?: ProtoBotPromotionMessageMetadataBotPromotionType | null;
  buttonTitle?: string | null;
}
/** 0 `UNKNOWN_TYPE`, 1 `C50`, 2 `SURVEY_PLATFORM`. */
export type ProtoBotPromotionMessageMetadataBotPromotionType = 0 | 1 | 2;
/** The JSON form of `proto.IBotModeSelectionMetadata`. */
export interface ProtoBotModeSelectionMetadata {
  mode?: ProtoBotModeSelectionMetadataBotUserSelectionMode[] | null;
}
/** 0 `UNKNOWN_MODE`, 1 `REASONING_MODE`. */
export type ProtoBotModeSelectionMetadataBotUserSelectionMode = 0 | 1;
/** The JSON form of `proto.IBotQuotaMetadata`. */
export interface ProtoBotQuotaMetadata {
  botFeatureQuotaMetadata?: ProtoBotQuotaMetadataBotFeatureQuotaMetadata[] | null;
}
/** The JSON form of `proto.BotQuotaMetadata.IBotFeatureQuotaMetadata`. */
export interface ProtoBotQuotaMetadataBotFeatureQuotaMetadata {
  featureType?: ProtoBotQuotaMetadataBotFeatureQuotaMetadataBotFeatureType | null;
  remainingQuota?: number | null;
  expirationTimestamp?: number | string | null;
}
/** 0 `UNKNOWN_FEATURE`, 1 `REASONING_FEATURE`. */
export type ProtoBotQuotaMetadataBotFeatureQuotaMetadataBotFeatureType = 0 | 1;
/** The JSON form of `proto.IBotAgeCollectionMetadata`. */
export interface ProtoBotAgeCollectionMetadata {
  ageCollectionEligible?: boolean | null;
  shouldTriggerAgeCollectionOnClient?: boolean | null;
  ageCollectionType?: ProtoBotAgeCollectionMetadataAgeCollectionType | null;
}
/** 0 `O18_BINARY`, 1 `WAFFLE`. */
export type ProtoBotAgeCollectionMetadataAgeCollectionType = 0 | 1;
/** The JSON form of `proto.IBotSignatureVerificationMetadata`. */
export interface ProtoBotSignatureVerificationMetadata {
  proofs?: ProtoBotSignatureVerificationUseCaseProof[] | null;
}
/** The JSON form of `proto.IBotSignatureVerificationUseCaseProof`. */
export interface ProtoBotSignatureVerificationUseCaseProof {
  version?: number | null;
  useCase?: ProtoBotSignatureVerificationUseCaseProofBotSignatureUseCase | null;
  signature?: BytesJson | null;
  certificateChain?: BytesJson[] | null;
}
/** 0 `UNSPECIFIED`, 1 `WA_BOT_MSG`. */
export type ProtoBotSignatureVerificationUseCaseProofBotSignatureUseCase = 0 | 1;
/** The JSON form of `proto.IBotUnifiedResponseMutation`. */
export interface ProtoBotUnifiedResponseMutation {
  sbsMetadata?: ProtoBotUnifiedResponseMutationSideBySideMetadata | null;
  mediaDetailsMetadataList?: ProtoBotUnifiedResponseMutationMediaDetailsMetadata[] | null;
}
/** The JSON form of `proto.BotUnifiedResponseMutation.ISideBySideMetadata`. */
export interface ProtoBotUnifiedResponseMutationSideBySideMetadata {
  primaryResponseId?: string | null;
  surveyCtaHasRendered?: boolean | null;
}
/** The JSON form of `proto.BotUnifiedResponseMutation.IMediaDetailsMetadata`. */
export interface ProtoBotUnifiedResponseMutationMediaDetailsMetadata {
  id?: string | null;
  highResMedia?: ProtoBotMediaMetadata | null;
  previewMedia?: ProtoBotMediaMetadata | null;
}
/** The JSON form of `proto.IBotMessageOriginMetadata`. */
export interface ProtoBotMessageOriginMetadata {
  origins?: ProtoBotMessageOrigin[] | null;
}
/** The JSON form of `proto.IBotMessageOrigin`. */
export interface ProtoBotMessageOrigin {
  type?: ProtoBotMessageOriginBotMessageOriginType | null;
}
/** 0 `BOT_MESSAGE_ORIGIN_TYPE_AI_INITIATED`. */
export type ProtoBotMessageOriginBotMessageOriginType = 0;
/** The JSON form of `proto.IInThreadSurveyMetadata`. */
export interface ProtoInThreadSurveyMetadata {
  tessaSessionId?: string | null;
  simonSessionId?: string | null;
  simonSurveyId?: string | null;
  tessaRootId?: string | null;
  requestId?: string | null;
  tessaEvent?: string | null;
  invitationHeaderText?: string | null;
  invitationBodyText?: string | null;
  invitationCtaText?: string | null;
  invitationCtaUrl?: string | null;
  surveyTitle?: string | null;
  questions?: ProtoInThreadSurveyMetadataInThreadSurveyQuestion[] | null;
  surveyContinueButtonText?: string | null;
  surveySubmitButtonText?: string | null;
  privacyStatementFull?: string | null;
  privacyStatementParts?: ProtoInThreadSurveyMetadataInThreadSurveyPrivacyStatementPart[] | null;
  feedbackToastText?: string | null;
}
/** The JSON form of `proto.InThreadSurveyMetadata.IInThreadSurveyQuestion`. */
export interface ProtoInThreadSurveyMetadataInThreadSurveyQuestion {
  questionText?: string | null;
  questionId?: string | null;
  questionOptions?: ProtoInThreadSurveyMetadataInThreadSurveyOption[] | null;
}
/** The JSON form of `proto.InThreadSurveyMetadata.IInThreadSurveyOption`. */
export interface ProtoInThreadSurveyMetadataInThreadSurveyOption {
  stringValue?: string | null;
  numericValue?: number | null;
  textTranslated?: string | null;
}
/** The JSON form of `proto.InThreadSurveyMetadata.IInThreadSurveyPrivacyStatementPart`. */
export interface ProtoInThreadSurveyMetadataInThreadSurveyPrivacyStatementPart {
  text?: string | null;
  url?: string | null;
}
/** The JSON form of `proto.IAIThreadInfo`. */
export interface ProtoAIThreadInfo {
  serverInfo?: ProtoAIThreadInfoAIThreadServerInfo | null;
  clientInfo?: ProtoAIThreadInfoAIThreadClientInfo | null;
}
/** The JSON form of `proto.AIThreadInfo.IAIThreadServerInfo`. */
export interface ProtoAIThreadInfoAIThreadServerInfo {
  title?: string | null;
}
/** The JSON form of `proto.AIThreadInfo.IAIThreadClientInfo`. */
export interface ProtoAIThreadInfoAIThreadClientInfo {
  type?: ProtoAIThreadInfoAIThreadClientInfoAIThreadType | null;
}
/** 0 `UNKNOWN`, 1 `DEFAULT`, 2 `INCOGNITO`. */
export type ProtoAIThreadInfoAIThreadClientInfoAIThreadType = 0 | 1 | 2;
/** The JSON form of `proto.IAIRegenerateMetadata`. */
export interface ProtoAIRegenerateMetadata {
  messageKey?: ProtoMessageKey | null;
  responseTimestampMs?: number | string | null;
}
/** The JSON form of `proto.ISessionTransparencyMetadata`. */
export interface ProtoSessionTransparencyMetadata {
  disclaimerText?: string | null;
  hcaId?: string | null;
  sessionTransparencyType?: ProtoSessionTransparencyType | null;
}
/** 0 `UNKNOWN_TYPE`, 1 `NY_AI_SAFETY_DISCLAIMER`. */
export type ProtoSessionTransparencyType = 0 | 1;
/** 1 `STATIC`, 2 `DEPENDENT_ON_PARENT`. */
export type ProtoMessageContextInfoMessageAddonExpiryType = 1 | 2;
/** The JSON form of `proto.IMessageAssociation`. */
export interface ProtoMessageAssociation {
  associationType?: ProtoMessageAssociationAssociationType | null;
  parentMessageKey?: ProtoMessageKey | null;
  messageIndex?: number | null;
}
/** 0 `UNKNOWN`, 1 `MEDIA_ALBUM`, 2 `BOT_PLUGIN`, 3 `EVENT_COVER_IMAGE`, 4 `STATUS_POLL`, 5 `HD_VIDEO_DUAL_UPLOAD`, 6 `STATUS_EXTERNAL_RESHARE`, 7 `MEDIA_POLL`, 8 `STATUS_ADD_YOURS`, 9 `STATUS_NOTIFICATION`, 10 `HD_IMAGE_DUAL_UPLOAD`, 11 `STICKER_ANNOTATION`, 12 `MOTION_PHOTO`, 13 `STATUS_LINK_ACTION`, 14 `VIEW_ALL_REPLIES`, 15 `STATUS_ADD_YOURS_AI_IMAGINE`, 16 `STATUS_QUESTION`, 17 `STATUS_ADD_YOURS_DIWALI`, 18 `STATUS_REACTION`, 19 `HEVC_VIDEO_DUAL_UPLOAD`. */
export type ProtoMessageAssociationAssociationType =
  | 0
  | 1
  | 2
  | 3
  | 4
  | 5
  | 6
  | 7
  | 8
  | 9
  | 10
  | 11
  | 12
  | 13
  | 14
  | 15
  | 16
  | 17
  | 18
  | 19;
/** The JSON form of `proto.IThreadID`. */
export interface ProtoThreadID {
  threadType?: ProtoThreadIDThreadType | null;
  threadKey?: ProtoMessageKey | null;
}
/** 0 `UNKNOWN`, 1 `VIEW_REPLIES`, 2 `AI_THREAD`. */
export type ProtoThreadIDThreadType = 0 | 1 | 2;
/** 0 `WEBVIEW`, 1 `SYSTEM`. */
export type ProtoWebLinkRenderConfig = 0 | 1;
/** The JSON form of `proto.Message.IListMessage`. */
export interface ProtoMessageListMessage {
  title?: string | null;
  description?: string | null;
  buttonText?: string | null;
  listType?: ProtoMessageListMessageListType | null;
  sections?: ProtoMessageListMessageSection[] | null;
  productListInfo?: ProtoMessageListMessageProductListInfo | null;
  footerText?: string | null;
  contextInfo?: ProtoContextInfo | null;
}
/** 0 `UNKNOWN`, 1 `SINGLE_SELECT`, 2 `PRODUCT_LIST`. */
export type ProtoMessageListMessageListType = 0 | 1 | 2;
/** The JSON form of `proto.Message.ListMessage.ISection`. */
export interface ProtoMessageListMessageSection {
  title?: string | null;
  rows?: ProtoMessageListMessageRow[] | null;
}
/** The JSON form of `proto.Message.ListMessage.IRow`. */
export interface ProtoMessageListMessageRow {
  title?: string | null;
  description?: string | null;
  rowId?: string | null;
}
/** The JSON form of `proto.Message.ListMessage.IProductListInfo`. */
export interface ProtoMessageListMessageProductListInfo {
  productSections?: ProtoMessageListMessageProductSection[] | null;
  headerImage?: ProtoMessageListMessageProductListHeaderImage | null;
  businessOwnerJid?: string | null;
}
/** The JSON form of `proto.Message.ListMessage.IProductSection`. */
export interface ProtoMessageListMessageProductSection {
  title?: string | null;
  products?: ProtoMessageListMessageProduct[] | null;
}
/** The JSON form of `proto.Message.ListMessage.IProduct`. */
export interface ProtoMessageListMessageProduct {
  productId?: string | null;
}
/** The JSON form of `proto.Message.ListMessage.IProductListHeaderImage`. */
export interface ProtoMessageListMessageProductListHeaderImage {
  productId?: string | null;
  jpegThumbnail?: BytesJson | null;
}
/** The JSON form of `proto.Message.IFutureProofMessage`. */
export interface ProtoMessageFutureProofMessage {
  message?: ProtoMessage | null;
}
/** The JSON form of `proto.Message.IOrderMessage`. */
export interface ProtoMessageOrderMessage {
  orderId?: string | null;
  thumbnail?: BytesJson | null;
  itemCount?: number | null;
  status?: ProtoMessageOrderMessageOrderStatus | null;
  surface?: ProtoMessageOrderMessageOrderSurface | null;
  message?: string | null;
  orderTitle?: string | null;
  sellerJid?: string | null;
  token?: string | null;
  totalAmount1000?: number | string | null;
  totalCurrencyCode?: string | null;
  contextInfo?: ProtoContextInfo | null;
  messageVersion?: number | null;
  orderRequestMessageId?: ProtoMessageKey | null;
  catalogType?: string | null;
}
/** 1 `INQUIRY`, 2 `ACCEPTED`, 3 `DECLINED`. */
export type ProtoMessageOrderMessageOrderStatus = 1 | 2 | 3;
/** 1 `CATALOG`. */
export type ProtoMessageOrderMessageOrderSurface = 1;
/** The JSON form of `proto.Message.IListResponseMessage`. */
export interface ProtoMessageListResponseMessage {
  title?: string | null;
  listType?: ProtoMessageListResponseMessageListType | null;
  singleSelectReply?: ProtoMessageListResponseMessageSingleSelectReply | null;
  contextInfo?: ProtoContextInfo | null;
  description?: string | null;
}
/** 0 `UNKNOWN`, 1 `SINGLE_SELECT`. */
export type ProtoMessageListResponseMessageListType = 0 | 1;
/** The JSON form of `proto.Message.ListResponseMessage.ISingleSelectReply`. */
export interface ProtoMessageListResponseMessageSingleSelectReply {
  selectedRowId?: string | null;
}
/** The JSON form of `proto.Message.IInvoiceMessage`. */
export interface ProtoMessageInvoiceMessage {
  note?: string | null;
  token?: string | null;
  attachmentType?: ProtoMessageInvoiceMessageAttachmentType | null;
  attachmentMimetype?: string | null;
  attachmentMediaKey?: BytesJson | null;
  attachmentMediaKeyTimestamp?: number | string | null;
  attachmentFileSha256?: BytesJson | null;
  attachmentFileEncSha256?: BytesJson | null;
  attachmentDirectPath?: string | null;
  attachmentJpegThumbnail?: BytesJson | null;
}
/** 0 `IMAGE`, 1 `PDF`. */
export type ProtoMessageInvoiceMessageAttachmentType = 0 | 1;
/** The JSON form of `proto.Message.IButtonsMessage`. */
export interface ProtoMessageButtonsMessage {
  contentText?: string | null;
  footerText?: string | null;
  contextInfo?: ProtoContextInfo | null;
  buttons?: ProtoMessageButtonsMessageButton[] | null;
  headerType?: ProtoMessageButtonsMessageHeaderType | null;
  text?: string | null;
  documentMessage?: ProtoMessageDocumentMessage | null;
  imageMessage?: ProtoMessageImageMessage | null;
  videoMessage?: ProtoMessageVideoMessage | null;
  locationMessage?: ProtoMessageLocationMessage | null;
}
/** The JSON form of `proto.Message.ButtonsMessage.IButton`. */
export interface ProtoMessageButtonsMessageButton {
  buttonId?: string | null;
  buttonText?: ProtoMessageButtonsMessageButtonButtonText | null;
  type?: ProtoMessageButtonsMessageButtonType | null;
  nativeFlowInfo?: ProtoMessageButtonsMessageButtonNativeFlowInfo | null;
}
/** The JSON form of `proto.Message.ButtonsMessage.Button.IButtonText`. */
export interface ProtoMessageButtonsMessageButtonButtonText {
  displayText?: string | null;
}
/** 0 `UNKNOWN`, 1 `RESPONSE`, 2 `NATIVE_FLOW`. */
export type ProtoMessageButtonsMessageButtonType = 0 | 1 | 2;
/** The JSON form of `proto.Message.ButtonsMessage.Button.INativeFlowInfo`. */
export interface ProtoMessageButtonsMessageButtonNativeFlowInfo {
  name?: string | null;
  paramsJson?: string | null;
}
/** 0 `UNKNOWN`, 1 `EMPTY`, 2 `TEXT`, 3 `DOCUMENT`, 4 `IMAGE`, 5 `VIDEO`, 6 `LOCATION`. */
export type ProtoMessageButtonsMessageHeaderType = 0 | 1 | 2 | 3 | 4 | 5 | 6;
/** The JSON form of `proto.Message.IButtonsResponseMessage`. */
export interface ProtoMessageButtonsResponseMessage {
  selectedButtonId?: string | null;
  contextInfo?: ProtoContextInfo | null;
  type?: ProtoMessageButtonsResponseMessageType | null;
  selectedDisplayText?: string | null;
}
/** 0 `UNKNOWN`, 1 `DISPLAY_TEXT`. */
export type ProtoMessageButtonsResponseMessageType = 0 | 1;
/** The JSON form of `proto.Message.IPaymentInviteMessage`. */
export interface ProtoMessagePaymentInviteMessage {
  serviceType?: ProtoMessagePaymentInviteMessageServiceType | null;
  expiryTimestamp?: number | string | null;
}
/** 0 `UNKNOWN`, 1 `FBPAY`, 2 `NOVI`, 3 `UPI`. */
export type ProtoMessagePaymentInviteMessageServiceType = 0 | 1 | 2 | 3;
/** The JSON form of `proto.Message.IReactionMessage`. */
export interface ProtoMessageReactionMessage {
  key?: ProtoMessageKey | null;
  text?: string | null;
  groupingKey?: string | null;
  senderTimestampMs?: number | string | null;
}
/** The JSON form of `proto.Message.IStickerSyncRMRMessage`. */
export interface ProtoMessageStickerSyncRMRMessage {
  filehash?: string[] | null;
  rmrSource?: string | null;
  requestTimestamp?: number | string | null;
}
/** The JSON form of `proto.Message.IInteractiveResponseMessage`. */
export interface ProtoMessageInteractiveResponseMessage {
  body?: ProtoMessageInteractiveResponseMessageBody | null;
  contextInfo?: ProtoContextInfo | null;
  nativeFlowResponseMessage?: ProtoMessageInteractiveResponseMessageNativeFlowResponseMessage | null;
}
/** The JSON form of `proto.Message.InteractiveResponseMessage.IBody`. */
export interface ProtoMessageInteractiveResponseMessageBody {
  text?: string | null;
  format?: ProtoMessageInteractiveResponseMessageBodyFormat | null;
}
/** 0 `DEFAULT`, 1 `EXTENSIONS_1`. */
export type ProtoMessageInteractiveResponseMessageBodyFormat = 0 | 1;
/** The JSON form of `proto.Message.InteractiveResponseMessage.INativeFlowResponseMessage`. */
export interface ProtoMessageInteractiveResponseMessageNativeFlowResponseMessage {
  name?: string | null;
  paramsJson?: string | null;
  version?: number | null;
}
/** The JSON form of `proto.Message.IPollCreationMessage`. */
export interface ProtoMessagePollCreationMessage {
  encKey?: BytesJson | null;
  name?: string | null;
  options?: ProtoMessagePollCreationMessageOption[] | null;
  selectableOptionsCount?: number | null;
  contextInfo?: ProtoContextInfo | null;
  pollContentType?: ProtoMessagePollContentType | null;
  pollType?: ProtoMessagePollType | null;
  correctAnswer?: ProtoMessagePollCreationMessageOption | null;
}
/** The JSON form of `proto.Message.PollCreationMessage.IOption`. */
export interface ProtoMessagePollCreationMessageOption {
  optionName?: string | null;
  optionHash?: string | null;
}
/** 0 `UNKNOWN`, 1 `TEXT`, 2 `IMAGE`. */
export type ProtoMessagePollContentType = 0 | 1 | 2;
/** 0 `POLL`, 1 `QUIZ`. */
export type ProtoMessagePollType = 0 | 1;
/** The JSON form of `proto.Message.IPollUpdateMessage`. */
export interface ProtoMessagePollUpdateMessage {
  pollCreationMessageKey?: ProtoMessageKey | null;
  vote?: ProtoMessagePollEncValue | null;
  metadata?: ProtoMessagePollUpdateMessageMetadata | null;
  senderTimestampMs?: number | string | null;
}
/** The JSON form of `proto.Message.IPollEncValue`. */
export interface ProtoMessagePollEncValue {
  encPayload?: BytesJson | null;
  encIv?: BytesJson | null;
}
/** The JSON form of `proto.Message.IPollUpdateMessageMetadata`. */
export type ProtoMessagePollUpdateMessageMetadata = Record<string, unknown>;
/** The JSON form of `proto.Message.IKeepInChatMessage`. */
export interface ProtoMessageKeepInChatMessage {
  key?: ProtoMessageKey | null;
  keepType?: ProtoKeepType | null;
  timestampMs?: number | string | null;
}
/** 0 `UNKNOWN`, 1 `KEEP_FOR_ALL`, 2 `UNDO_KEEP_FOR_ALL`. */
export type ProtoKeepType = 0 | 1 | 2;
/** The JSON form of `proto.Message.IRequestPhoneNumberMessage`. */
export interface ProtoMessageRequestPhoneNumberMessage {
  contextInfo?: ProtoContextInfo | null;
}
/** The JSON form of `proto.Message.IEncReactionMessage`. */
export interface ProtoMessageEncReactionMessage {
  targetMessageKey?: ProtoMessageKey | null;
  encPayload?: BytesJson | null;
  encIv?: BytesJson | null;
}
/** The JSON form of `proto.Message.IScheduledCallCreationMessage`. */
export interface ProtoMessageScheduledCallCreationMessage {
  scheduledTimestampMs?: number | string | null;
  callType?: ProtoMessageScheduledCallCreationMessageCallType | null;
  title?: string | null;
}
/** 0 `UNKNOWN`, 1 `VOICE`, 2 `VIDEO`. */
export type ProtoMessageScheduledCallCreationMessageCallType = 0 | 1 | 2;
/** The JSON form of `proto.Message.IPinInChatMessage`. */
export interface ProtoMessagePinInChatMessage {
  key?: ProtoMessageKey | null;
  type?: ProtoMessagePinInChatMessageType | null;
  senderTimestampMs?: number | string | null;
}
/** 0 `UNKNOWN_TYPE`, 1 `PIN_FOR_ALL`, 2 `UNPIN_FOR_ALL`. */
export type ProtoMessagePinInChatMessageType = 0 | 1 | 2;
/** The JSON form of `proto.Message.IScheduledCallEditMessage`. */
export interface ProtoMessageScheduledCallEditMessage {
  key?: ProtoMessageKey | null;
  editType?: ProtoMessageScheduledCallEditMessageEditType | null;
}
/** 0 `UNKNOWN`, 1 `CANCEL`. */
export type ProtoMessageScheduledCallEditMessageEditType = 0 | 1;
/** The JSON form of `proto.Message.ICallLogMessage`. */
export interface ProtoMessageCallLogMessage {
  isVideo?: boolean | null;
  callOutcome?: ProtoMessageCallLogMessageCallOutcome | null;
  durationSecs?: number | string | null;
  callType?: ProtoMessageCallLogMessageCallType | null;
  participants?: ProtoMessageCallLogMessageCallParticipant[] | null;
}
/** 0 `CONNECTED`, 1 `MISSED`, 2 `FAILED`, 3 `REJECTED`, 4 `ACCEPTED_ELSEWHERE`, 5 `ONGOING`, 6 `SILENCED_BY_DND`, 7 `SILENCED_UNKNOWN_CALLER`. */
export type ProtoMessageCallLogMessageCallOutcome = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;
/** 0 `REGULAR`, 1 `SCHEDULED_CALL`, 2 `VOICE_CHAT`. */
export type ProtoMessageCallLogMessageCallType = 0 | 1 | 2;
/** The JSON form of `proto.Message.CallLogMessage.ICallParticipant`. */
export interface ProtoMessageCallLogMessageCallParticipant {
  jid?: string | null;
  callOutcome?: ProtoMessageCallLogMessageCallOutcome | null;
}
/** The JSON form of `proto.Message.IMessageHistoryBundle`. */
export interface ProtoMessageMessageHistoryBundle {
  mimetype?: string | null;
  fileSha256?: BytesJson | null;
  mediaKey?: BytesJson | null;
  fileEncSha256?: BytesJson | null;
  directPath?: string | null;
  mediaKeyTimestamp?: number | string | null;
  contextInfo?: ProtoContextInfo | null;
  messageHistoryMetadata?: ProtoMessageMessageHistoryMetadata | null;
}
/** The JSON form of `proto.Message.IMessageHistoryMetadata`. */
export interface ProtoMessageMessageHistoryMetadata {
  historyReceivers?: string[] | null;
  oldestMessageTimestamp?: number | string | null;
  messageCount?: number | string | null;
}
/** The JSON form of `proto.Message.IEncCommentMessage`. */
export interface ProtoMessageEncCommentMessage {
  targetMessageKey?: ProtoMessageKey | null;
  encPayload?: BytesJson | null;
  encIv?: BytesJson | null;
}
/** The JSON form of `proto.Message.IBCallMessage`. */
export interface ProtoMessageBCallMessage {
  sessionId?: string | null;
  mediaType?: ProtoMessageBCallMessageMediaType | null;
  masterKey?: BytesJson | null;
  caption?: string | null;
}
/** 0 `UNKNOWN`, 1 `AUDIO`, 2 `VIDEO`. */
export type ProtoMessageBCallMessageMediaType = 0 | 1 | 2;
/** The JSON form of `proto.Message.IEventMessage`. */
export interface ProtoMessageEventMessage {
  contextInfo?: ProtoContextInfo | null;
  isCanceled?: boolean | null;
  name?: string | null;
  description?: string | null;
  location?: ProtoMessageLocationMessage | null;
  joinLink?: string | null;
  startTime?: number | string | null;
  endTime?: number | string | null;
  extraGuestsAllowed?: boolean | null;
  isScheduleCall?: boolean | null;
  hasReminder?: boolean | null;
  reminderOffsetSec?: number | string | null;
}
/** The JSON form of `proto.Message.IEncEventResponseMessage`. */
export interface ProtoMessageEncEventResponseMessage {
  eventCreationMessageKey?: ProtoMessageKey | null;
  encPayload?: BytesJson | null;
  encIv?: BytesJson | null;
}
/** The JSON form of `proto.Message.ICommentMessage`. */
export interface ProtoMessageCommentMessage {
  message?: ProtoMessage | null;
  targetMessageKey?: ProtoMessageKey | null;
}
/** The JSON form of `proto.Message.INewsletterAdminInviteMessage`. */
export interface ProtoMessageNewsletterAdminInviteMessage {
  newsletterJid?: string | null;
  newsletterName?: string | null;
  jpegThumbnail?: BytesJson | null;
  caption?: string | null;
  inviteExpiration?: number | string | null;
  contextInfo?: ProtoContextInfo | null;
}
/** The JSON form of `proto.Message.IPlaceholderMessage`. */
export interface ProtoMessagePlaceholderMessage {
  type?: ProtoMessagePlaceholderMessagePlaceholderType | null;
}
/** 0 `MASK_LINKED_DEVICES`. */
export type ProtoMessagePlaceholderMessagePlaceholderType = 0;
/** The JSON form of `proto.Message.ISecretEncryptedMessage`. */
export interface ProtoMessageSecretEncryptedMessage {
  targetMessageKey?: ProtoMessageKey | null;
  encPayload?: BytesJson | null;
  encIv?: BytesJson | null;
  secretEncType?: ProtoMessageSecretEncryptedMessageSecretEncType | null;
}
/** 0 `UNKNOWN`, 1 `EVENT_EDIT`, 2 `MESSAGE_EDIT`. */
export type ProtoMessageSecretEncryptedMessageSecretEncType = 0 | 1 | 2;
/** The JSON form of `proto.Message.IAlbumMessage`. */
export interface ProtoMessageAlbumMessage {
  expectedImageCount?: number | null;
  expectedVideoCount?: number | null;
  contextInfo?: ProtoContextInfo | null;
}
/** The JSON form of `proto.Message.IStickerPackMessage`. */
export interface ProtoMessageStickerPackMessage {
  stickerPackId?: string | null;
  name?: string | null;
  publisher?: string | null;
  stickers?: ProtoMessageStickerPackMessageSticker[] | null;
  fileLength?: number | string | null;
  fileSha256?: BytesJson | null;
  fileEncSha256?: BytesJson | null;
  mediaKey?: BytesJson | null;
  directPath?: string | null;
  caption?: string | null;
  contextInfo?: ProtoContextInfo | null;
  packDescription?: string | null;
  mediaKeyTimestamp?: number | string | null;
  trayIconFileName?: string | null;
  thumbnailDirectPath?: string | null;
  thumbnailSha256?: BytesJson | null;
  thumbnailEncSha256?: BytesJson | null;
  thumbnailHeight?: number | null;
  thumbnailWidth?: number | null;
  imageDataHash?: string | null;
  stickerPackSize?: number | string | null;
  stickerPackOrigin?: ProtoMessageStickerPackMessageStickerPackOrigin | null;
}
/** The JSON form of `proto.Message.StickerPackMessage.ISticker`. */
export interface ProtoMessageStickerPackMessageSticker {
  fileName?: string | null;
  isAnimated?: boolean | null;
  emojis?: string[] | null;
  accessibilityLabel?: string | null;
  isLottie?: boolean | null;
  mimetype?: string | null;
}
/** 0 `FIRST_PARTY`, 1 `THIRD_PARTY`, 2 `USER_CREATED`. */
export type ProtoMessageStickerPackMessageStickerPackOrigin = 0 | 1 | 2;
/** The JSON form of `proto.Message.IPollResultSnapshotMessage`. */
export interface ProtoMessagePollResultSnapshotMessage {
  name?: string | null;
  pollVotes?: ProtoMessagePollResultSnapshotMessagePollVote[] | null;
  contextInfo?: ProtoContextInfo | null;
  pollType?: ProtoMessagePollType | null;
}
/** The JSON form of `proto.Message.PollResultSnapshotMessage.IPollVote`. */
export interface ProtoMessagePollResultSnapshotMessagePollVote {
  optionName?: string | null;
  optionVoteCount?: number | string | null;
}
/** The JSON form of `proto.IAIRichResponseMessage`. */
export interface ProtoAIRichResponseMessage {
  messageType?: ProtoAIRichResponseMessageType | null;
  submessages?: ProtoAIRichResponseSubMessage[] | null;
  unifiedResponse?: ProtoAIRichResponseUnifiedResponse | null;
  contextInfo?: ProtoContextInfo | null;
}
/** 0 `AI_RICH_RESPONSE_TYPE_UNKNOWN`, 1 `AI_RICH_RESPONSE_TYPE_STANDARD`. */
export type ProtoAIRichResponseMessageType = 0 | 1;
/** The JSON form of `proto.IAIRichResponseSubMessage`. */
export interface ProtoAIRichResponseSubMessage {
  messageType?: ProtoAIRichResponseSubMessageType | null;
  gridImageMetadata?: ProtoAIRichResponseGridImageMetadata | null;
  messageText?: string | null;
  imageMetadata?: ProtoAIRichResponseInlineImageMetadata | null;
  codeMetadata?: ProtoAIRichResponseCodeMetadata | null;
  tableMetadata?: ProtoAIRichResponseTableMetadata | null;
  dynamicMetadata?: ProtoAIRichResponseDynamicMetadata | null;
  latexMetadata?: ProtoAIRichResponseLatexMetadata | null;
  mapMetadata?: ProtoAIRichResponseMapMetadata | null;
  contentItemsMetadata?: ProtoAIRichResponseContentItemsMetadata | null;
}
/** 0 `AI_RICH_RESPONSE_UNKNOWN`, 1 `AI_RICH_RESPONSE_GRID_IMAGE`, 2 `AI_RICH_RESPONSE_TEXT`, 3 `AI_RICH_RESPONSE_INLINE_IMAGE`, 4 `AI_RICH_RESPONSE_TABLE`, 5 `AI_RICH_RESPONSE_CODE`, 6 `AI_RICH_RESPONSE_DYNAMIC`, 7 `AI_RICH_RESPONSE_MAP`, 8 `AI_RICH_RESPONSE_LATEX`, 9 `AI_RICH_RESPONSE_CONTENT_ITEMS`. */
export type ProtoAIRichResponseSubMessageType = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
/** The JSON form of `proto.IAIRichResponseGridImageMetadata`. */
export interface ProtoAIRichResponseGridImageMetadata {
  gridImageUrl?: ProtoAIRichResponseImageURL | null;
  imageUrls?: ProtoAIRichResponseImageURL[] | null;
}
/** The JSON form of `proto.IAIRichResponseImageURL`. */
export interface ProtoAIRichResponseImageURL {
  imagePreviewUrl?: string | null;
  imageHighResUrl?: string | null;
  sourceUrl?: string | null;
}
/** The JSON form of `proto.IAIRichResponseInlineImageMetadata`. */
export interface ProtoAIRichResponseInlineImageMetadata {
  imageUrl?: ProtoAIRichResponseImageURL | null;
  imageText?: string | null;
  alignment?: ProtoAIRichResponseInlineImageMetadataAIRichResponseImageAlignment | null;
  tapLinkUrl?: string | null;
}
/** 0 `AI_RICH_RESPONSE_IMAGE_LAYOUT_LEADING_ALIGNED`, 1 `AI_RICH_RESPONSE_IMAGE_LAYOUT_TRAILING_ALIGNED`, 2 `AI_RICH_RESPONSE_IMAGE_LAYOUT_CENTER_ALIGNED`. */
export type ProtoAIRichResponseInlineImageMetadataAIRichResponseImageAlignment = 0 | 1 | 2;
/** The JSON form of `proto.IAIRichResponseCodeMetadata`. */
export interface ProtoAIRichResponseCodeMetadata {
  codeLanguage?: string | null;
  codeBlocks?: ProtoAIRichResponseCodeMetadataAIRichResponseCodeBlock[] | null;
}
/** The JSON form of `proto.AIRichResponseCodeMetadata.IAIRichResponseCodeBlock`. */
export interface ProtoAIRichResponseCodeMetadataAIRichResponseCodeBlock {
  highlightType?: ProtoAIRichResponseCodeMetadataAIRichResponseCodeHighlightType | null;
  codeContent?: string | null;
}
/** 0 `AI_RICH_RESPONSE_CODE_HIGHLIGHT_DEFAULT`, 1 `AI_RICH_RESPONSE_CODE_HIGHLIGHT_KEYWORD`, 2 `AI_RICH_RESPONSE_CODE_HIGHLIGHT_METHOD`, 3 `AI_RICH_RESPONSE_CODE_HIGHLIGHT_STRING`, 4 `AI_RICH_RESPONSE_CODE_HIGHLIGHT_NUMBER`, 5 `AI_RICH_RESPONSE_CODE_HIGHLIGHT_COMMENT`. */
export type ProtoAIRichResponseCodeMetadataAIRichResponseCodeHighlightType = 0 | 1 | 2 | 3 | 4 | 5;
/** The JSON form of `proto.IAIRichResponseTableMetadata`. */
export interface ProtoAIRichResponseTableMetadata {
  rows?: ProtoAIRichResponseTableMetadataAIRichResponseTableRow[] | null;
  title?: string | null;
}
/** The JSON form of `proto.AIRichResponseTableMetadata.IAIRichResponseTableRow`. */
export interface ProtoAIRichResponseTableMetadataAIRichResponseTableRow {
  items?: string[] | null;
  isHeading?: boolean | null;
}
/** The JSON form of `proto.IAIRichResponseDynamicMetadata`. */
export interface ProtoAIRichResponseDynamicMetadata {
  type?: ProtoAIRichResponseDynamicMetadataAIRichResponseDynamicMetadataType | null;
  version?: number | string | null;
  url?: string | null;
  loopCount?: number | null;
}
/** 0 `AI_RICH_RESPONSE_DYNAMIC_METADATA_TYPE_UNKNOWN`, 1 `AI_RICH_RESPONSE_DYNAMIC_METADATA_TYPE_IMAGE`, 2 `AI_RICH_RESPONSE_DYNAMIC_METADATA_TYPE_GIF`. */
export type ProtoAIRichResponseDynamicMetadataAIRichResponseDynamicMetadataType = 0 | 1 | 2;
/** The JSON form of `proto.IAIRichResponseLatexMetadata`. */
export interface ProtoAIRichResponseLatexMetadata {
  text?: string | null;
  expressions?: ProtoAIRichResponseLatexMetadataAIRichResponseLatexExpression[] | null;
}
/** The JSON form of `proto.AIRichResponseLatexMetadata.IAIRichResponseLatexExpression`. */
export interface ProtoAIRichResponseLatexMetadataAIRichResponseLatexExpression {
  latexExpression?: string | null;
  url?: string | null;
  width?: number | null;
  height?: number | null;
  fontHeight?: number | null;
  imageTopPadding?: number | null;
  imageLeadingPadding?: number | null;
  imageBottomPadding?: number | null;
  imageTrailingPadding?: number | null;
}
/** The JSON form of `proto.IAIRichResponseMapMetadata`. */
export interface ProtoAIRichResponseMapMetadata {
  centerLatitude?: number | null;
  centerLongitude?: number | null;
  latitudeDelta?: number | null;
  longitudeDelta?: number | null;
  annotations?: ProtoAIRichResponseMapMetadataAIRichResponseMapAnnotation[] | null;
  showInfoList?: boolean | null;
}
/** The JSON form of `proto.AIRichResponseMapMetadata.IAIRichResponseMapAnnotation`. */
export interface ProtoAIRichResponseMapMetadataAIRichResponseMapAnnotation {
  annotationNumber?: number | null;
  latitude?: number | null;
  longitude?: number | null;
  title?: string | null;
  body?: string | null;
}
/** The JSON form of `proto.IAIRichResponseContentItemsMetadata`. */
export interface ProtoAIRichResponseContentItemsMetadata {
  itemsMetadata?: ProtoAIRichResponseContentItemsMetadataAIRichResponseContentItemMetadata[] | null;
  contentType?: ProtoAIRichResponseContentItemsMetadataContentType | null;
}
/** The JSON form of `proto.AIRichResponseContentItemsMetadata.IAIRichResponseContentItemMetadata`. */
export interface ProtoAIRichResponseContentItemsMetadataAIRichResponseContentItemMetadata {
  reelItem?: ProtoAIRichResponseContentItemsMetadataAIRichResponseReelItem | null;
}
/** The JSON form of `proto.AIRichResponseContentItemsMetadata.IAIRichResponseReelItem`. */
export interface ProtoAIRichResponseContentItemsMetadataAIRichResponseReelItem {
  title?: string | null;
  profileIconUrl?: string | null;
  thumbnailUrl?: string | null;
  videoUrl?: string | null;
}
/** 0 `DEFAULT`, 1 `CAROUSEL`. */
export type ProtoAIRichResponseContentItemsMetadataContentType = 0 | 1;
/** The JSON form of `proto.IAIRichResponseUnifiedResponse`. */
export interface ProtoAIRichResponseUnifiedResponse {
  data?: BytesJson | null;
}
/** The JSON form of `proto.Message.IStatusNotificationMessage`. */
export interface ProtoMessageStatusNotificationMessage {
  responseMessageKey?: ProtoMessageKey | null;
  originalMessageKey?: ProtoMessageKey | null;
  type?: ProtoMessageStatusNotificationMessageStatusNotificationType | null;
}
/** 0 `UNKNOWN`, 1 `STATUS_ADD_YOURS`, 2 `STATUS_RESHARE`, 3 `STATUS_QUESTION_ANSWER_RESHARE`. */
export type ProtoMessageStatusNotificationMessageStatusNotificationType = 0 | 1 | 2 | 3;
/** The JSON form of `proto.Message.IMessageHistoryNotice`. */
export interface ProtoMessageMessageHistoryNotice {
  contextInfo?: ProtoContextInfo | null;
  messageHistoryMetadata?: ProtoMessageMessageHistoryMetadata | null;
}
/** The JSON form of `proto.Message.IStatusQuestionAnswerMessage`. */
export interface ProtoMessageStatusQuestionAnswerMessage {
  key?: ProtoMessageKey | null;
  text?: string | null;
}
/** The JSON form of `proto.Message.IQuestionResponseMessage`. */
export interface ProtoMessageQuestionResponseMessage {
  key?: ProtoMessageKey | null;
  text?: string | null;
}
/** The JSON form of `proto.Message.IStatusQuotedMessage`. */
export interface ProtoMessageStatusQuotedMessage {
  type?: ProtoMessageStatusQuotedMessageStatusQuotedMessageType | null;
  text?: string | null;
  thumbnail?: BytesJson | null;
  originalStatusId?: ProtoMessageKey | null;
}
/** 1 `QUESTION_ANSWER`. */
export type ProtoMessageStatusQuotedMessageStatusQuotedMessageType = 1;
/** The JSON form of `proto.Message.IStatusStickerInteractionMessage`. */
export interface ProtoMessageStatusStickerInteractionMessage {
  key?: ProtoMessageKey | null;
  stickerKey?: string | null;
  type?: ProtoMessageStatusStickerInteractionMessageStatusStickerType | null;
}
/** 0 `UNKNOWN`, 1 `REACTION`. */
export type ProtoMessageStatusStickerInteractionMessageStatusStickerType = 0 | 1;
/** The JSON form of `proto.Message.INewsletterFollowerInviteMessage`. */
export interface ProtoMessageNewsletterFollowerInviteMessage {
  newsletterJid?: string | null;
  newsletterName?: string | null;
  jpegThumbnail?: BytesJson | null;
  caption?: string | null;
  contextInfo?: ProtoContextInfo | null;
}
/** 0 `ERROR`, 1 `PENDING`, 2 `SERVER_ACK`, 3 `DELIVERY_ACK`, 4 `READ`, 5 `PLAYED`. */
export type ProtoWebMessageInfoStatus = 0 | 1 | 2 | 3 | 4 | 5;
/** 0 `UNKNOWN`, 1 `REVOKE`, 2 `CIPHERTEXT`, 3 `FUTUREPROOF`, 4 `NON_VERIFIED_TRANSITION`, 5 `UNVERIFIED_TRANSITION`, 6 `VERIFIED_TRANSITION`, 7 `VERIFIED_LOW_UNKNOWN`, 8 `VERIFIED_HIGH`, 9 `VERIFIED_INITIAL_UNKNOWN`, 10 `VERIFIED_INITIAL_LOW`, 11 `VERIFIED_INITIAL_HIGH`, 12 `VERIFIED_TRANSITION_ANY_TO_NONE`, 13 `VERIFIED_TRANSITION_ANY_TO_HIGH`, 14 `VERIFIED_TRANSITION_HIGH_TO_LOW`, 15 `VERIFIED_TRANSITION_HIGH_TO_UNKNOWN`, 16 `VERIFIED_TRANSITION_UNKNOWN_TO_LOW`, 17 `VERIFIED_TRANSITION_LOW_TO_UNKNOWN`, 18 `VERIFIED_TRANSITION_NONE_TO_LOW`, 19 `VERIFIED_TRANSITION_NONE_TO_UNKNOWN`, 20 `GROUP_CREATE`, 21 `GROUP_CHANGE_SUBJECT`, 22 `GROUP_CHANGE_ICON`, 23 `GROUP_CHANGE_INVITE_LINK`, 24 `GROUP_CHANGE_DESCRIPTION`, 25 `GROUP_CHANGE_RESTRICT`, 26 `GROUP_CHANGE_ANNOUNCE`, 27 `GROUP_PARTICIPANT_ADD`, 28 `GROUP_PARTICIPANT_REMOVE`, 29 `GROUP_PARTICIPANT_PROMOTE`, 30 `GROUP_PARTICIPANT_DEMOTE`, 31 `GROUP_PARTICIPANT_INVITE`, 32 `GROUP_PARTICIPANT_LEAVE`, 33 `GROUP_PARTICIPANT_CHANGE_NUMBER`, 34 `BROADCAST_CREATE`, 35 `BROADCAST_ADD`, 36 `BROADCAST_REMOVE`, 37 `GENERIC_NOTIFICATION`, 38 `E2E_IDENTITY_CHANGED`, 39 `E2E_ENCRYPTED`, 40 `CALL_MISSED_VOICE`, 41 `CALL_MISSED_VIDEO`, 42 `INDIVIDUAL_CHANGE_NUMBER`, 43 `GROUP_DELETE`, 44 `GROUP_ANNOUNCE_MODE_MESSAGE_BOUNCE`, 45 `CALL_MISSED_GROUP_VOICE`, 46 `CALL_MISSED_GROUP_VIDEO`, 47 `PAYMENT_CIPHERTEXT`, 48 `PAYMENT_FUTUREPROOF`, 49 `PAYMENT_TRANSACTION_STATUS_UPDATE_FAILED`, 50 `PAYMENT_TRANSACTION_STATUS_UPDATE_REFUNDED`, 51 `PAYMENT_TRANSACTION_STATUS_UPDATE_REFUND_FAILED`, 52 `PAYMENT_TRANSACTION_STATUS_RECEIVER_PENDING_SETUP`, 53 `PAYMENT_TRANSACTION_STATUS_RECEIVER_SUCCESS_AFTER_HICCUP`, 54 `PAYMENT_ACTION_ACCOUNT_SETUP_REMINDER`, 55 `PAYMENT_ACTION_SEND_PAYMENT_REMINDER`, 56 `PAYMENT_ACTION_SEND_PAYMENT_INVITATION`, 57 `PAYMENT_ACTION_REQUEST_DECLINED`, 58 `PAYMENT_ACTION_REQUEST_EXPIRED`, 59 `PAYMENT_ACTION_REQUEST_CANCELLED`, 60 `BIZ_VERIFIED_TRANSITION_TOP_TO_BOTTOM`, 61 `BIZ_VERIFIED_TRANSITION_BOTTOM_TO_TOP`, 62 `BIZ_INTRO_TOP`, 63 `BIZ_INTRO_BOTTOM`, 64 `BIZ_NAME_CHANGE`, 65 `BIZ_MOVE_TO_CONSUMER_APP`, 66 `BIZ_TWO_TIER_MIGRATION_TOP`, 67 `BIZ_TWO_TIER_MIGRATION_BOTTOM`, 68 `OVERSIZED`, 69 `GROUP_CHANGE_NO_FREQUENTLY_FORWARDED`, 70 `GROUP_V4_ADD_INVITE_SENT`, 71 `GROUP_PARTICIPANT_ADD_REQUEST_JOIN`, 72 `CHANGE_EPHEMERAL_SETTING`, 73 `E2E_DEVICE_CHANGED`, 74 `VIEWED_ONCE`, 75 `E2E_ENCRYPTED_NOW`, 76 `BLUE_MSG_BSP_FB_TO_BSP_PREMISE`, 77 `BLUE_MSG_BSP_FB_TO_SELF_FB`, 78 `BLUE_MSG_BSP_FB_TO_SELF_PREMISE`, 79 `BLUE_MSG_BSP_FB_UNVERIFIED`, 80 `BLUE_MSG_BSP_FB_UNVERIFIED_TO_SELF_PREMISE_VERIFIED`, 81 `BLUE_MSG_BSP_FB_VERIFIED`, 82 `BLUE_MSG_BSP_FB_VERIFIED_TO_SELF_PREMISE_UNVERIFIED`, 83 `BLUE_MSG_BSP_PREMISE_TO_SELF_PREMISE`, 84 `BLUE_MSG_BSP_PREMISE_UNVERIFIED`, 85 `BLUE_MSG_BSP_PREMISE_UNVERIFIED_TO_SELF_PREMISE_VERIFIED`, 86 `BLUE_MSG_BSP_PREMISE_VERIFIED`, 87 `BLUE_MSG_BSP_PREMISE_VERIFIED_TO_SELF_PREMISE_UNVERIFIED`, 88 `BLUE_MSG_CONSUMER_TO_BSP_FB_UNVERIFIED`, 89 `BLUE_MSG_CONSUMER_TO_BSP_PREMISE_UNVERIFIED`, 90 `BLUE_MSG_CONSUMER_TO_SELF_FB_UNVERIFIED`, 91 `BLUE_MSG_CONSUMER_TO_SELF_PREMISE_UNVERIFIED`, 92 `BLUE_MSG_SELF_FB_TO_BSP_PREMISE`, 93 `BLUE_MSG_SELF_FB_TO_SELF_PREMISE`, 94 `BLUE_MSG_SELF_FB_UNVERIFIED`, 95 `BLUE_MSG_SELF_FB_UNVERIFIED_TO_SELF_PREMISE_VERIFIED`, 96 `BLUE_MSG_SELF_FB_VERIFIED`, 97 `BLUE_MSG_SELF_FB_VERIFIED_TO_SELF_PREMISE_UNVERIFIED`, 98 `BLUE_MSG_SELF_PREMISE_TO_BSP_PREMISE`, 99 `BLUE_MSG_SELF_PREMISE_UNVERIFIED`, 100 `BLUE_MSG_SELF_PREMISE_VERIFIED`, 101 `BLUE_MSG_TO_BSP_FB`, 102 `BLUE_MSG_TO_CONSUMER`, 103 `BLUE_MSG_TO_SELF_FB`, 104 `BLUE_MSG_UNVERIFIED_TO_BSP_FB_VERIFIED`, 105 `BLUE_MSG_UNVERIFIED_TO_BSP_PREMISE_VERIFIED`, 106 `BLUE_MSG_UNVERIFIED_TO_SELF_FB_VERIFIED`, 107 `BLUE_MSG_UNVERIFIED_TO_VERIFIED`, 108 `BLUE_MSG_VERIFIED_TO_BSP_FB_UNVERIFIED`, 109 `BLUE_MSG_VERIFIED_TO_BSP_PREMISE_UNVERIFIED`, 110 `BLUE_MSG_VERIFIED_TO_SELF_FB_UNVERIFIED`, 111 `BLUE_MSG_VERIFIED_TO_UNVERIFIED`, 112 `BLUE_MSG_BSP_FB_UNVERIFIED_TO_BSP_PREMISE_VERIFIED`, 113 `BLUE_MSG_BSP_FB_UNVERIFIED_TO_SELF_FB_VERIFIED`, 114 `BLUE_MSG_BSP_FB_VERIFIED_TO_BSP_PREMISE_UNVERIFIED`, 115 `BLUE_MSG_BSP_FB_VERIFIED_TO_SELF_FB_UNVERIFIED`, 116 `BLUE_MSG_SELF_FB_UNVERIFIED_TO_BSP_PREMISE_VERIFIED`, 117 `BLUE_MSG_SELF_FB_VERIFIED_TO_BSP_PREMISE_UNVERIFIED`, 118 `E2E_IDENTITY_UNAVAILABLE`, 119 `GROUP_CREATING`, 120 `GROUP_CREATE_FAILED`, 121 `GROUP_BOUNCED`, 122 `BLOCK_CONTACT`, 123 `EPHEMERAL_SETTING_NOT_APPLIED`, 124 `SYNC_FAILED`, 125 `SYNCING`, 126 `BIZ_PRIVACY_MODE_INIT_FB`, 127 `BIZ_PRIVACY_MODE_INIT_BSP`, 128 `BIZ_PRIVACY_MODE_TO_FB`, 129 `BIZ_PRIVACY_MODE_TO_BSP`, 130 `DISAPPEARING_MODE`, 131 `E2E_DEVICE_FETCH_FAILED`, 132 `ADMIN_REVOKE`, 133 `GROUP_INVITE_LINK_GROWTH_LOCKED`, 134 `COMMUNITY_LINK_PARENT_GROUP`, 135 `COMMUNITY_LINK_SIBLING_GROUP`, 136 `COMMUNITY_LINK_SUB_GROUP`, 137 `COMMUNITY_UNLINK_PARENT_GROUP`, 138 `COMMUNITY_UNLINK_SIBLING_GROUP`, 139 `COMMUNITY_UNLINK_SUB_GROUP`, 140 `GROUP_PARTICIPANT_ACCEPT`, 141 `GROUP_PARTICIPANT_LINKED_GROUP_JOIN`, 142 `COMMUNITY_CREATE`, 143 `EPHEMERAL_KEEP_IN_CHAT`, 144 `GROUP_MEMBERSHIP_JOIN_APPROVAL_REQUEST`, 145 `GROUP_MEMBERSHIP_JOIN_APPROVAL_MODE`, 146 `INTEGRITY_UNLINK_PARENT_GROUP`, 147 `COMMUNITY_PARTICIPANT_PROMOTE`, 148 `COMMUNITY_PARTICIPANT_DEMOTE`, 149 `COMMUNITY_PARENT_GROUP_DELETED`, 150 `COMMUNITY_LINK_PARENT_GROUP_MEMBERSHIP_APPROVAL`, 151 `GROUP_PARTICIPANT_JOINED_GROUP_AND_PARENT_GROUP`, 152 `MASKED_THREAD_CREATED`, 153 `MASKED_THREAD_UNMASKED`, 154 `BIZ_CHAT_ASSIGNMENT`, 155 `CHAT_PSA`, 156 `CHAT_POLL_CREATION_MESSAGE`, 157 `CAG_MASKED_THREAD_CREATED`, 158 `COMMUNITY_PARENT_GROUP_SUBJECT_CHANGED`, 159 `CAG_INVITE_AUTO_ADD`, 160 `BIZ_CHAT_ASSIGNMENT_UNASSIGN`, 161 `CAG_INVITE_AUTO_JOINED`, 162 `SCHEDULED_CALL_START_MESSAGE`, 163 `COMMUNITY_INVITE_RICH`, 164 `COMMUNITY_INVITE_AUTO_ADD_RICH`, 165 `SUB_GROUP_INVITE_RICH`, 166 `SUB_GROUP_PARTICIPANT_ADD_RICH`, 167 `COMMUNITY_LINK_PARENT_GROUP_RICH`, 168 `COMMUNITY_PARTICIPANT_ADD_RICH`, 169 `SILENCED_UNKNOWN_CALLER_AUDIO`, 170 `SILENCED_UNKNOWN_CALLER_VIDEO`, 171 `GROUP_MEMBER_ADD_MODE`, 172 `GROUP_MEMBERSHIP_JOIN_APPROVAL_REQUEST_NON_ADMIN_ADD`, 173 `COMMUNITY_CHANGE_DESCRIPTION`, 174 `SENDER_INVITE`, 175 `RECEIVER_INVITE`, 176 `COMMUNITY_ALLOW_MEMBER_ADDED_GROUPS`, 177 `PINNED_MESSAGE_IN_CHAT`, 178 `PAYMENT_INVITE_SETUP_INVITER`, 179 `PAYMENT_INVITE_SETUP_INVITEE_RECEIVE_ONLY`, 180 `PAYMENT_INVITE_SETUP_INVITEE_SEND_AND_RECEIVE`, 181 `LINKED_GROUP_CALL_START`, 182 `REPORT_TO_ADMIN_ENABLED_STATUS`, 183 `EMPTY_SUBGROUP_CREATE`, 184 `SCHEDULED_CALL_CANCEL`, 185 `SUBGROUP_ADMIN_TRIGGERED_AUTO_ADD_RICH`, 186 `GROUP_CHANGE_RECENT_HISTORY_SHARING`, 187 `PAID_MESSAGE_SERVER_CAMPAIGN_ID`, 188 `GENERAL_CHAT_CREATE`, 189 `GENERAL_CHAT_ADD`, 190 `GENERAL_CHAT_AUTO_ADD_DISABLED`, 191 `SUGGESTED_SUBGROUP_ANNOUNCE`, 192 `BIZ_BOT_1P_MESSAGING_ENABLED`, 193 `CHANGE_USERNAME`, 194 `BIZ_COEX_PRIVACY_INIT_SELF`, 195 `BIZ_COEX_PRIVACY_TRANSITION_SELF`, 196 `SUPPORT_AI_EDUCATION`, 197 `BIZ_BOT_3P_MESSAGING_ENABLED`, 198 `REMINDER_SETUP_MESSAGE`, 199 `REMINDER_SENT_MESSAGE`, 200 `REMINDER_CANCEL_MESSAGE`, 201 `BIZ_COEX_PRIVACY_INIT`, 202 `BIZ_COEX_PRIVACY_TRANSITION`, 203 `GROUP_DEACTIVATED`, 204 `COMMUNITY_DEACTIVATE_SIBLING_GROUP`, 205 `EVENT_UPDATED`, 206 `EVENT_CANCELED`, 207 `COMMUNITY_OWNER_UPDATED`, 208 `COMMUNITY_SUB_GROUP_VISIBILITY_HIDDEN`, 209 `CAPI_GROUP_NE2EE_SYSTEM_MESSAGE`, 210 `STATUS_MENTION`, 211 `USER_CONTROLS_SYSTEM_MESSAGE`, 212 `SUPPORT_SYSTEM_MESSAGE`, 213 `CHANGE_LID`, 214 `BIZ_CUSTOMER_3PD_DATA_SHARING_OPT_IN_MESSAGE`, 215 `BIZ_CUSTOMER_3PD_DATA_SHARING_OPT_OUT_MESSAGE`, 216 `CHANGE_LIMIT_SHARING`, 217 `GROUP_MEMBER_LINK_MODE`, 218 `BIZ_AUTOMATICALLY_LABELED_CHAT_SYSTEM_MESSAGE`, 219 `PHONE_NUMBER_HIDING_CHAT_DEPRECATED_MESSAGE`, 220 `QUARANTINED_MESSAGE`, 221 `GROUP_MEMBER_SHARE_GROUP_HISTORY_MODE`. */
export type ProtoWebMessageInfoStubType =
  | 0
  | 1
  | 2
  | 3
  | 4
  | 5
  | 6
  | 7
  | 8
  | 9
  | 10
  | 11
  | 12
  | 13
  | 14
  | 15
  | 16
  | 17
  | 18
  | 19
  | 20
  | 21
  | 22
  | 23
  | 24
  | 25
  | 26
  | 27
  | 28
  | 29
  | 30
  | 31
  | 32
  | 33
  | 34
  | 35
  | 36
  | 37
  | 38
  | 39
  | 40
  | 41
  | 42
  | 43
  | 44
  | 45
  | 46
  | 47
  | 48
  | 49
  | 50
  | 51
  | 52
  | 53
  | 54
  | 55
  | 56
  | 57
  | 58
  | 59
  | 60
  | 61
  | 62
  | 63
  | 64
  | 65
  | 66
  | 67
  | 68
  | 69
  | 70
  | 71
  | 72
  | 73
  | 74
  | 75
  | 76
  | 77
  | 78
  | 79
  | 80
  | 81
  | 82
  | 83
  | 84
  | 85
  | 86
  | 87
  | 88
  | 89
  | 90
  | 91
  | 92
  | 93
  | 94
  | 95
  | 96
  | 97
  | 98
  | 99
  | 100
  | 101
  | 102
  | 103
  | 104
  | 105
  | 106
  | 107
  | 108
  | 109
  | 110
  | 111
  | 112
  | 113
  | 114
  | 115
  | 116
  | 117
  | 118
  | 119
  | 120
  | 121
  | 122
  | 123
  | 124
  | 125
  | 126
  | 127
  | 128
  | 129
  | 130
  | 131
  | 132
  | 133
  | 134
  | 135
  | 136
  | 137
  | 138
  | 139
  | 140
  | 141
  | 142
  | 143
  | 144
  | 145
  | 146
  | 147
  | 148
  | 149
  | 150
  | 151
  | 152
  | 153
  | 154
  | 155
  | 156
  | 157
  | 158
  | 159
  | 160
  | 161
  | 162
  | 163
  | 164
  | 165
  | 166
  | 167
  | 168
  | 169
  | 170
  | 171
  | 172
  | 173
  | 174
  | 175
  | 176
  | 177
  | 178
  | 179
  | 180
  | 181
  | 182
  | 183
  | 184
  | 185
  | 186
  | 187
  | 188
  | 189
  | 190
  | 191
  | 192
  | 193
  | 194
  | 195
  | 196
  | 197
  | 198
  | 199
  | 200
  | 201
  | 202
  | 203
  | 204
  | 205
  | 206
  | 207
  | 208
  | 209
  | 210
  | 211
  | 212
  | 213
  | 214
  | 215
  | 216
  | 217
  | 218
  | 219
  | 220
  | 221;
/** The JSON form of `proto.IPaymentInfo`. */
export interface ProtoPaymentInfo {
  currencyDeprecated?: ProtoPaymentInfoCurrency | null;
  amount1000?: number | string | null;
  receiverJid?: string | null;
  status?: ProtoPaymentInfoStatus | null;
  transactionTimestamp?: number | string | null;
  requestMessageKey?: ProtoMessageKey | null;
  expiryTimestamp?: number | string | null;
  futureproofed?: boolean | null;
  currency?: string | null;
  txnStatus?: ProtoPaymentInfoTxnStatus | null;
  useNoviFiatFormat?: boolean | null;
  primaryAmount?: ProtoMoney | null;
  exchangeAmount?: ProtoMoney | null;
}
/** 0 `UNKNOWN_CURRENCY`, 1 `INR`. */
export type ProtoPaymentInfoCurrency = 0 | 1;
/** 0 `UNKNOWN_STATUS`, 1 `PROCESSING`, 2 `SENT`, 3 `NEED_TO_ACCEPT`, 4 `COMPLETE`, 5 `COULD_NOT_COMPLETE`, 6 `REFUNDED`, 7 `EXPIRED`, 8 `REJECTED`, 9 `CANCELLED`, 10 `WAITING_FOR_PAYER`, 11 `WAITING`. */
export type ProtoPaymentInfoStatus = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;
/** 0 `UNKNOWN`, 1 `PENDING_SETUP`, 2 `PENDING_RECEIVER_SETUP`, 3 `INIT`, 4 `SUCCESS`, 5 `COMPLETED`, 6 `FAILED`, 7 `FAILED_RISK`, 8 `FAILED_PROCESSING`, 9 `FAILED_RECEIVER_PROCESSING`, 10 `FAILED_DA`, 11 `FAILED_DA_FINAL`, 12 `REFUNDED_TXN`, 13 `REFUND_FAILED`, 14 `REFUND_FAILED_PROCESSING`, 15 `REFUND_FAILED_DA`, 16 `EXPIRED_TXN`, 17 `AUTH_CANCELED`, 18 `AUTH_CANCEL_FAILED_PROCESSING`, 19 `AUTH_CANCEL_FAILED`, 20 `COLLECT_INIT`, 21 `COLLECT_SUCCESS`, 22 `COLLECT_FAILED`, 23 `COLLECT_FAILED_RISK`, 24 `COLLECT_REJECTED`, 25 `COLLECT_EXPIRED`, 26 `COLLECT_CANCELED`, 27 `COLLECT_CANCELLING`, 28 `IN_REVIEW`, 29 `REVERSAL_SUCCESS`, 30 `REVERSAL_PENDING`, 31 `REFUND_PENDING`. */
export type ProtoPaymentInfoTxnStatus =
  | 0
  | 1
  | 2
  | 3
  | 4
  | 5
  | 6
  | 7
  | 8
  | 9
  | 10
  | 11
  | 12
  | 13
  | 14
  | 15
  | 16
  | 17
  | 18
  | 19
  | 20
  | 21
  | 22
  | 23
  | 24
  | 25
  | 26
  | 27
  | 28
  | 29
  | 30
  | 31;
/** 0 `E2EE`, 2 `FB`, 1 `BSP`, 3 `BSP_AND_FB`. */
export type ProtoWebMessageInfoBizPrivacyStatus = 0 | 2 | 1 | 3;
/** The JSON form of `proto.IMediaData`. */
export interface ProtoMediaData {
  localPath?: string | null;
}
/** The JSON form of `proto.IPhotoChange`. */
export interface ProtoPhotoChange {
  oldPhoto?: BytesJson | null;
  newPhoto?: BytesJson | null;
  newPhotoId?: number | null;
}
/** The JSON form of `proto.IUserReceipt`. */
export interface ProtoUserReceipt {
  userJid?: string | null;
  receiptTimestamp?: number | string | null;
  readTimestamp?: number | string | null;
  playedTimestamp?: number | string | null;
  pendingDeviceJid?: string[] | null;
  deliveredDeviceJid?: string[] | null;
}
/** The JSON form of `proto.IReaction`. */
export interface ProtoReaction {
  key?: ProtoMessageKey | null;
  text?: string | null;
  groupingKey?: string | null;
  senderTimestampMs?: number | string | null;
  unread?: boolean | null;
}
/** The JSON form of `proto.IStatusPSA`. */
export interface ProtoStatusPSA {
  campaignId?: number | string | null;
  campaignExpirationTimestamp?: number | string | null;
}
/** The JSON form of `proto.IPollUpdate`. */
export interface ProtoPollUpdate {
  pollUpdateMessageKey?: ProtoMessageKey | null;
  vote?: ProtoMessagePollVoteMessage | null;
  senderTimestampMs?: number | string | null;
  serverTimestampMs?: number | string | null;
  unread?: boolean | null;
}
/** The JSON form of `proto.Message.IPollVoteMessage`. */
export interface ProtoMessagePollVoteMessage {
  selectedOptions?: BytesJson[] | null;
}
/** The JSON form of `proto.IPollAdditionalMetadata`. */
export interface ProtoPollAdditionalMetadata {
  pollInvalidated?: boolean | null;
}
/** The JSON form of `proto.IKeepInChat`. */
export interface ProtoKeepInChat {
  keepType?: ProtoKeepType | null;
  serverTimestamp?: number | string | null;
  key?: ProtoMessageKey | null;
  deviceJid?: string | null;
  clientTimestampMs?: number | string | null;
  serverTimestampMs?: number | string | null;
}
/** The JSON form of `proto.IPinInChat`. */
export interface ProtoPinInChat {
  type?: ProtoPinInChatType | null;
  key?: ProtoMessageKey | null;
  senderTimestampMs?: number | string | null;
  serverTimestampMs?: number | string | null;
  messageAddOnContextInfo?: ProtoMessageAddOnContextInfo | null;
}
/** 0 `UNKNOWN_TYPE`, 1 `PIN_FOR_ALL`, 2 `UNPIN_FOR_ALL`. */
export type ProtoPinInChatType = 0 | 1 | 2;
/** The JSON form of `proto.IMessageAddOnContextInfo`. */
export interface ProtoMessageAddOnContextInfo {
  messageAddOnDurationInSecs?: number | null;
  messageAddOnExpiryType?: ProtoMessageContextInfoMessageAddonExpiryType | null;
}
/** The JSON form of `proto.IPremiumMessageInfo`. */
export interface ProtoPremiumMessageInfo {
  serverCampaignId?: string | null;
}
/** The JSON form of `proto.ICommentMetadata`. */
export interface ProtoCommentMetadata {
  commentParentKey?: ProtoMessageKey | null;
  replyCount?: number | null;
}
/** The JSON form of `proto.IEventResponse`. */
export interface ProtoEventResponse {
  eventResponseMessageKey?: ProtoMessageKey | null;
  timestampMs?: number | string | null;
  eventResponseMessage?: ProtoMessageEventResponseMessage | null;
  unread?: boolean | null;
}
/** The JSON form of `proto.Message.IEventResponseMessage`. */
export interface ProtoMessageEventResponseMessage {
  response?: ProtoMessageEventResponseMessageEventResponseType | null;
  timestampMs?: number | string | null;
  extraGuestCount?: number | null;
}
/** 0 `UNKNOWN`, 1 `GOING`, 2 `NOT_GOING`, 3 `MAYBE`. */
export type ProtoMessageEventResponseMessageEventResponseType = 0 | 1 | 2 | 3;
/** The JSON form of `proto.IReportingTokenInfo`. */
export interface ProtoReportingTokenInfo {
  reportingTag?: BytesJson | null;
}
/** The JSON form of `proto.IEventAdditionalMetadata`. */
export interface ProtoEventAdditionalMetadata {
  isStale?: boolean | null;
}
/** The JSON form of `proto.IMessageAddOn`. */
export interface ProtoMessageAddOn {
  messageAddOnType?: ProtoMessageAddOnMessageAddOnType | null;
  messageAddOn?: ProtoMessage | null;
  senderTimestampMs?: number | string | null;
  serverTimestampMs?: number | string | null;
  status?: ProtoWebMessageInfoStatus | null;
  addOnContextInfo?: ProtoMessageAddOnContextInfo | null;
  messageAddOnKey?: ProtoMessageKey | null;
  legacyMessage?: ProtoLegacyMessage | null;
}
/** 0 `UNDEFINED`, 1 `REACTION`, 2 `EVENT_RESPONSE`, 3 `POLL_UPDATE`, 4 `PIN_IN_CHAT`. */
export type ProtoMessageAddOnMessageAddOnType = 0 | 1 | 2 | 3 | 4;
/** The JSON form of `proto.ILegacyMessage`. */
export interface ProtoLegacyMessage {
  eventResponseMessage?: ProtoMessageEventResponseMessage | null;
  pollVote?: ProtoMessagePollVoteMessage | null;
}
/** The JSON form of `proto.IStatusMentionMessage`. */
export interface ProtoStatusMentionMessage {
  quotedStatus?: ProtoMessage | null;
}
/** The JSON form of `proto.ICitation`. */
export interface ProtoCitation {
  title?: string | null;
  subtitle?: string | null;
  cmsId?: string | null;
  imageUrl?: string | null;
}
/** The JSON form of `proto.IGroupHistoryIndividualMessageInfo`. */
export interface ProtoGroupHistoryIndividualMessageInfo {
  bundleMessageKey?: ProtoMessageKey | null;
  editedAfterReceivedAsHistory?: boolean | null;
}
/** The JSON form of `proto.IGroupHistoryBundleInfo`. */
export interface ProtoGroupHistoryBundleInfo {
  deprecatedMessageHistoryBundle?: ProtoMessageMessageHistoryBundle | null;
  processState?: ProtoGroupHistoryBundleInfoProcessState | null;
}
/** 0 `NOT_INJECTED`, 1 `INJECTED`, 2 `INJECTED_PARTIAL`, 3 `INJECTION_FAILED`, 4 `INJECTION_FAILED_NO_RETRY`. */
export type ProtoGroupHistoryBundleInfoProcessState = 0 | 1 | 2 | 3 | 4;
/** The JSON form of `proto.IInteractiveMessageAdditionalMetadata`. */
export interface ProtoInteractiveMessageAdditionalMetadata {
  isGalaxyFlowCompleted?: boolean | null;
}
/** The JSON form of `proto.IQuarantinedMessage`. */
export interface ProtoQuarantinedMessage {
  originalData?: BytesJson | null;
  extractedText?: string | null;
}
/** 0 `COMPLETE_BUT_MORE_MESSAGES_REMAIN_ON_PRIMARY`, 1 `COMPLETE_AND_NO_MORE_MESSAGE_REMAIN_ON_PRIMARY`, 2 `COMPLETE_ON_DEMAND_SYNC_BUT_MORE_MSG_REMAIN_ON_PRIMARY`. */
export type ProtoConversationEndOfHistoryTransferType = 0 | 1 | 2;
/** The JSON form of `proto.IGroupParticipant`. */
export interface ProtoGroupParticipant {
  userJid?: string | null;
  rank?: ProtoGroupParticipantRank | null;
  memberLabel?: ProtoMemberLabel | null;
}
/** 0 `REGULAR`, 1 `ADMIN`, 2 `SUPERADMIN`. */
export type ProtoGroupParticipantRank = 0 | 1 | 2;
/** The JSON form of `proto.IWallpaperSettings`. */
export interface ProtoWallpaperSettings {
  filename?: string | null;
  opacity?: number | null;
}
/** 0 `DEFAULT`, 1 `OFF`, 2 `ON`. */
export type ProtoMediaVisibility = 0 | 1 | 2;
/** 1 `E2EE_MSG`, 2 `NE2EE_SELF`, 3 `NE2EE_OTHER`. */
export type ProtoPrivacySystemMessage = 1 | 2 | 3;
/** The JSON form of `WAMessage`. */
export interface WAMessage {
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
}
/** The JSON form of `LIDMapping`. */
export interface LIDMapping {
  pn: string;
  lid: string;
}
/** 0 `INITIAL_BOOTSTRAP`, 1 `INITIAL_STATUS_V3`, 2 `FULL`, 3 `RECENT`, 4 `PUSH_NAME`, 5 `NON_BLOCKING_DATA`, 6 `ON_DEMAND`. */
export type ProtoHistorySyncHistorySyncType = 0 | 1 | 2 | 3 | 4 | 5 | 6;
/** The JSON form of `proto.IPastParticipants`. */
export interface ProtoPastParticipants {
  groupJid?: string | null;
  pastParticipants?: ProtoPastParticipant[] | null;
}
/** The JSON form of `proto.IPastParticipant`. */
export interface ProtoPastParticipant {
  userJid?: string | null;
  leaveReason?: ProtoPastParticipantLeaveReason | null;
  leaveTs?: number | string | null;
}
/** 0 `LEFT`, 1 `REMOVED`. */
export type ProtoPastParticipantLeaveReason = 0 | 1;
/** The JSON form of `PresenceData`. */
export interface PresenceData {
  lastKnownPresence: WAPresence;
  lastSeen?: number;
  groupOnlineCount?: number;
}
/** set of statuses visible to other people; see updatePresence() in WhatsAppWeb.Send */
export type WAPresence = 'available' | 'composing' | 'paused' | 'recording' | 'unavailable';
/** The JSON form of `WAMessageKey`. */
export interface WAMessageKey {
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
}
/** The JSON form of `WAMessageUpdate`. */
export interface WAMessageUpdate {
  update: Partial<WAMessage>;
  key: WAMessageKey;
}
/** Type of message upsert 1. notify => notify the user, this message was just received 2. append => append the message to the chat history, no notification required */
export type MessageUpsertType = 'append' | 'notify';
/** The JSON form of `MessageUserReceiptUpdate`. */
export interface MessageUserReceiptUpdate {
  key: WAMessageKey;
  receipt: ProtoUserReceipt;
}
/** The JSON form of `GroupMetadata`. */
export interface GroupMetadata {
  id: string;
  notify?: string;
  /** group uses 'lid' or 'pn' to send messages */
  addressingMode?: WAMessageAddressingMode;
  owner?: string;
  ownerPn?: string;
  ownerUsername?: string;
  owner_country_code?: string;
  subject: string;
  /** group subject owner */
  subjectOwner?: string;
  subjectOwnerPn?: string;
  subjectOwnerUsername?: string;
  /** group subject modification date */
  subjectTime?: number;
  creation?: number;
  desc?: string;
  descOwner?: string;
  descOwnerPn?: string;
  descOwnerUsername?: string;
  descId?: string;
  descTime?: number;
  /** if this group is part of a community, it returns the jid of the community to which it belongs */
  linkedParent?: string;
  /** is set when the group only allows admins to change group settings */
  restrict?: boolean;
  /** is set when the group only allows admins to write messages */
  announce?: boolean;
  /** is set when the group also allows members to add participants */
  memberAddMode?: boolean;
  /** Request approval to join the group */
  joinApprovalMode?: boolean;
  /** is this a community */
  isCommunity?: boolean;
  /** is this the announce of a community */
  isCommunityAnnounce?: boolean;
  /** number of group participants */
  size?: number;
  participants: GroupParticipant[];
  ephemeralDuration?: number;
  inviteCode?: string;
  /** the person who added you to group or changed some setting in group */
  author?: string;
  authorPn?: string;
  authorUsername?: string;
}
/** "pn" `PN`, "lid" `LID`. */
export type WAMessageAddressingMode = 'pn' | 'lid';
/** The JSON form of `GroupParticipant`. */
export interface GroupParticipant {
  /** ID either in lid or jid format (preferred) * */
  id: string;
  /** ID in LID format (\@lid) * */
  lid?: string;
  /** ID in PN format (\@s.whatsapp.net) * */
  phoneNumber?: string;
  /** name of the contact, you have saved on your WA */
  name?: string;
  /** name of the contact, the contact has set on their own on WA */
  notify?: string;
  /** username associated with this contact, when provided by WA */
  username?: string;
  /** I have no idea */
  verifiedName?: string;
  /** Url of the profile picture of the contact 'changed' => if the profile picture has changed null => if the profile picture has not been set (default profile picture) any other string => url of the profile picture */
  imgUrl?: string | null;
  status?: string;
  isAdmin?: boolean;
  isSuperAdmin?: boolean;
  admin?: 'admin' | 'superadmin' | null;
}
/** The JSON form of `ParticipantAction`. */
export type ParticipantAction = 'add' | 'demote' | 'modify' | 'promote' | 'remove';
/** The JSON form of `RequestJoinAction`. */
export type RequestJoinAction = 'created' | 'rejected' | 'revoked';
/** The JSON form of `RequestJoinMethod`. */
export type RequestJoinMethod = 'invite_link' | 'linked_group_join' | 'non_admin_add';
/** The JSON form of `WACallEvent`. */
export interface WACallEvent {
  chatId: string;
  from: string;
  callerPn?: string;
  isGroup?: boolean;
  groupJid?: string;
  id: string;
  date: string;
  isVideo?: boolean;
  status: WACallUpdateType;
  offline: boolean;
  latencyMs?: number;
}
/** The JSON form of `WACallUpdateType`. */
export type WACallUpdateType =
  | 'accept'
  | 'offer'
  | 'preaccept'
  | 'reject'
  | 'relaylatency'
  | 'ringing'
  | 'terminate'
  | 'timeout'
  | 'transport';
/** The JSON form of `Label`. */
export interface Label {
  /** Label uniq ID */
  id: string;
  /** Label name */
  name: string;
  /** Label color ID */
  color: number;
  /** Is label has been deleted */
  deleted: boolean;
  /** WhatsApp has 5 predefined labels (New customer, New order & etc) */
  predefinedId?: string;
}
/** The JSON form of `LabelAssociation`. */
export type LabelAssociation = ChatLabelAssociation | MessageLabelAssociation;
/** Association for chat */
export interface ChatLabelAssociation {
  type: 'label_jid';
  chatId: string;
  labelId: string;
}
/** Association for message */
export interface MessageLabelAssociation {
  type: 'label_message';
  chatId: string;
  messageId: string;
  labelId: string;
}
/** The JSON form of `NewChatMessageCapInfo`. */
export interface NewChatMessageCapInfo {
  total_quota?: number;
  used_quota?: number;
  cycle_start_timestamp?: string;
  cycle_end_timestamp?: string;
  server_sent_timestamp?: string;
  ote_status?: NewChatMessageCappingOTEStatusType;
  mv_status?: NewChatMessageCappingMVStatusType;
  capping_status?: NewChatMessageCappingStatusType;
}
/** The JSON form of `NewChatMessageCappingOTEStatusType`. */
export type NewChatMessageCappingOTEStatusType = 'NOT_ELIGIBLE' | 'ELIGIBLE' | 'ACTIVE_IN_CURRENT_CYCLE' | 'EXHAUSTED';
/** The JSON form of `NewChatMessageCappingMVStatusType`. */
export type NewChatMessageCappingMVStatusType = 'NOT_ELIGIBLE' | 'NOT_ACTIVE' | 'ACTIVE' | 'ACTIVE_UPGRADE_AVAILABLE';
/** The JSON form of `NewChatMessageCappingStatusType`. */
export type NewChatMessageCappingStatusType = 'NONE' | 'FIRST_WARNING' | 'SECOND_WARNING' | 'CAPPED';
/** The JSON form of `proto.SyncActionValue.IPrivacySettingDisableLinkPreviewsAction`. */
export interface ProtoSyncActionValuePrivacySettingDisableLinkPreviewsAction {
  isPreviewsDisabled?: boolean | null;
}
/** The JSON form of `proto.SyncActionValue.ITimeFormatAction`. */
export interface ProtoSyncActionValueTimeFormatAction {
  isTwentyFourHourFormatEnabled?: boolean | null;
}
/** The JSON form of `proto.SyncActionValue.IPrivacySettingRelayAllCalls`. */
export interface ProtoSyncActionValuePrivacySettingRelayAllCalls {
  isEnabled?: boolean | null;
}
/** The JSON form of `proto.SyncActionValue.IStatusPrivacyAction`. */
export interface ProtoSyncActionValueStatusPrivacyAction {
  mode?: ProtoSyncActionValueStatusPrivacyActionStatusDistributionMode | null;
  userJid?: string[] | null;
}
/** 0 `ALLOW_LIST`, 1 `DENY_LIST`, 2 `CONTACTS`, 3 `CLOSE_FRIENDS`. */
export type ProtoSyncActionValueStatusPrivacyActionStatusDistributionMode = 0 | 1 | 2 | 3;
/** 0 `DEFAULT_ALL_MESSAGES`, 1 `ALL_MESSAGES`, 2 `HIGHLIGHTS`, 3 `DEFAULT_HIGHLIGHTS`. */
export type ProtoSyncActionValueNotificationActivitySettingActionNotificationActivitySetting = 0 | 1 | 2 | 3;
/** The JSON form of `proto.SyncActionValue.IPrivacySettingChannelsPersonalisedRecommendationAction`. */
export interface ProtoSyncActionValuePrivacySettingChannelsPersonalisedRecommendationAction {
  isUserOptedOut?: boolean | null;
}
/** The redacted form of `creds.update`: the names of the top-level credential fields that changed. Keys never leave the connector. */
export interface CredentialsChanged {
  changed: string[];
}
/** A QR code to scan with the account's phone. */
export interface QrIssued {
  /** The text inside the QR code. */
  qr: string;
  /** How long the QR code is valid from `at`, in ms. */
  ttlMs: number;
  /** The number of the QR code in this attempt to link: 1 for the first. */
  attempt: number;
  /** When the QR code was issued, as an ISO time. */
  at: string;
}
/** A change of a session's pairing code: a command requested the code, or WhatsApp invalidated the previous one. */
export interface PairingCodeChanged {
  /** The code: eight characters, without a dash. `null` if the previous code is invalid and a person must request another. */
  code: string | null;
  /** When the code changed, as an ISO time. */
  at: string;
}
/** The payload of `auth.passkey`. */
export interface PasskeyChanged {
  /** When the link changed, as an ISO time. */
  at: string;
  /** The stage; `null` once the link has ended because the account is linked or the attempt was canceled. */
  stage: 'assertion' | 'confirmation' | 'failed' | 'finishing' | 'sending' | 'waiting-for-phone' | null;
  /** When WhatsApp asked for the passkey, as an ISO time. */
  requestedAt: string;
  /** When the stage ends unless something happens, as an ISO time. */
  expiresAt: string | null;
  /** The code in the form `XXXX-XXXX`, once the phone has answered, even if nobody has to compare it. */
  code: string | null;
  /** Whether somebody must compare the code. */
  compare: boolean;
  error: PasskeyError | null;
}
/** The next stage of a message that a command sent. */
export interface MessageProgress {
  /** The id of the message, as in `key.id` of the command's reply. */
  id: string;
  /** The jid of the chat to which the message was sent. */
  chat: string;
  /** The correlation id that the caller chose: `options.correlation`; otherwise the idempotency key; otherwise the id of the message. */
  correlation: string;
  stage: 'accepted' | 'delivered' | 'failed' | 'played' | 'read' | 'server-ack';
  /** When the message reached the stage, as an ISO time. For `delivered`, `read` and `played`, it is WhatsApp's time in whole seconds. It is never earlier than that of the previous stage. */
  at: string;
  /** Who received or read the message first, in groups and for status posts. `message-receipt.update` reports the others. */
  participant?: string;
  /** For the stage `server-ack`: the jids of devices that did not get the message, because WhatsApp has no keys for them. The other devices of the same people have it. Missing if there are none. */
  skippedDevices?: string[];
  /** For the stage `failed`: the error of the command. */
  error?: ErrorBody;
}
/** A vote in a poll, or the change or withdrawal of a vote. Each vote replaces the voter's previous one. */
export interface PollVote {
  /** The key of the poll from the perspective of this account: `remoteJid` is the chat, and `fromMe` is true for a poll of this account. */
  key: WAMessageKey;
  /** The key of the message that contains the vote. */
  voteKey: WAMessageKey;
  /** The jid of the voter as WhatsApp reports it; the account's own jid for its own vote. */
  voter: string;
  /** The question of the poll. Missing if only the secret of the poll is known. */
  name?: string;
  /** The names of all chosen options; empty if the vote was withdrawn. */
  options: string[];
  /** The SHA-256 in hex of each chosen option whose name is unknown, such as an option added later. Missing if there are none. */
  unknownOptions?: string[];
  /** The time of the vote according to the voter, in ms since 1970; `null` if not given. */
  at: number | null;
}
/** A received message that is encrypted with the secret of another message and could not be decrypted. */
export interface MessageUnopened {
  /** The key of the received message. */
  key: WAMessageKey;
  /** The key of the message that it refers to, as far as known. */
  about: WAMessageKey;
  kind: 'bot-answer' | 'comment' | 'edit' | 'event-response' | 'poll-vote' | 'reaction';
  /** `secret-unknown`: the session has not received the message that it refers to, or no longer has the message's secret. `undecryptable`: it is encrypted with a different secret. `unsupported`: Wabus does not support its kind. */
  reason: 'secret-unknown' | 'undecryptable' | 'unsupported';
}
/** A notification from WhatsApp that no Baileys event reports. WhatsApp decides which kinds exist and what they contain, so expect unknown kinds, attributes and elements. */
export interface WhatsAppNotification {
  /** The type of the notification, such as `w:gp2` for groups, `business`, `devices`, `contacts` or `mex`. */
  kind: string;
  /** What happened: the tag of the first element that no Baileys event reports or, for the kind `mex`, the name of the operation; `null` if there is none. */
  action: string | null;
  /** The id of the stanza. */
  id: string;
  /** The jid of the person, group or channel that the notification is about; `null` if it comes from the server itself. */
  from: string | null;
  /** The author, if the stanza names one. */
  participant?: string;
  /** The time according to WhatsApp, as an ISO time; `null` if not given. */
  at: string | null;
  /** All attributes of the stanza. Secret values are replaced by `<redacted>`. */
  attributes: { [key: string]: string };
  /** The elements of the stanza, without secret content and keys. */
  content: StanzaFacts[];
  /** For the kind `mex`: the data of the operation. Secrets in it are replaced by `<redacted>`. */
  data?: unknown;
}
/** One element of a stanza, without secrets. */
export interface StanzaFacts {
  tag: string;
  attributes: { [key: string]: string };
  /** The text inside the element. */
  text?: string;
  /** The size of the content in bytes, if it is not text. The content itself is left out. */
  bytes?: number;
  /** The child elements. */
  content?: StanzaFacts[];
}
/** A part of the synchronized state (contacts, chat settings, labels) that could not be read in any attempt: events about it are missing. The next change starts another attempt. */
export interface AppStateFailure {
  /** The name of the collection: `critical_block`, `critical_unblock_low`, `regular_high`, `regular_low` or `regular`. */
  collection: string;
  reason: 'keys-missing' | 'refused' | 'unverified';
  /** WhatsApp's code, for the reason `refused`; otherwise `null`. */
  code: number | null;
}
/** The reply of `updateProfileStatus`. */
export interface AboutTextSet {
  /** For how long others see the text, in seconds; `null` if it stays until it is changed. */
  durationSeconds: number | null;
}
/** The JSON form of `WABusinessProfile`. */
export interface WABusinessProfile {
  description: string;
  email?: string;
  business_hours: { timezone?: string; config?: WABusinessHoursConfig[]; business_config?: WABusinessHoursConfig[] };
  website: string[];
  category?: string;
  wid?: string;
  address?: string;
}
/** The JSON form of `WABusinessHoursConfig`. */
export interface WABusinessHoursConfig {
  day_of_week: string;
  mode: string;
  open_time?: number;
  close_time?: number;
}
/** The JSON form of `Product`. */
export interface Product {
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
}
/** The JSON form of `CatalogCollection`. */
export interface CatalogCollection {
  id: string;
  name: string;
  products: Product[];
  status: CatalogStatus;
}
/** The JSON form of `CatalogStatus`. */
export interface CatalogStatus {
  status: string;
  canAppeal: boolean;
}
/** The JSON form of `OrderDetails`. */
export interface OrderDetails {
  price: OrderPrice;
  products: OrderProduct[];
}
/** The JSON form of `OrderPrice`. */
export interface OrderPrice {
  currency: string;
  total: number;
}
/** The JSON form of `OrderProduct`. */
export interface OrderProduct {
  id: string;
  imageUrl: string;
  name: string;
  quantity: number;
  currency: string;
  price: number;
}
/** The JSON form of `BotListInfo`. */
export interface BotListInfo {
  jid: string;
  personaId: string;
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
/** The JSON form of `USyncQueryResultList`. */
export interface USyncQueryResultList {
  id: string;
  [key: string]: unknown;
}
/** The reply of `resetContactSession`. */
export interface ResetSessions {
  /** The number of encryption sessions that were deleted: one for each device of the contact that has exchanged messages with this device. */
  sessions: number;
}
/** the binary node WA uses internally for communication this is manipulated soley as an object and it does not have any functions. This is done for easy serialization, to prevent running into issues with prototypes & to maintain functional code structure */
export interface BinaryNode {
  tag: string;
  attrs: { [key: string]: string };
  content?: BinaryNode[] | BytesJson | string;
}
/** The reply of `groupMetadata`. */
export interface GroupMetadataReply {
  /** Present if WhatsApp has suspended the group. */
  suspended?: boolean;
  id: string;
  notify?: string;
  /** group uses 'lid' or 'pn' to send messages */
  addressingMode?: WAMessageAddressingMode;
  owner?: string;
  ownerPn?: string;
  ownerUsername?: string;
  owner_country_code?: string;
  subject: string;
  /** group subject owner */
  subjectOwner?: string;
  subjectOwnerPn?: string;
  subjectOwnerUsername?: string;
  /** group subject modification date */
  subjectTime?: number;
  creation?: number;
  desc?: string;
  descOwner?: string;
  descOwnerPn?: string;
  descOwnerUsername?: string;
  descId?: string;
  descTime?: number;
  /** if this group is part of a community, it returns the jid of the community to which it belongs */
  linkedParent?: string;
  /** is set when the group only allows admins to change group settings */
  restrict?: boolean;
  /** is set when the group only allows admins to write messages */
  announce?: boolean;
  /** is set when the group also allows members to add participants */
  memberAddMode?: boolean;
  /** Request approval to join the group */
  joinApprovalMode?: boolean;
  /** is this a community */
  isCommunity?: boolean;
  /** is this the announce of a community */
  isCommunityAnnounce?: boolean;
  /** number of group participants */
  size?: number;
  participants: GroupParticipant[];
  ephemeralDuration?: number;
  inviteCode?: string;
  /** the person who added you to group or changed some setting in group */
  author?: string;
  authorPn?: string;
  authorUsername?: string;
}
/** The JSON form of `NewsletterMetadata`. */
export interface NewsletterMetadata {
  id: string;
  owner?: string;
  name: string;
  description?: string;
  invite?: string;
  creation_time?: number;
  subscribers?: number;
  picture?: { url?: string; directPath?: string; mediaKey?: string; id?: string };
  verification?: 'UNVERIFIED' | 'VERIFIED';
  reaction_codes?: { code: string; count: number }[];
  mute_state?: 'OFF' | 'ON';
  thread_metadata?: { creation_time?: number; name?: string; description?: string };
}
/** The reply of `sendMessage`, which is sent once WhatsApp's servers have the message. `message.progress` reports the later stages. */
export interface SentMessage {
  /** The key of the message. It has no `id` if the command changed a setting instead of sending a message, such as the disappearing messages of a group. */
  key: WAMessageKey;
  /** The time of the message in seconds since 1970; `null` if WhatsApp did not report it. */
  messageTimestamp: number | null;
  /** Present if WhatsApp accepted the message but the contact's number now belongs to a new WhatsApp account, so the message was sent to a LID that nobody reads. Wabus looks up the new LID: the next message to the number goes there, and a message to the old LID fails with `LID_REPLACED`. */
  lidReplaced?: true;
  /** The recipients who did not get a status post, because WhatsApp has no LID for them. Missing if there are none. */
  leftOut?: string[];
}
/** A pairing code to enter on the phone, under "Link with phone number instead". */
export interface PairingCodeIssued {
  /** The code: eight characters, without a dash. */
  code: string;
  at: string;
}
/** The reply of `getPasskey`. */
export interface PasskeyRequest {
  /** The data to sign; `null` unless the stage is `assertion`. */
  options: PasskeyOptions | null;
  /** The one-time URL, if requested; otherwise `null`. Over HTTP it is complete; over other transports it is a path on an edge. */
  url: string | null;
  /** The stage; `null` once the link has ended because the account is linked or the attempt was canceled. */
  stage: 'assertion' | 'confirmation' | 'failed' | 'finishing' | 'sending' | 'waiting-for-phone' | null;
  /** When WhatsApp asked for the passkey, as an ISO time. */
  requestedAt: string;
  /** When the stage ends unless something happens, as an ISO time. */
  expiresAt: string | null;
  /** The code in the form `XXXX-XXXX`, once the phone has answered, even if nobody has to compare it. */
  code: string | null;
  /** Whether somebody must compare the code. */
  compare: boolean;
  error: PasskeyError | null;
}
/** The data to sign, for `navigator.credentials.get` on a page of web.whatsapp.com. Binary values are in base64url. */
export interface PasskeyOptions {
  challenge: string;
  rpId: string;
  /** In milliseconds. */
  timeout?: number;
  allowCredentials?: { type: string; id: string; transports?: string[] }[];
  userVerification?: string;
  extensions?: { [key: string]: unknown };
}
/** The reply of `restoreSession`: the credentials are restored and the session is connecting. `session.status` reports whether WhatsApp accepts the credentials. */
export interface RestoredSession {
  /** When these credentials were saved, as an ISO time. */
  snapshotAt: string;
}
/** The JSON form of `QrCode`. */
export interface QrCode {
  format: 'png' | 'raw' | 'svg' | 'terminal';
  /** The QR code in the requested format. */
  qr: string;
  /** How long the QR code remains valid, in ms. */
  ttlMs: number;
  attempt: number;
}
/** The content of a message: exactly one field that determines its kind, and fields that may be combined with this kind. The names are those of Baileys' `AnyMessageContent`, except for `pollVote`, `eventResponse` and `comment`. */
export interface MessageContent {
  /** Text. */
  text?: string;
  /** A location. */
  location?: LocationFields;
  /** Contacts. */
  contacts?: ContactsFields;
  /** A poll. */
  poll?: PollFields;
  /** An invitation to an event. */
  event?: EventFields;
  /** A vote in a poll. */
  pollVote?: PollVoteFields;
  /** A response to an invitation. */
  eventResponse?: EventResponseFields;
  /** A comment on a message in the announcement group of a community. */
  comment?: CommentFields;
  /** A reaction. */
  react?: ReactionFields;
  /** Key of a message to pin or unpin for everybody in the chat; see `type`. */
  pin?: ChatMessageKeyFields;
  /** Key of a message to delete for everybody. */
  delete?: ChatMessageKeyFields;
  /** A message to forward, as in its event. */
  forward?: EventMessageJson;
  /** A button press; `type` is the kind of button. */
  buttonReply?: ButtonReplyFields;
  /** A choice from a list. */
  listReply?: ListReplyFields;
  /** An invitation to a group. */
  groupInvite?: GroupInvitationFields;
  /** The header of an album. */
  album?: AlbumFields;
  /** `true` shares the account's phone number with the recipient. */
  sharePhoneNumber?: true;
  /** `true` asks the recipient for their phone number. */
  requestPhoneNumber?: true;
  /** The number of seconds after which new messages in the chat disappear: 86400, 604800 or 7776000; `true` for a week, `false` or 0 for never. */
  disappearingMessagesInChat?: boolean | number;
  /** Whether other people are prevented from forwarding or exporting content from this chat, or from passing it to AI. */
  limitSharing?: boolean;
  /** The people mentioned; the text contains `\@<user>` for each. */
  mentions?: string[];
  /** Whether the message mentions everybody in the group. */
  mentionAll?: boolean;
  /** The preview of a link in the text. If missing, the message has no preview unless `options.linkPreview` requests one. */
  linkPreview?: LinkPreviewFields | null;
  /** WhatsApp's `ContextInfo` in JSON, merged over the values that Wabus sets. */
  contextInfo?: Record<string, unknown>;
  /** Key of the account's message whose text this one replaces. */
  edit?: ChatMessageKeyFields;
  /** Whether the message can be viewed only once. */
  viewOnce?: boolean;
  /** With `pin`: 1 pins, 2 unpins. With `buttonReply`: `template` or `plain`. */
  type?: 'plain' | 'template' | 1 | 2;
  /** For how many seconds the message is pinned: 86400 (the default), 604800 or 2592000. */
  time?: 86400 | 604800 | 2592000;
  /** Whether the account's own messages are marked as forwarded too. */
  force?: boolean;
}
/** A location, or the current location of a person. */
export interface LocationFields {
  /** Degrees north. */
  degreesLatitude: number;
  /** Degrees east. */
  degreesLongitude: number;
  /** Name of the location. */
  name?: string;
  /** Address of the location. */
  address?: string;
  /** A web page about the location. */
  url?: string;
  /** Whether this is the sender's current location. */
  isLive?: boolean;
  /** Accuracy in meters. */
  accuracyInMeters?: number;
  /** Speed of the sender in meters per second. */
  speedInMps?: number;
  /** Direction of the sender in degrees clockwise from magnetic north. */
  degreesClockwiseFromMagneticNorth?: number;
  /** A comment from the sender. */
  comment?: string;
  /** A small map, as JPEG. */
  jpegThumbnail?: BytesJson;
}
/** Contacts to share. */
export interface ContactsFields {
  /** The title shown for several contacts. */
  displayName?: string;
  /** The contacts; one is shown as a card, several as a list. */
  contacts: ContactCardFields[];
}
/** One contact. */
export interface ContactCardFields {
  /** The name that the recipient sees. */
  displayName?: string;
  /** The vCard 3.0. WhatsApp finds the account by `TEL;waid=<digits>`. */
  vcard: string;
}
/** A question with options to choose from. */
export interface PollFields {
  /** The question. */
  name: string;
  /** The options, 2 to 12 different ones of up to 100 characters. A vote names an option by its hash. */
  values: string[];
  /** How many options a person may choose; any number if 0 or missing. */
  selectableCount?: number;
  /** The secret that encrypts votes; a new one if missing. */
  messageSecret?: BytesJson;
  /** Whether the poll is sent to the announcement group of a community. */
  toAnnouncementGroup?: boolean;
}
/** An invitation to an event. */
export interface EventFields {
  /** The name of the event. */
  name: string;
  /** The description of the event. */
  description?: string;
  /** When the event starts: an ISO time, or milliseconds since 1970. */
  startDate: number | string;
  /** When the event ends, in the same form. */
  endDate?: number | string;
  /** Where the event takes place. */
  location?: LocationFields;
  /** Creates a call link for the event. */
  call?: 'audio' | 'video';
  /** Whether the event is canceled. */
  isCancelled?: boolean;
  /** Whether the event is a scheduled call. */
  isScheduleCall?: boolean;
  /** Whether invited people may bring guests. */
  extraGuestsAllowed?: boolean;
  /** The secret that encrypts responses; a new one if missing. */
  messageSecret?: BytesJson;
}
/** A vote in a poll that the session has sent or received. It replaces the account's previous vote. */
export interface PollVoteFields {
  /** Key of the poll. */
  key: MessageKeyFields;
  /** The chosen options, exactly as in the poll; an empty list withdraws the vote. */
  options: string[];
}
/** The key of a message, as in every event about messages. */
export interface MessageKeyFields {
  /** The chat of the message. */
  remoteJid: string;
  /** The id of the message. */
  id: string;
  /** Whether the account of the session sent the message. */
  fromMe?: boolean;
  /** The author of the message, in a group. */
  participant?: string;
  /** The other jid of the chat: its LID or number. */
  remoteJidAlt?: string;
  /** User name of the chat. */
  remoteJidUsername?: string;
  /** The other jid of the author: the LID or number. */
  participantAlt?: string;
  /** User name of the author. */
  participantUsername?: string;
  /** How the chat addresses people: `pn` (number) or `lid`. */
  addressingMode?: 'lid' | 'pn';
  /** The message's number in a channel. */
  server_id?: string;
  /** Whether it is a view-once message. */
  isViewOnce?: boolean;
}
/** A response to an event that the session has sent or received. It replaces the account's previous response. */
export interface EventResponseFields {
  /** Key of the event. */
  key: MessageKeyFields;
  /** The response. */
  response: 'going' | 'maybe' | 'not-going';
  /** The number of guests. */
  extraGuests?: number;
}
/** A comment on a message in the announcement group of a community, the only kind of response to such a message. */
export interface CommentFields {
  /** The text. */
  text: string;
  /** Key of the message. */
  key: ChatMessageKeyFields;
}
/** The key of a message in the chat of the command. For a message that events have reported, the id is enough. */
export interface ChatMessageKeyFields {
  /** The chat of the message; that of the command if missing. */
  remoteJid?: string;
  /** The id of the message. */
  id: string;
  /** Whether the account of the session sent the message. */
  fromMe?: boolean;
  /** The author of the message, in a group. */
  participant?: string;
  /** The other jid of the chat: its LID or number. */
  remoteJidAlt?: string;
  /** User name of the chat. */
  remoteJidUsername?: string;
  /** The other jid of the author: the LID or number. */
  participantAlt?: string;
  /** User name of the author. */
  participantUsername?: string;
  /** How the chat addresses people: `pn` (number) or `lid`. */
  addressingMode?: 'lid' | 'pn';
  /** The message's number in a channel. */
  server_id?: string;
  /** Whether it is a view-once message. */
  isViewOnce?: boolean;
}
/** A reaction to a message. */
export interface ReactionFields {
  /** One emoji; an empty string removes the reaction. */
  text: string;
  /** Key of the message. */
  key: ChatMessageKeyFields;
  /** When the reaction was given, in milliseconds since 1970; now if missing. */
  senderTimestampMs?: number;
}
/** A message as in `messages.upsert`. Its other fields are passed on unchanged. */
export interface EventMessageJson {
  key: { remoteJid: string; id: string; fromMe?: boolean | null; participant?: string | null };
  /** `proto.IMessage` as JSON. */
  message: Record<string, unknown>;
}
/** A press of a button. */
export interface ButtonReplyFields {
  /** The text on the button. */
  displayText: string;
  /** Id of the button. */
  id: string;
  /** Position of the button in the message, from 0. */
  index: number;
}
/** A choice from a list. */
export interface ListReplyFields {
  /** Title of the row. */
  title?: string;
  /** Description of the row. */
  description?: string;
  /** Kind of list in the protocol: 1 is a list to choose one row from. */
  listType?: 0 | 1;
  /** What was chosen. */
  singleSelectReply: SelectedRowFields;
}
/** The chosen row. */
export interface SelectedRowFields {
  /** Id of the row. */
  selectedRowId: string;
}
/** An invitation to a group, for a person who cannot be added directly. */
export interface GroupInvitationFields {
  /** The code of the invitation. */
  inviteCode: string;
  /** When the invitation expires, in seconds since 1970. */
  inviteExpiration: number;
  /** The text to send with the invitation. */
  text: string;
  /** The group. */
  jid: string;
  /** Subject of the group. */
  subject: string;
}
/** The header of an album. The pictures and videos follow as separate messages. */
export interface AlbumFields {
  /** How many pictures follow. */
  expectedImageCount?: number;
  /** How many videos follow. */
  expectedVideoCount?: number;
}
/** The box that the recipient sees below a text with a link. */
export interface LinkPreviewFields {
  /** The link exactly as in the text. */
  'matched-text': string;
  /** The headline. */
  title: string;
  /** Where the link leads. */
  'canonical-url'?: string;
  /** The text under the headline. */
  description?: string;
  /** A small JPEG picture. */
  jpegThumbnail?: BytesJson;
  /** The picture, of any size, instead of `jpegThumbnail`: Wabus makes a thumbnail from it and sends both. */
  picture?: MediaSource;
}
/** The source of a file: an uploaded file, an HTTPS URL, or bytes in one of three forms. Exactly one of them is set. A path is never a source. */
export interface MediaSourceFields {
  /** The reference returned by the upload, `media_…`. */
  media?: string;
  /** An https address, which the edge fetches before it sends the command, or the file itself as a `data:` URL. */
  url?: string;
  /** `Buffer`, for bytes. */
  type?: 'Buffer';
  /** The bytes in base64. */
  data?: string;
  /** The bytes in base64, without a prefix. */
  base64?: string;
}
/** The JSON form of `ImageContent`. */
export interface ImageContent {
  /** The image. */
  image: MediaSource;
  /** The caption. */
  caption?: string;
  /** A small JPEG, in base64, to show before the file is fetched. */
  jpegThumbnail?: string;
  /** Width in pixels. */
  width?: number;
  /** Height in pixels. */
  height?: number;
  /** The people mentioned; the caption contains `\@<user>` for each. */
  mentions?: string[];
  /** Whether the message mentions everybody in the group. */
  mentionAll?: boolean;
  /** WhatsApp's `ContextInfo` in JSON, merged over the values that Wabus sets. */
  contextInfo?: Record<string, unknown>;
  /** The media type, if it must differ from the detected one. */
  mimetype?: string;
  /** Key of the account's message that this one replaces. */
  edit?: ChatMessageKeyFields;
  /** Key of the header of the album that the file belongs to. */
  albumParentKey?: MessageKeyFields;
  /** Whether the recipient can open the message only once. */
  viewOnce?: boolean;
}
/** The JSON form of `VideoContent`. */
export interface VideoContent {
  /** The video. */
  video: MediaSource;
  /** Whether the video plays automatically, without sound and in a loop. */
  gifPlayback?: boolean;
  /** Makes the connector convert the file to an MP4 that phones can play, with ffmpeg. Fails with `CONVERSION_UNAVAILABLE` without ffmpeg. */
  convert?: boolean;
  /** Whether the video is a round video note. */
  ptv?: boolean;
  /** Length of the video in seconds. */
  seconds?: number;
  /** The caption. */
  caption?: string;
  /** A small JPEG, in base64, to show before the file is fetched. */
  jpegThumbnail?: string;
  /** Width in pixels. */
  width?: number;
  /** Height in pixels. */
  height?: number;
  /** The people mentioned; the caption contains `\@<user>` for each. */
  mentions?: string[];
  /** Whether the message mentions everybody in the group. */
  mentionAll?: boolean;
  /** WhatsApp's `ContextInfo` in JSON, merged over the values that Wabus sets. */
  contextInfo?: Record<string, unknown>;
  /** The media type, if it must differ from the detected one. */
  mimetype?: string;
  /** Key of the account's message that this one replaces. */
  edit?: ChatMessageKeyFields;
  /** Key of the header of the album that the file belongs to. */
  albumParentKey?: MessageKeyFields;
  /** Whether the recipient can open the message only once. */
  viewOnce?: boolean;
}
/** The JSON form of `AudioContent`. */
export interface AudioContent {
  /** The audio file. */
  audio: MediaSource;
  /** Whether the audio is a voice note. Every WhatsApp client plays Ogg with Opus. */
  ptt?: boolean;
  /** Makes the connector convert the file to Ogg with Opus, with its length and waveform, with ffmpeg. Fails with `CONVERSION_UNAVAILABLE` without ffmpeg. */
  convert?: boolean;
  /** Length of the audio in seconds; detected if missing. */
  seconds?: number;
  /** The waveform of a voice note: up to 256 heights from 0 to 100. */
  waveform?: number[];
  /** The people mentioned; the caption contains `\@<user>` for each. */
  mentions?: string[];
  /** Whether the message mentions everybody in the group. */
  mentionAll?: boolean;
  /** WhatsApp's `ContextInfo` in JSON, merged over the values that Wabus sets. */
  contextInfo?: Record<string, unknown>;
  /** The media type, if it must differ from the detected one. */
  mimetype?: string;
  /** Key of the account's message that this one replaces. */
  edit?: ChatMessageKeyFields;
  /** Key of the header of the album that the file belongs to. */
  albumParentKey?: MessageKeyFields;
  /** Whether the recipient can open the message only once. */
  viewOnce?: boolean;
}
/** The JSON form of `DocumentContent`. */
export interface DocumentContent {
  /** The file. */
  document: MediaSource;
  /** The file name that the recipient sees; the name of the upload if missing. */
  fileName?: string;
  /** The caption. */
  caption?: string;
  /** A small JPEG, in base64, to show before the file is fetched. */
  jpegThumbnail?: string;
  /** The people mentioned; the caption contains `\@<user>` for each. */
  mentions?: string[];
  /** Whether the message mentions everybody in the group. */
  mentionAll?: boolean;
  /** WhatsApp's `ContextInfo` in JSON, merged over the values that Wabus sets. */
  contextInfo?: Record<string, unknown>;
  /** The media type, if it must differ from the detected one. */
  mimetype?: string;
  /** Key of the account's message that this one replaces. */
  edit?: ChatMessageKeyFields;
  /** Key of the header of the album that the file belongs to. */
  albumParentKey?: MessageKeyFields;
  /** Whether the recipient can open the message only once. */
  viewOnce?: boolean;
}
/** The JSON form of `StickerContent`. */
export interface StickerContent {
  /** The sticker. */
  sticker: MediaSource;
  /** Makes the connector convert the file to a WebP of 512 by 512 pixels, from a picture or a video, with ffmpeg. Fails with `CONVERSION_UNAVAILABLE` without ffmpeg. */
  convert?: boolean;
  /** Whether the sticker is animated. */
  isAnimated?: boolean;
  /** Width in pixels. */
  width?: number;
  /** Height in pixels. */
  height?: number;
  /** The people mentioned; the caption contains `\@<user>` for each. */
  mentions?: string[];
  /** Whether the message mentions everybody in the group. */
  mentionAll?: boolean;
  /** WhatsApp's `ContextInfo` in JSON, merged over the values that Wabus sets. */
  contextInfo?: Record<string, unknown>;
  /** The media type, if it must differ from the detected one. */
  mimetype?: string;
  /** Key of the account's message that this one replaces. */
  edit?: ChatMessageKeyFields;
  /** Key of the header of the album that the file belongs to. */
  albumParentKey?: MessageKeyFields;
  /** Whether the recipient can open the message only once. */
  viewOnce?: boolean;
}
/** The JSON form of `ProductContent`. */
export interface ProductContent {
  /** A product of a catalog. */
  product: ProductFields;
  /** The business whose catalog has the product. */
  businessOwnerJid?: string;
  /** The caption. */
  body?: string;
  /** The footer. */
  footer?: string;
  /** Whether the recipient can open the message only once. */
  viewOnce?: boolean;
}
/** A product as a message shows it, with the field names of WhatsApp's `ProductSnapshot`. */
export interface ProductFields {
  /** The picture of the product. */
  productImage: MediaSource;
  /** Id of the product in the catalog. */
  productId?: string;
  /** Name of the product. */
  title?: string;
  /** Description of the product. */
  description?: string;
  /** Code of the currency, such as `EUR`. */
  currencyCode?: string;
  /** The price in thousandths of the currency. */
  priceAmount1000?: number;
  /** The reduced price in thousandths of the currency. */
  salePriceAmount1000?: number;
  /** Number of the product in the inventory of the business. */
  retailerId?: string;
  /** Web page of the product. */
  url?: string;
  /** The web page, signed by WhatsApp. */
  signedUrl?: string;
  /** How many pictures of the product the catalog has. */
  productImageCount?: number;
  /** Id of the first picture of the product in the catalog. */
  firstImageId?: string;
}
/** The options of `sendMessage`. */
export interface SendOptions {
  /** An id chosen by the caller: 8 to 64 characters from `0-9 A-Z`. The message also has this id on WhatsApp. */
  messageId?: string;
  /** Returned as `correlation` in every `message.progress` of this message. Defaults to the idempotency key, or to the id of the message. */
  correlation?: string;
  /** The message to quote, as in its event. `{key: {id}}` is enough for a message that events have reported. */
  quoted?: QuotedMessageJson;
  /** The number of seconds after which the message disappears; 0 for never, the setting of the chat if missing. */
  ephemeralExpiration?: number;
  /** The recipients of a status post; required for `status\@broadcast`, and permitted only there. */
  statusJidList?: string[];
  /** Background color of a status text, `#RRGGBB` or `#AARRGGBB`. */
  backgroundColor?: string;
  /** Font of a status text: a number from the protocol. */
  font?: 0 | 1 | 2 | 6 | 7 | 8 | 9 | 10;
  /** The time of the message in its events: an ISO time, or milliseconds since 1970; now if missing. */
  timestamp?: number | string;
  /** `false` requests the members of the group from WhatsApp again. */
  useCachedGroupMetadata?: boolean;
  /** How long the upload of a file to WhatsApp's host may take, in ms; no separate limit if missing. */
  mediaUploadTimeoutMs?: number;
  /** Makes the edge fetch the page of the first link in the text, through its egress guard, for `content.linkPreview`. If that fails, the message is sent without a preview. */
  linkPreview?: boolean;
  /** Accepted and ignored: Baileys has this option but does not use it. */
  broadcast?: boolean;
}
/** A message as in its event, or only its key. */
export interface QuotedMessageJson {
  key: { remoteJid?: string | null; id: string; fromMe?: boolean | null; participant?: string | null };
  /** `proto.IMessage` as JSON. */
  message?: Record<string, unknown> | null;
}
/** One change of a chat, as in Baileys' `ChatModification`: exactly one field, with `lastMessages` for the changes that require it. */
export interface ChatModificationFields {
  /** Archives or unarchives the chat. */
  archive?: boolean;
  /** Pins or unpins the chat. */
  pin?: boolean;
  /** Mutes until this time, in milliseconds since 1970; `null` unmutes. */
  mute?: number | null;
  /** Removes all messages. */
  clear?: boolean;
  /** Marks the chat as read (`true`) or unread (`false`). */
  markRead?: boolean;
  /** Removes the chat. */
  delete?: true;
  /** Removes one message for this account only. */
  deleteForMe?: DeleteForMe;
  /** The name that others see. */
  pushNameSetting?: string;
  /** The newest messages of the chat, newest first. Required with `archive`, `clear`, `markRead` and `delete`. */
  lastMessages?: LastMessage[];
}
/** The JSON form of `DeleteForMe`. */
export interface DeleteForMe {
  /** Whether to delete the media too. */
  deleteMedia: boolean;
  /** Key of the message. */
  key: MessageKeyFields;
  /** The time of that message, in seconds since 1970. */
  timestamp: number;
}
/** The JSON form of `LastMessage`. */
export interface LastMessage {
  /** Key of the message. */
  key: MessageKeyFields;
  /** The time of that message, in seconds since 1970. */
  messageTimestamp: number;
}
/** The JSON form of `StarredMessage`. */
export interface StarredMessage {
  /** Id of the message. */
  id: string;
  /** Whether the account sent it. */
  fromMe?: boolean;
  /** The author of the message, in a group. */
  participant?: string;
}
/** The JSON form of `ContactFields`. */
export interface ContactFields {
  /** The full name. */
  fullName?: string;
  /** The first name. */
  firstName?: string;
  /** The LID of the contact. */
  lidJid?: string;
  /** Whether the phone stores it in its own address book. */
  saveOnPrimaryAddressbook?: boolean;
  /** The phone number jid of the contact. */
  pnJid?: string;
  /** The user name. */
  username?: string;
}
/** The JSON form of `CallLinkEvent`. */
export interface CallLinkEvent {
  /** When the call begins, in milliseconds since 1970. */
  startTime: number;
}
/** The `groupInviteMessage` of a received message. */
export interface GroupInviteFields {
  /** The group. */
  groupJid: string;
  /** The code of the invitation. */
  inviteCode: string;
  /** When the invitation expires, in seconds since 1970. */
  inviteExpiration: number;
  /** Name of the group. */
  groupName?: string;
  /** The text that accompanies the invitation. */
  caption?: string;
}
/** The JSON form of `LabelFields`. */
export interface LabelFields {
  /** Id of the label, a number as a string. */
  id: string;
  /** The name of the label. */
  name?: string;
  /** The color of the label, 0 to 19. */
  color?: number;
  /** Whether the label is deleted. */
  deleted?: boolean;
  /** The number of one of WhatsApp's predefined labels. */
  predefinedId?: number;
}
/** The JSON form of `QuickReplyFields`. */
export interface QuickReplyFields {
  /** The shortcut to type. */
  shortcut?: string;
  /** The text that the shortcut writes. */
  message?: string;
  /** To change an existing reply: its creation time in seconds. */
  timestamp?: string;
  /** How often the quick reply was used. */
  count?: number;
  /** Whether the label is deleted. */
  deleted?: boolean;
}
/** The JSON form of `NewsletterFields`. */
export interface NewsletterFields {
  /** The new name. */
  name?: string;
  /** The new description. */
  description?: string;
  /** An empty string removes the picture; for a new one use `newsletterUpdatePicture`. */
  picture?: string;
}
/** The fields to change; missing fields stay unchanged. */
export interface BusinessProfileFields {
  /** The address. */
  address?: string;
  /** Up to two websites. */
  websites?: string[];
  /** The e-mail address. */
  email?: string;
  /** The description. */
  description?: string;
  /** Opening hours. */
  hours?: BusinessHours;
}
/** The JSON form of `BusinessHours`. */
export interface BusinessHours {
  /** Time zone, such as `Europe/Berlin`. */
  timezone: string;
  /** The opening hours of each day. */
  days: BusinessDay[];
}
/** The JSON form of `BusinessDay`. */
export interface BusinessDay {
  /** The day. */
  day: 'fri' | 'mon' | 'sat' | 'sun' | 'thu' | 'tue' | 'wed';
  /** Kind of opening hours. */
  mode: 'appointment_only' | 'open_24h' | 'specific_hours';
  /** Minutes since midnight, for `specific_hours`. */
  openTimeInMinutes?: string;
  /** Minutes since midnight, for `specific_hours`. */
  closeTimeInMinutes?: string;
}
/** The JSON form of `CatalogRequest`. */
export interface CatalogRequest {
  /** The business whose catalog to return; the account itself if missing. */
  jid?: string;
  /** How many products to return. */
  limit?: number;
  /** `nextPageCursor` of the previous page. */
  cursor?: string;
}
/** The JSON form of `PictureDimensions`. */
export interface PictureDimensions {
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
}
/** The JSON form of `ProductCreateFields`. */
export interface ProductCreateFields {
  /** Two-letter code of the country of origin. */
  originCountryCode?: string;
  /** The name of the product. */
  name: string;
  /** The description of the product. */
  description: string;
  /** The price in thousandths of the currency. */
  price: number;
  /** Code of the currency, such as `EUR`. */
  currency: string;
  /** Number of the product in the account's inventory. */
  retailerId?: string;
  /** The web page of the product. */
  url?: string;
  /** Whether the product is hidden from customers. */
  isHidden?: boolean;
  /** One to ten images. */
  images: MediaSource[];
}
/** The fields of a product. */
export interface ProductUpdateFields {
  /** The name of the product. */
  name: string;
  /** The description of the product. */
  description: string;
  /** The price in thousandths of the currency. */
  price: number;
  /** Code of the currency, such as `EUR`. */
  currency: string;
  /** Number of the product in the account's inventory. */
  retailerId?: string;
  /** The web page of the product. */
  url?: string;
  /** Whether the product is hidden from customers. */
  isHidden?: boolean;
  /** One to ten images. */
  images: MediaSource[];
}
/** A stanza in JSON. Bytes have the form `{type: 'Buffer', data: <base64>}`. */
export interface StanzaJson {
  tag: string;
  attrs: { [key: string]: string };
  content?: StanzaJson[] | string | { type: 'Buffer'; data: string };
}
/** The JSON form of `RelayOptions`. */
export interface RelayOptions {
  /** The id to give the message. */
  messageId?: string;
}
/** The arguments of `sendMessage`, as in Baileys' `sendMessage(jid, content, options)`. */
export interface SendMessageRequest {
  /** The recipient: a jid, LID, group, channel or phone number; `status\@broadcast` for a status. */
  jid: string;
  /** What to send: exactly one kind of content. */
  content: AudioContent | DocumentContent | ImageContent | MessageContent | ProductContent | StickerContent | VideoContent;
  /** Options for sending. */
  options?: SendOptions;
}
/** The JSON form of `RequestPairingCodeRequest`. */
export interface RequestPairingCodeRequest {
  /** The account's phone number, with or without `+`. */
  phoneNumber: string;
  /** A code of your choice: eight characters from `1-9`, `A-H`, `J-N`, `P-T` and `V-Z`. If missing, Wabus picks one. */
  customCode?: string;
}
/** The JSON form of `GetPasskeyRequest`. */
export interface GetPasskeyRequest {
  /** Whether to create a one-time address at which a person without a token can finish or cancel this link. */
  link?: boolean;
}
/** The JSON form of `SubmitPasskeyAssertionRequest`. */
export interface SubmitPasskeyAssertionRequest {
  /** The assertion from the browser: `{id, rawId, type, response: {clientDataJSON, authenticatorData, signature, userHandle}}`, with bytes as base64url. Other fields are ignored. */
  assertion: { [key: string]: unknown };
}
/** The JSON form of `ConfirmPasskeyRequest`. */
export interface ConfirmPasskeyRequest {
  /** Whether the phone shows the same code. */
  equal: boolean;
}
/** The JSON form of `CreateSessionRequest`. */
export interface CreateSessionRequest {
  /** The proxy for all connections to WhatsApp, including the first one: `http://…`, `https://…` or `socks5://…`. */
  proxy?: string;
}
/** The JSON form of `StopSessionRequest`. */
export interface StopSessionRequest {
  /** Accepted and ignored: older callers pass the reason for ending the connection. */
  error?: unknown;
}
/** The JSON form of `GetQrRequest`. */
export interface GetQrRequest {
  /** `raw` (the text, the default), `svg` (an SVG document), `png` (a data URL) or `terminal` (block characters). */
  format?: 'png' | 'raw' | 'svg' | 'terminal';
}
/** The JSON form of `ChatModifyRequest`. */
export interface ChatModifyRequest {
  /** The change. */
  modification: ChatModificationFields;
  /** The chat. */
  jid: string;
  /** Accepted for older callers, and ignored. */
  chatInfo?: unknown;
}
/** The JSON form of `StarRequest`. */
export interface StarRequest {
  /** The messages. */
  messages: StarredMessage[];
  /** `true` stars them, `false` unstars them. */
  star: boolean;
  /** The chat or person. */
  jid: string;
}
/** The JSON form of `ReadMessagesRequest`. */
export interface ReadMessagesRequest {
  /** Keys of the messages that were read. */
  keys: MessageKeyFields[];
}
/** The JSON form of `ReceiptRequest`. */
export interface ReceiptRequest {
  /** The chat. */
  jid: string;
  /** The author of the messages, in a group. */
  participant?: string;
  /** Ids of the messages. */
  messageIds: string[];
  /** Kind of receipt; a delivery receipt if missing. */
  type?: 'hist_sync' | 'inactive' | 'peer_msg' | 'played' | 'read' | 'read-self' | 'sender';
}
/** The JSON form of `ReceiptsRequest`. */
export interface ReceiptsRequest {
  /** Keys of the messages. */
  keys: MessageKeyFields[];
  /** Kind of receipt; a delivery receipt if missing. */
  type?: 'hist_sync' | 'inactive' | 'peer_msg' | 'played' | 'read' | 'read-self' | 'sender';
}
/** The JSON form of `MessageHistoryRequest`. */
export interface MessageHistoryRequest {
  /** How many messages to ask the phone for. */
  count: number;
  /** Key of the oldest known message. */
  oldestMsgKey: MessageKeyFields;
  /** The time of that message, in seconds since 1970. */
  oldestMsgTimestamp: number;
}
/** The JSON form of `PlaceholderResendRequest`. */
export interface PlaceholderResendRequest {
  /** Key of the message that arrived without content. */
  messageKey: MessageKeyFields;
}
/** The JSON form of `PresenceRequest`. */
export interface PresenceRequest {
  /** The presence to show. Others see `composing` and `recording` only after `available`. While the account is `available`, the phone gets no notifications. */
  type: 'available' | 'composing' | 'paused' | 'recording' | 'unavailable';
  /** The chat, for `composing`, `recording` and `paused`. */
  toJid?: string;
}
/** The JSON form of `PresenceSubscribeRequest`. */
export interface PresenceSubscribeRequest {
  /** Whose presence to receive as `presence.update`. */
  toJid: string;
}
/** The JSON form of `OnWhatsAppRequest`. */
export interface OnWhatsAppRequest {
  /** Phone numbers in international format, jids or LIDs. */
  phoneNumbers: string[];
}
/** The JSON form of `JidsRequest`. */
export interface JidsRequest {
  /** The people to look up. */
  jids: string[];
}
/** The JSON form of `ProfilePictureUrlRequest`. */
export interface ProfilePictureUrlRequest {
  /** Which size of the picture to return: small (`preview`) or full (`image`); `preview` if missing. */
  type?: 'image' | 'preview';
  /** The chat or person. */
  jid: string;
}
/** The JSON form of `ContactSessionRequest`. */
export interface ContactSessionRequest {
  /** The contact, by number or LID, without a device. */
  jid: string;
}
/** The JSON form of `BlockStatusRequest`. */
export interface BlockStatusRequest {
  /** The person to block or unblock. */
  jid: string;
  /** What to do. */
  action: 'block' | 'unblock';
}
/** The JSON form of `ContactRequest`. */
export interface ContactRequest {
  /** The contact. */
  jid: string;
  /** What to store about the contact. */
  contact: ContactFields;
}
/** The JSON form of `UserRequest`. */
export interface UserRequest {
  /** The person. */
  jid: string;
}
/** The JSON form of `RejectCallRequest`. */
export interface RejectCallRequest {
  /** Id of the call. */
  callId: string;
  /** The caller. */
  callFrom: string;
}
/** The JSON form of `CallLinkRequest`. */
export interface CallLinkRequest {
  /** The kind of call: with or without video. */
  type: 'audio' | 'video';
  /** A scheduled call. */
  event?: CallLinkEvent;
}
/** The JSON form of `CreateGroupRequest`. */
export interface CreateGroupRequest {
  /** The name of the group. */
  subject: string;
  /** The first members. */
  participants: string[];
}
/** The arguments of a command about one group or community. */
export interface GroupRequest {
  /** The group or community. */
  jid: string;
}
/** The JSON form of `LeaveGroupRequest`. */
export interface LeaveGroupRequest {
  /** The group or community to leave. */
  id: string;
}
/** The JSON form of `GroupSubjectRequest`. */
export interface GroupSubjectRequest {
  /** The new name. */
  subject: string;
  /** The group or community. */
  jid: string;
}
/** The JSON form of `GroupDescriptionRequest`. */
export interface GroupDescriptionRequest {
  /** The new description; removed if missing. */
  description?: string;
  /** The group or community. */
  jid: string;
}
/** The JSON form of `GroupParticipantsRequest`. */
export interface GroupParticipantsRequest {
  /** The people to add, remove, promote or demote. */
  participants: string[];
  /** What to do with these members. */
  action: 'add' | 'demote' | 'modify' | 'promote' | 'remove';
  /** The group or community. */
  jid: string;
}
/** The JSON form of `GroupJoinRequestsRequest`. */
export interface GroupJoinRequestsRequest {
  /** The people who asked to join. */
  participants: string[];
  /** What to do with the requests. */
  action: 'approve' | 'reject';
  /** The group or community. */
  jid: string;
}
/** The JSON form of `InviteCodeRequest`. */
export interface InviteCodeRequest {
  /** The code at the end of an invite link. */
  code: string;
}
/** The JSON form of `RevokeInviteRequest`. */
export interface RevokeInviteRequest {
  /** The group. */
  groupJid: string;
  /** The person whose invitation to withdraw. */
  invitedJid: string;
}
/** The JSON form of `AcceptInviteRequest`. */
export interface AcceptInviteRequest {
  /** Key of the message that brought the invitation. */
  key: MessageKeyFields;
  /** The invitation in that message. */
  inviteMessage: GroupInviteFields;
}
/** The JSON form of `GroupEphemeralRequest`. */
export interface GroupEphemeralRequest {
  /** The number of seconds after which messages disappear; 0 keeps them. */
  ephemeralExpiration: number;
  /** The group or community. */
  jid: string;
}
/** The JSON form of `GroupSettingRequest`. */
export interface GroupSettingRequest {
  /** `announcement`: only admins can write; `locked`: only admins can change the name, picture and description. */
  setting: 'announcement' | 'locked' | 'not_announcement' | 'unlocked';
  /** The group or community. */
  jid: string;
}
/** The JSON form of `GroupMemberAddModeRequest`. */
export interface GroupMemberAddModeRequest {
  /** Who may add members. */
  mode: 'admin_add' | 'all_member_add';
  /** The group or community. */
  jid: string;
}
/** The JSON form of `GroupJoinApprovalRequest`. */
export interface GroupJoinApprovalRequest {
  /** Whether an admin must approve new members. */
  mode: 'off' | 'on';
  /** The group or community. */
  jid: string;
}
/** The JSON form of `MemberLabelRequest`. */
export interface MemberLabelRequest {
  /** The label beside the account's name in this group; an empty string removes it. */
  memberLabel: string;
  /** The group or community. */
  jid: string;
}
/** The JSON form of `CreateCommunityRequest`. */
export interface CreateCommunityRequest {
  /** The name of the community. */
  subject: string;
  /** The description of the community. */
  body: string;
}
/** The JSON form of `CreateCommunityGroupRequest`. */
export interface CreateCommunityGroupRequest {
  /** The community that the group joins. */
  parentCommunityJid: string;
  /** The name of the group. */
  subject: string;
  /** The first members. */
  participants: string[];
}
/** The JSON form of `LinkGroupRequest`. */
export interface LinkGroupRequest {
  /** The group. */
  groupJid: string;
  /** The community. */
  parentCommunityJid: string;
}
/** The JSON form of `RevokeCommunityInviteRequest`. */
export interface RevokeCommunityInviteRequest {
  /** The community. */
  communityJid: string;
  /** The person whose invitation to withdraw. */
  invitedJid: string;
}
/** The JSON form of `ProfileStatusRequest`. */
export interface ProfileStatusRequest {
  /** The about text; an empty string removes it. */
  status: string;
  /** How many seconds others see the text. If missing, they see it until you change it, or for a day if WhatsApp does not permit that. */
  duration?: number;
  /** An emoji to show with the text. */
  emoji?: string;
}
/** The JSON form of `ProfileNameRequest`. */
export interface ProfileNameRequest {
  /** The name that others see. */
  name: string;
}
/** The arguments of a command about one chat or person. */
export interface JidRequest {
  /** The chat or person. */
  jid: string;
}
/** The JSON form of `PrivacySettingsRequest`. */
export interface PrivacySettingsRequest {
  /** Whether to ask WhatsApp again even if the settings are known. */
  force?: boolean;
}
/** The arguments of a command that sets who may see something of the account. */
export interface PrivacyRequest {
  /** Who may see it. */
  value: 'all' | 'contact_blacklist' | 'contacts' | 'none';
}
/** The JSON form of `OnlinePrivacyRequest`. */
export interface OnlinePrivacyRequest {
  /** Who may see it. */
  value: 'all' | 'match_last_seen';
}
/** The JSON form of `ReadReceiptsPrivacyRequest`. */
export interface ReadReceiptsPrivacyRequest {
  /** Who can see read receipts. */
  value: 'all' | 'none';
}
/** The JSON form of `GroupsAddPrivacyRequest`. */
export interface GroupsAddPrivacyRequest {
  /** Who may add the account to groups. */
  value: 'all' | 'contact_blacklist' | 'contacts';
}
/** The JSON form of `CallPrivacyRequest`. */
export interface CallPrivacyRequest {
  /** Who may call. */
  value: 'all' | 'known';
}
/** The JSON form of `MessagesPrivacyRequest`. */
export interface MessagesPrivacyRequest {
  /** Who may write. */
  value: 'all' | 'contacts';
}
/** The JSON form of `LinkPreviewsPrivacyRequest`. */
export interface LinkPreviewsPrivacyRequest {
  /** Whether links in messages are sent without a preview. */
  isPreviewsDisabled: boolean;
}
/** The JSON form of `DisappearingModeRequest`. */
export interface DisappearingModeRequest {
  /** Seconds after which messages in new chats disappear; 0 keeps them. */
  duration: number;
}
/** The JSON form of `LabelRequest`. */
export interface LabelRequest {
  /** Any chat of the account. WhatsApp requires one, although a label belongs to all chats. */
  jid: string;
  /** The label. */
  labels: LabelFields;
}
/** The JSON form of `ChatLabelRequest`. */
export interface ChatLabelRequest {
  /** The chat. */
  jid: string;
  /** Id of the label. */
  labelId: string;
}
/** The JSON form of `MessageLabelRequest`. */
export interface MessageLabelRequest {
  /** The chat. */
  jid: string;
  /** Id of the message. */
  messageId: string;
  /** Id of the label. */
  labelId: string;
}
/** The JSON form of `QuickReplyRequest`. */
export interface QuickReplyRequest {
  /** The quick reply. */
  quickReply: QuickReplyFields;
}
/** The JSON form of `RemoveQuickReplyRequest`. */
export interface RemoveQuickReplyRequest {
  /** The quick reply to remove. */
  timestamp: string;
}
/** The JSON form of `CreateNewsletterRequest`. */
export interface CreateNewsletterRequest {
  /** The name of the channel. */
  name: string;
  /** The description of the channel. */
  description?: string;
}
/** The JSON form of `NewsletterMetadataRequest`. */
export interface NewsletterMetadataRequest {
  /** The kind of `key`. */
  type: 'invite' | 'jid';
  /** The code at the end of an invite link, or the jid of the channel. */
  key: string;
  /** Accepted for older callers, and ignored. */
  count?: unknown;
}
/** The arguments of a command about one channel. */
export interface NewsletterRequest {
  /** The channel. */
  jid: string;
}
/** The JSON form of `NewsletterUpdateRequest`. */
export interface NewsletterUpdateRequest {
  /** The fields to change. */
  updates: NewsletterFields;
  /** The channel. */
  jid: string;
}
/** The JSON form of `NewsletterNameRequest`. */
export interface NewsletterNameRequest {
  /** The new name. */
  name: string;
  /** The channel. */
  jid: string;
}
/** The JSON form of `NewsletterDescriptionRequest`. */
export interface NewsletterDescriptionRequest {
  /** The new description. */
  description: string;
  /** The channel. */
  jid: string;
}
/** The JSON form of `NewsletterReactionRequest`. */
export interface NewsletterReactionRequest {
  /** The number of the message in the channel: `server_id` in its key. */
  serverId: string;
  /** An emoji; if missing, Wabus removes the reaction. */
  reaction?: string;
  /** The channel. */
  jid: string;
}
/** The JSON form of `NewsletterMessagesRequest`. */
export interface NewsletterMessagesRequest {
  /** How many messages to return. */
  count: number;
  /** Only messages since this time, in seconds since 1970; 0 for all. */
  since: number;
  /** Only messages after this number in the channel; 0 for all. */
  after: number;
  /** The channel. */
  jid: string;
}
/** The JSON form of `NewsletterOwnerRequest`. */
export interface NewsletterOwnerRequest {
  /** The new owner. */
  newOwnerJid: string;
  /** The channel. */
  jid: string;
}
/** The JSON form of `NewsletterDemoteRequest`. */
export interface NewsletterDemoteRequest {
  /** The admin to demote. */
  userJid: string;
  /** The channel. */
  jid: string;
}
/** The JSON form of `BusinessProfileRequest`. */
export interface BusinessProfileRequest {
  /** The fields to change. */
  args: BusinessProfileFields;
}
/** The JSON form of `CoverPhotoRequest`. */
export interface CoverPhotoRequest {
  /** Id of the cover photo. */
  id: string;
}
/** The JSON form of `CollectionsRequest`. */
export interface CollectionsRequest {
  /** The business whose collections to return; the account itself if missing. */
  jid?: string;
  /** How many collections to return. */
  limit?: number;
}
/** The JSON form of `OrderRequest`. */
export interface OrderRequest {
  /** Id of the order. */
  orderId: string;
  /** Token of the order, in base64. */
  tokenBase64: string;
}
/** The JSON form of `DeleteProductsRequest`. */
export interface DeleteProductsRequest {
  /** Ids of the products. */
  productIds: string[];
}
/** The arguments of a command about a message, which is passed as in its event. */
export interface MessageRequest {
  /** The message as in its event: `key` and `message`. */
  message: { [key: string]: unknown };
}
/** The JSON form of `ProfilePictureRequest`. */
export interface ProfilePictureRequest {
  /** The account's own jid, or a group. */
  jid: string;
  /** The picture. */
  content: MediaSource;
  /** The size to scale it to; 640 by 640 if missing. */
  dimensions?: PictureDimensions;
}
/** The JSON form of `NewsletterPictureRequest`. */
export interface NewsletterPictureRequest {
  /** The channel. */
  jid: string;
  /** The picture. */
  content: MediaSource;
}
/** The JSON form of `CoverPhotoUpdateRequest`. */
export interface CoverPhotoUpdateRequest {
  /** The photo. */
  photo: MediaSource;
}
/** The JSON form of `ProductCreateRequest`. */
export interface ProductCreateRequest {
  /** The product. */
  create: ProductCreateFields;
}
/** The JSON form of `ProductUpdateRequest`. */
export interface ProductUpdateRequest {
  /** Id of the product. */
  productId: string;
  /** The new fields. */
  update: ProductUpdateFields;
}
/** The JSON form of `QueryRequest`. */
export interface QueryRequest {
  /** The stanza, usually an `iq`. Wabus sets an id if it has none. */
  node: StanzaJson;
  /** How long to wait for the reply, in ms. */
  timeoutMs?: number;
}
/** The JSON form of `SendNodeRequest`. */
export interface SendNodeRequest {
  /** The stanza. */
  frame: StanzaJson;
}
/** The JSON form of `RelayMessageRequest`. */
export interface RelayMessageRequest {
  /** The recipient. */
  jid: string;
  /** The message as WhatsApp's protobuf `Message` in JSON, with bytes as `{type: 'Buffer', data: <base64>}`. Wabus does not check it further. */
  message: Record<string, unknown>;
  /** Options. */
  options: RelayOptions;
}
/** A file in the arguments of a command: its bytes or its source. */
export type MediaSource = MediaSourceFields | Uint8Array;
