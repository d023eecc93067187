import type { EventName, EventPayloads } from '../events/event-catalog.js';
import type { OwnEventMap } from '../events/own-events.js';

/** One field of a payload, for documents. */
export interface PayloadField {
  /** The type of the field in JSON. */
  readonly type: string;
  readonly meaning: string;
}

type Entry<Payload> = Payload extends readonly (infer Item)[] ? Item : Payload;
type FieldName<Fields> = Fields extends object ? keyof Fields & string : never;
/** All fields of the events that Wabus adds. Of Baileys' events, only the fields that programs use: WhatsApp's messages have many more. */
type PayloadFields = {
  readonly [E in EventName]: E extends keyof OwnEventMap
    ? Readonly<Record<FieldName<OwnEventMap[E]>, PayloadField>>
    : Readonly<Partial<Record<FieldName<Entry<EventPayloads[E]>>, PayloadField>>>;
};

const field =
  (type: string) =>
  (meaning: string): PayloadField => ({ type, meaning });
const text = field('string');
const textOrNull = field('string or null');
const number = field('number');
const flag = field('boolean');
const object = field('object');
const list = field('list');
const texts = field('list of strings');
const objects = field('list of objects');

const KEY = object('The key of the message: `remoteJid`, `id`, `fromMe`, and `participant` in a group.');
const CHANNEL = text('The jid of the channel.');
const CHANNEL_MESSAGE = text('The id of the message in the channel.');
const AUTHOR = {
  author: text('The person who made the change: a jid or a LID.'),
  authorPn: text('The phone number jid of `author`, if WhatsApp sends it.'),
  authorUsername: text('The user name of `author`, if WhatsApp sends it.')
};
const CHAT = {
  id: text('The jid of the chat.'),
  name: text('The name of the chat.'),
  unreadCount: number('The number of unread messages; -1 for a chat that was marked as unread.'),
  conversationTimestamp: number('When the last message arrived, in seconds since 1970.'),
  archived: flag('Whether the chat is archived.'),
  pinned: number('When the chat was pinned, in seconds since 1970; `null` or 0 if it is not.'),
  muteEndTime: number('When the chat stops being muted, in ms since 1970.'),
  ephemeralExpiration: number('The timer for disappearing messages, in seconds.')
};
const CONTACT = {
  id: text('The jid or LID of the contact.'),
  lid: text('The LID of the contact.'),
  phoneNumber: text('The phone number jid of the person.'),
  name: text('The name in the address book of the account.'),
  notify: text('The name that the contact chose.'),
  verifiedName: text('The verified name of a business.'),
  imgUrl: field('string or null')('`changed` if the picture changed; `null` if there is none.'),
  status: text('The about text.')
};
const GROUP = {
  id: text('The jid of the group.'),
  subject: text('The name of the group.'),
  desc: text('The description.'),
  owner: text('Who created the group.'),
  size: number('The number of members.'),
  announce: flag('Whether only admins can write.'),
  restrict: flag('Whether only admins can change the settings.'),
  joinApprovalMode: flag('Whether an admin must approve new members.'),
  memberAddMode: flag('Whether every member can add others.'),
  ephemeralDuration: number('The timer for disappearing messages, in seconds.'),
  inviteCode: text('The new code of the invite link.'),
  linkedParent: text('The jid of the community that the group belongs to.')
};

/** The fields of each payload. If the payload is a list, the fields of its items. */
export const EVENT_FIELDS: PayloadFields = {
  'connection.update': {
    connection: text('`connecting`, `open` or `close`.'),
    lastDisconnect: object('Why the connection closed: `error` and `date`.'),
    isNewLogin: flag('Whether the account was linked just now.'),
    qr: text('The text of the QR code. Only tokens with `control` receive it.'),
    receivedPendingNotifications: flag('Whether WhatsApp has delivered everything that arrived while the session was offline.'),
    isOnline: flag('Whether contacts see the account as online.'),
    reachoutTimeLock: object('A restriction on writing to new people: `isActive`, `timeEnforcementEnds`, `enforcementType`.')
  },
  'creds.update': { changed: texts('The names of the changed fields, without their values.') },
  'messaging-history.set': {
    chats: objects('The chats of this chunk.'),
    contacts: objects('The contacts of this chunk.'),
    messages: objects('The messages of this chunk, newest first.'),
    lidPnMappings: objects('Pairs of a LID (`lid`) and a phone number jid (`pn`).'),
    syncType: field('number or null')('The kind of sync, such as 0 for the first one and 6 for history on demand.'),
    progress: field('number or null')('How much of the sync is done, in percent.'),
    isLatest: flag('Whether this is the first chunk of a sync.'),
    chunkOrder: field('number or null')('The position of the chunk.'),
    peerDataRequestSessionId: textOrNull('The id that `fetchMessageHistory` returned, if the chunk answers that command.'),
    pastParticipants: objects('Former members of groups.')
  },
  'messaging-history.status': {
    syncType: number('The kind of sync, as in `messaging-history.set`.'),
    status: text('`complete` or `paused`.'),
    explicit: flag('Whether WhatsApp reported the end; `false` if no further chunk arrived in time.')
  },
  'chats.upsert': CHAT,
  'chats.update': CHAT,
  'lid-mapping.update': { lid: text('The LID of the person.'), pn: text('The phone number jid of the person.') },
  'chats.delete': {},
  'presence.update': {
    id: text('The jid of the chat.'),
    presences: object(
      'For each person, under their jid: `lastKnownPresence` (`available`, `unavailable`, `composing`, `recording` or `paused`) and `lastSeen`, in seconds since 1970.'
    )
  },
  'contacts.upsert': CONTACT,
  'contacts.update': CONTACT,
  'messages.delete': {
    keys: objects('The keys of the deleted messages.'),
    jid: text('The chat, if all its messages were deleted.'),
    all: flag('`true` if all messages of the chat `jid` were deleted.')
  },
  'messages.update': {
    key: KEY,
    update: object('The changed fields of the message, such as `status`, `starred`, or `message` with the new content.')
  },
  'messages.media-update': {
    key: KEY,
    media: object("The phone's encrypted response: `ciphertext` and `iv`. `downloadMedia` reads it for you."),
    error: object('Why the phone did not upload the file.')
  },
  'messages.upsert': {
    messages: objects('One message: `key`, `messageTimestamp` (seconds since 1970), `pushName` and `message`, the content.'),
    type: text('`notify`: received now. `append`: sent from another device, or received while the session was offline.'),
    requestId: text('The id that `requestPlaceholderResend` returned, if the message answers that command.')
  },
  'messages.reaction': {
    key: KEY,
    reaction: object('`text` is the emoji, empty if the reaction was removed; `key` is the key of the reaction itself.')
  },
  'message-receipt.update': {
    key: KEY,
    receipt: object('`userJid`, with `receiptTimestamp`, `readTimestamp` or `playedTimestamp` in seconds since 1970.')
  },
  'groups.upsert': { ...GROUP, participants: objects('The members: `id`, `phoneNumber`, `lid` and `admin`.') },
  'groups.update': { ...GROUP, ...AUTHOR },
  'group-participants.update': {
    id: text('The jid of the group.'),
    ...AUTHOR,
    participants: objects('The members: `id`, `phoneNumber`, `lid` and `admin`.'),
    action: text('`add`, `remove`, `promote`, `demote` or `modify` (a member has another number).')
  },
  'group.join-request': {
    id: text('The jid of the group.'),
    ...AUTHOR,
    participant: text('The person who wants to join: a jid or a LID.'),
    participantPn: text('The phone number jid of `participant`.'),
    action: text('`created`, `revoked` or `rejected`.'),
    method: text('`invite_link`, `linked_group_join` or `non_admin_add`.')
  },
  'group.member-tag.update': {
    groupId: text('The jid of the group.'),
    participant: text('The member: a jid or a LID.'),
    participantAlt: text('The other address of the member.'),
    label: text('The new label; empty if it was removed.'),
    messageTimestamp: number('When the label changed, in seconds since 1970.')
  },
  'blocklist.set': { blocklist: texts('The jids of all blocked people.') },
  'blocklist.update': { blocklist: texts('The jids of the people.'), type: text('`add` (blocked) or `remove` (unblocked).') },
  call: {
    id: text('The id of the call, as in `rejectCall`.'),
    chatId: text('The jid of the chat.'),
    from: text('The caller: a jid or a LID.'),
    callerPn: text('The phone number jid of the caller.'),
    isGroup: flag('Whether this is a group call.'),
    groupJid: text('The jid of the group.'),
    date: text('When this stage of the call happened, as an ISO time.'),
    isVideo: flag('Whether this is a video call.'),
    status: text('`offer`, `ringing`, `accept`, `reject`, `timeout`, `terminate`, and technical stages such as `preaccept`.'),
    offline: flag('Whether the call happened while the session was offline.'),
    latencyMs: number('The latency to the relay, in ms.')
  },
  'labels.edit': {
    id: text('The id of the label.'),
    name: text('The name.'),
    color: number('The color, 0 to 19.'),
    deleted: flag('Whether the label was deleted.'),
    predefinedId: text("The id of one of WhatsApp's predefined labels.")
  },
  'labels.association': {
    association: object(
      '`type` (`label_jid` for a chat, `label_message` for a message), `chatId`, `labelId`, and `messageId` for a message.'
    ),
    type: text('`add` or `remove`.')
  },
  'newsletter.reaction': {
    id: CHANNEL,
    server_id: CHANNEL_MESSAGE,
    reaction: object('`code` is the emoji, `count` the number of reactions; `removed` if it was removed.')
  },
  'newsletter.view': { id: CHANNEL, server_id: CHANNEL_MESSAGE, count: number('The number of views.') },
  'newsletter-participants.update': {
    id: CHANNEL,
    author: text('Who changed the role.'),
    user: text('Whose role changed.'),
    new_role: text('The new role, such as `ADMIN`.'),
    action: text('What happened, such as `promote`.')
  },
  'newsletter-settings.update': { id: CHANNEL, update: object('The changed settings.') },
  'message-capping.update': {
    total_quota: number('How many new chats the account may start in a cycle.'),
    used_quota: number('How many new chats the account has started.'),
    cycle_start_timestamp: text('When the cycle began, in seconds since 1970.'),
    cycle_end_timestamp: text('When the cycle ends, in seconds since 1970.'),
    server_sent_timestamp: text('When WhatsApp sent this, in seconds since 1970.'),
    capping_status: text('`NONE`, `FIRST_WARNING`, `SECOND_WARNING` or `CAPPED`.'),
    ote_status: text("WhatsApp's status of a one-time extension."),
    mv_status: text("WhatsApp's status of Meta Verified.")
  },
  'chats.lock': { id: text('The jid of the chat.'), locked: flag('Whether the chat is locked now.') },
  'settings.update': {
    setting: text('The name of the setting, such as `unarchiveChats`, `locale` or `timeFormat`.'),
    value: field('any')('The new value.')
  },
  'auth.qr': {
    qr: text('The text of the QR code.'),
    ttlMs: number('How long the code is valid, in ms from `at`.'),
    attempt: number('1 for the first QR code of this attempt to link.'),
    at: text('When the code was issued, as an ISO time.')
  },
  'auth.pairing-code': {
    code: textOrNull('Eight characters, without a dash. `null` if the previous code is invalid and a person must request another.'),
    at: text('When the code was issued, as an ISO time.')
  },
  'auth.passkey': {
    stage: textOrNull(
      '`assertion`, `sending`, `waiting-for-phone`, `confirmation`, `finishing` or `failed`; `null` when the link has ended.'
    ),
    requestedAt: text('When WhatsApp asked for the passkey, as an ISO time.'),
    expiresAt: textOrNull('When the stage ends if nothing happens, as an ISO time.'),
    code: textOrNull('The code to compare, once the phone has answered.'),
    compare: flag('Whether somebody has to compare the code.'),
    error: field('object or null')('Why the link failed: `reason`, `step` and `statusCode`.'),
    at: text('When this stage began, as an ISO time.')
  },
  'session.status': {
    session: text('The id of the session.'),
    state: text('`stopped`, `starting`, `connecting`, `pairing`, `open`, `waiting`, `logged-out` or `failed`.'),
    connector: textOrNull('The connector that owns the session.'),
    epoch: number('The epoch of the owner. It grows with each takeover.'),
    account: field('object or null')('The linked account: `id`, `lid`, `name` and `platform`.'),
    lastDisconnect: field('object or null')(
      'The last disconnection: `code`, `reason`, `message`, `at`, `willReconnect`, `nextAttemptAt` and more.'
    ),
    failures: number('How many connections in a row ended before they were stable.'),
    reconnectLoopSince: textOrNull('When the reconnect loop of the session began, as an ISO time.'),
    lastInboundAt: textOrNull('When the last data from WhatsApp arrived, as an ISO time.'),
    clientVersion: textOrNull('The version of WhatsApp Web that the last connection presented.'),
    clientExpiresAt: textOrNull('When WhatsApp will refuse that version, as an ISO time.'),
    lastMessageAt: textOrNull('When the last message from somebody else arrived, as an ISO time.'),
    resendsHeldBackAt: textOrNull('When the session last held back requested resends, as an ISO time.'),
    restriction: field('object or null')('A restriction on writing to new people: `kind` and `until`.'),
    newChats: field('object or null')('The quota for new chats: `total`, `used`, `state` and `cycleEnd`.'),
    counters: object('Totals over the lifetime of the session.'),
    snapshots: texts('When the credentials that `restoreSession` can restore were saved, newest first.'),
    passkey: field('object or null')('The stage of a passkey link.'),
    appeal: field('object or null')('Never part of the event; see `getSession`.'),
    updatedAt: text('When the status was written, as an ISO time.')
  },
  'message.progress': {
    id: text('The id of the message, as in the reply of the command.'),
    chat: text('The jid of the chat.'),
    correlation: text('`options.correlation` of the command, otherwise its idempotency key, otherwise the id of the message.'),
    stage: text('`accepted`, `failed`, `server-ack`, `delivered`, `read` or `played`.'),
    at: text('When the message reached the stage, as an ISO time.'),
    participant: text('The person who received or read the message first, in groups and for status posts.'),
    skippedDevices: texts('With `server-ack`: devices that did not get the message because WhatsApp has no keys for them.'),
    error: object('With `failed`: the error of the command.')
  },
  'message.poll-vote': {
    key: object('The key of the poll.'),
    voteKey: object('The key of the message with the vote.'),
    voter: text('The jid of the voter.'),
    name: text('The question; missing if it is not known.'),
    options: texts('The names of all chosen options; empty if the vote was withdrawn.'),
    unknownOptions: texts('SHA-256, in hex, of options whose names are not known.'),
    at: field('number or null')('When the vote was cast, in ms since 1970.')
  },
  'message.unopened': {
    key: object('The key of the message that arrived.'),
    about: object('The key of the message that it refers to, as far as known.'),
    kind: text('`edit`, `poll-vote`, `event-response`, `reaction`, `comment` or `bot-answer`.'),
    reason: text('`secret-unknown`, `undecryptable` or `unsupported`.')
  },
  'whatsapp.notification': {
    kind: text('The type of the notification: `w:gp2` for groups, `business`, `devices`, `contacts`, `mex` and more.'),
    action: textOrNull('What happened.'),
    id: text('The id of the stanza.'),
    from: textOrNull('The person, group or channel; `null` if it comes from the server itself.'),
    participant: text('The author, if the stanza names one.'),
    at: textOrNull('The time that WhatsApp reported, as an ISO time.'),
    attributes: object('The attributes of the stanza. Secrets are `<redacted>`.'),
    content: list('The elements of the stanza, without secrets.'),
    data: field('any')('For the kind `mex`: the data of the operation.')
  },
  'app-state.collection-failed': {
    collection: text('`critical_block`, `critical_unblock_low`, `regular_high`, `regular_low` or `regular`.'),
    reason: text('`refused`, `unverified` or `keys-missing`.'),
    code: field('number or null')("WhatsApp's code, for the reason `refused`.")
  }
};
