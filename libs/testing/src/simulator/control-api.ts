import type { MigrateArgs } from './addressing-api.js';
import type {
  Acknowledgements,
  AssertPasskeyArgs,
  ExportedPasskey,
  LinkingTerms,
  LinkOutcome,
  PasskeyAssertion,
  PasskeyExchangeReport,
  PasskeyPublicKey,
  PasskeyTerms,
  RefreshForm,
  SimulatedConnection,
  UnlinkedClient
} from './linking-api.js';
import type { AppStateTerms } from './app-state-api.js';
import type { RecordedPayload } from './client-payload-api.js';
import type { HistoryChunk, HistoryTerms } from './history-api.js';
import type { AnswerAsAssistantArgs, OpenedPart, SendPartArgs } from './secret-parts-api.js';
import type { ReachReport, ReachTerms, SetReachArgs } from './reach-api.js';
import type { VersionReport, VersionTerms } from './version-api.js';
import type { Page, PageArgs, PhoneDelivery, StormArgs, StormMessage, StormProgress, StormSignal } from './storm-api.js';

/**
 * The simulator's control API: every operation on the simulated WhatsApp for tests, the demo and benchmarks.
 *
 * One row per operation.
 * It is sent as `POST <controlUrl>/<operation>` with the JSON arguments as body; the response is the JSON result, or status 400 with `{error}`.
 * Accounts are identified by phone number or by a jid of either addressing.
 * The simulator binds only to loopback and has no access control: it has no real account.
 */
export interface SimulatorControl {
  /** Registers an account: a phone that can be paired, and a contact that can send messages. Missing fields are generated, deterministically per simulator. */
  createAccount(args: CreateAccountArgs): SimulatedAccount;
  listAccounts(args: Record<string, never>): SimulatedAccount[];
  /** Moves an account to LIDs: from now on it must send to LIDs, and a device that was linked before learns this in one of two ways. */
  migrate(args: MigrateArgs): Record<string, never>;
  /**
   * Registers the number again: a different phone with other keys, under a different LID, in no group.
   * Messages to the previous LID are acknowledged with `refresh_lid` and not delivered.
   */
  registerAgain(args: { phoneNumber: string }): SimulatedAccount;

  /**
   * Scans a QR text with the account's phone. Resolves when the companion has signed the pairing, or when the phone requests a passkey.
   * The first scan of a connection makes the service refresh the registration and fails with the reason `registration-refreshed`: scan the text that is shown
   * next, as a person would, or use `scanUntilLinked`.
   */
  scanQr(args: { phoneNumber: string; qr: string }): LinkOutcome;
  /** Enters the eight-character code on the account's phone. Waits up to `waitMs` (default 10,000) for the companion's request. */
  enterPairingCode(args: { phoneNumber: string; code: string; waitMs?: number }): LinkOutcome;
  /** Removes a linked device on the phone (all of them if `device` is missing): the companion is logged out with 401. */
  unlinkDevice(args: { phoneNumber: string; device?: number }): { removed: number };

  /** Changes how strict the service is toward unlinked clients, from now on; returns all terms in force. */
  setLinking(args: Partial<LinkingTerms>): LinkingTerms;
  /** Changes which client versions the service accepts, and how its page responds, from now on; returns all terms in force. */
  setVersions(args: Partial<VersionTerms>): VersionReport;
  /**
   * Announces to an account's online linked devices when the service will refuse their version: `t` is seconds since 1970 as text, or any other text.
   * Without `t`, the service withdraws the announcement.
   */
  announceExpiration(args: { phoneNumber: string; t?: string }): { devices: number };
  /** Changes how the phone of an account sends its history, from now on; returns all terms in force. */
  setHistory(args: Partial<HistoryTerms> & { phoneNumber: string }): HistoryTerms;
  /** Returns the history chunks that the phone of an account has sent, in order. */
  historyChunks(args: { phoneNumber: string }): HistoryChunk[];
  /** Changes how the server treats the app state of an account, from now on; returns all terms in force. */
  setAppState(args: Partial<AppStateTerms> & { phoneNumber: string }): AppStateTerms;
  /** Creates a new app state key on the account's phone without sharing it: devices that need it must request it. */
  renewAppStateKey(args: { phoneNumber: string }): Record<string, never>;
  /** Returns the payloads of clients at logins and registrations, oldest first: all, or the logins of an account. */
  clientPayloads(args: { phoneNumber?: string }): RecordedPayload[];
  /** Changes how status posts are delivered, from now on; returns all terms in force. */
  setQueue(args: Partial<QueueTerms>): QueueTerms;
  /** Makes the service refuse these stored queries with 400 as unknown, from now on. */
  setRefusedQueries(args: { queryIds: string[] }): Record<string, never>;
  /** Changes whom an account may contact, from now on; returns the terms in force. */
  setReach(args: SetReachArgs): ReachReport;
  /** Returns whom an account may contact, and the outcome of its attempts since start. */
  reach(args: { phoneNumber: string }): ReachReport;
  /** Changes how strict the service is about new chats, for all accounts; returns all terms in force. */
  setReachTerms(args: Partial<ReachTerms>): ReachTerms;
  /** Sends a contact's token to an account, as after a first reply; the token was created this many days ago. */
  issueToken(args: { from: string; to: string; daysAgo?: number }): Record<string, never>;
  /** Returns the live connections: all, or those of an account. */
  connections(args: { phoneNumber?: string }): SimulatedConnection[];
  /** Returns notifications and their acknowledgements: all, or those of one account or connection. Waits up to `waitMs` until none is missing. */
  acknowledgements(args: { phoneNumber?: string; connection?: string; waitMs?: number }): Acknowledgements;
  /**
   * Requires an unlinked client to renew its registration.
   * If the client is identified by its QR text, the secret in that text is refused from then on, even if the client acknowledges the notification and keeps the
   * secret. The forms alternate unless `form` is given.
   */
  refreshRegistration(args: UnlinkedClient & { form?: RefreshForm }): { connection: string; id: string };
  /** Declares the code that a client shows as used up. `oldReference` names a reference other than the one in force. */
  refreshPairingCode(args: UnlinkedClient & { forceManual: boolean; oldReference?: boolean }): { connection: string; id: string };

  /** Changes whether linking a device to the account requires a passkey, and how; missing fields stay unchanged. */
  setPasskey(args: Partial<PasskeyTerms> & { phoneNumber: string }): PasskeyTerms;
  /** Signs with the passkey of the account's phone, as a browser does on WhatsApp's page. */
  assertPasskey(args: AssertPasskeyArgs): PasskeyAssertion;
  /** Replaces the account's passkey with an external one, such as that of a browser's virtual authenticator. `credentialId` is base64 or base64url. */
  registerPasskey(args: { phoneNumber: string; credentialId: string; publicKey: PasskeyPublicKey }): Record<string, never>;
  exportPasskey(args: { phoneNumber: string }): ExportedPasskey;
  /** Returns the code that the account's phone shows; waits up to `waitMs` (default 10,000) for it. */
  passkeyCode(args: { phoneNumber: string; waitMs?: number }): { code: string };
  /** Reports on the phone whether the codes are equal, for accounts with `phoneConfirms`. Waits up to `waitMs` (default 10,000) for the question. */
  confirmPasskey(args: { phoneNumber: string; equal: boolean; waitMs?: number }): Record<string, never>;
  /** Repeats the service's request in an ongoing exchange. */
  repeatPasskeyRequest(args: { phoneNumber: string }): { id: string };
  /** Returns the passkey exchanges since start, oldest first: all, or those of an account. */
  passkeyExchanges(args: { phoneNumber?: string }): PasskeyExchangeReport[];

  /**
   * Deletes the Signal sessions of a contact's phone, or its sender keys of groups: the phone cannot read the next message and requests it again from the
   * sender. With `unreadable`, it cannot read that number of following messages at all, including resent ones.
   */
  forgetSessions(args: { phoneNumber: string; what?: 'sessions' | 'sender-keys'; unreadable?: number }): Record<string, never>;
  /** Changes how many messages a device may resend before its account is locked, from now on; returns all terms in force. */
  setResends(args: Partial<ResendTerms>): ResendTerms;
  /** Returns the messages that the linked devices of an account have resent. With `unlock`, the lock ends and counting starts again. */
  resends(args: { phoneNumber: string; unlock?: boolean }): ResendReport;

  /** Sends a message from a contact to an account, Signal-encrypted for each linked device. `message` is `proto.IMessage` as JSON (bytes as base64). */
  sendMessage(args: SendMessageArgs): { id: string };
  /** `announcements`: the announcement group of a community, in which phones encrypt reactions and comments, and ignore unencrypted ones. */
  createGroup(args: { subject: string; owner: string; members: string[]; addressing?: Addressing; announcements?: boolean }): {
    groupJid: string;
  };
  /** Sends a member's message to a group, with sender keys, to the linked devices of every other member. */
  sendGroupMessage(args: { from: string; groupJid: string; message: object; id?: string; plainEdit?: boolean }): { id: string };
  /** Sends content from a phone that is encrypted with the secret of another message: an edit, a vote, a response to an event, a reaction or a comment. */
  sendPart(args: SendPartArgs): { id: string };
  /** Sends a prompt to an assistant from the account's phone, in the private chat with it. */
  askAssistant(args: { from: string; text: string }): { id: string };
  /** Answers a prompt as an assistant, in a private chat or a group; resolves with the ids of the parts. */
  answerAsAssistant(args: AnswerAsAssistantArgs): { ids: string[] };
  /**
   * Returns what a contact's phone has received and decrypted, oldest first.
   * Waits up to `waitMs` until there are `atLeast` messages, then returns what there is.
   */
  received(args: { phoneNumber: string; from?: string; atLeast?: number; waitMs?: number }): ReceivedMessage[];
  /** Returns the receipts that a contact's phone received for its messages, oldest first; waits like `received`. */
  receipts(args: { phoneNumber: string; messageId?: string; atLeast?: number; waitMs?: number }): ReceivedReceipt[];
  /** Sends receipts from a contact's phone for messages that an account sent to it. */
  sendReceipt(args: {
    from: string;
    to: string;
    ids: string[];
    type: 'delivered' | 'read' | 'played';
    groupJid?: string;
  }): Record<string, never>;
  /** Makes a contact reply automatically: it answers every text with `prefix` followed by the text. */
  setAutoReply(args: { phoneNumber: string; prefix: string | null }): Record<string, never>;
  /** Makes a contact send a numbered text to an account every `everyMs`; `everyMs: null` stops it. */
  setChatter(args: { from: string; to: string; everyMs: number | null }): Record<string, never>;

  /** Starts a storm, in which contacts send many numbered texts. Only one storm runs at a time; a new one discards the data of the last. */
  startStorm(args: StormArgs): Record<string, never>;
  /** Resolves when the message in progress has been sent; the data of the storm stays available. */
  stopStorm(args: Record<string, never>): StormProgress;
  stormProgress(args: Record<string, never>): StormProgress;
  /** Returns what contacts sent in the storm, in the order of sending. */
  stormMessages(args: PageArgs): Page<StormMessage>;
  stormSignals(args: PageArgs): Page<StormSignal>;
  /** Returns what a contact's phone received from linked devices, by message id, in the order of the first copies. */
  deliveries(args: PageArgs & { phoneNumber: string }): Page<PhoneDelivery>;

  /** Triggers one event of Baileys' event map on every linked device of an account; `contact` is the other side if the event needs one. */
  provoke(args: { event: string; phoneNumber: string; contact?: string; groupJid?: string }): { note: string };
  /** Returns the events that `provoke` supports, with what the simulator does for each, and for impossible ones the reason. */
  stimuli(args: Record<string, never>): { event: string; does: string; possible: boolean }[];

  /**
   * Adds a device to an account to which no client connects: what is sent to it stays unconfirmed. Without `keys`, the service has none for it.
   * Contacts and own devices are notified unless `silently` is set: then only the `phash` of acks shows it.
   * A `hosted` device is run for a business (`@hosted`, `@hosted.lid`).
   */
  addDevice(args: { phoneNumber: string; keys?: boolean; silently?: boolean; hosted?: boolean }): { device: number; lidJid: string };
  /** Returns the live and the known linked devices of an account. */
  devices(args: { phoneNumber: string }): SimulatedDevice[];
  /** Waits up to `waitMs` (default 10,000) until a linked device of the account is (not) connected and drained; fails after that. */
  awaitDevice(args: { phoneNumber: string; online: boolean; waitMs?: number }): SimulatedDevice[];
  /** Returns the periods in which devices were logged in, oldest login first: of one account, or of all. */
  logins(args: { phoneNumber?: string }): LoginPeriod[];
  /**
   * Closes live connections of an account: an abrupt TCP reset, a plain WebSocket close, or a stream error with a code (401, 403, 411, 440, 500, 503, 515 …).
   */
  disconnect(args: { phoneNumber: string; how: 'reset' | 'close' | 'stream-error'; code?: number; conflict?: boolean }): { closed: number };
  /** Replaces the fault settings of an account (or of all, if `phoneNumber` is missing); an empty object clears them. */
  setFaults(args: { phoneNumber?: string; faults: Faults }): Record<string, never>;
  /**
   * Sends one stanza unchanged: `{tag, attrs, content}` with bytes as `{base64}`.
   * It is queued like any stanza unless `volatile`; to a `connection`, linked or not, it is written immediately.
   */
  sendStanza(args: { phoneNumber?: string; connection?: string; stanza: StanzaJson; volatile?: boolean }): Record<string, never>;
  /**
   * Encrypts texts for the first linked device of an account without sending them; the authors (members of the group, if there is one) take turns.
   * Resolves when they are ready. Until they are sent, the authors should send nothing else to that device.
   */
  prepareLoad(args: { to: string; from: string[]; messages: number; groupJid?: string; textLength?: number }): { load: string };
  /**
   * Starts to send prepared loads of different devices at the same time.
   * A device has at most `window` (default 64) unconfirmed stanzas; `perSecond` is the rate over all devices; without it, sending is as fast as the devices
   * confirm.
   */
  startLoad(args: { loads: string[]; window?: number; perSecond?: number }): { run: string };
  /** Resolves when every message of a run is confirmed by receipt or ack; fails after `waitMs` (default 120,000) and can then be awaited again. */
  awaitLoad(args: { run: string; waitMs?: number; sendings?: boolean }): LoadReport;
  /** Returns counters since start: connections, conflicts, messages in and out, iqs by `xmlns/tag`, undelivered stanzas, accepted logins. */
  stats(args: Record<string, never>): SimulatorStats;
}

export type Operation = keyof SimulatorControl;
export type Args<K extends Operation> = Parameters<SimulatorControl[K]>[0];
export type Result<K extends Operation> = ReturnType<SimulatorControl[K]>;

export type Addressing = 'pn' | 'lid';

export interface CreateAccountArgs {
  phoneNumber?: string;
  name?: string;
  advertisePhone?: boolean;
  /** Whether its direct messages use LIDs, as they must since 2026; otherwise phone numbers. Default: true. */
  migrated?: boolean;
  /** The service reveals the LID of the number to nobody. Default: false. */
  lidHidden?: boolean;
  /** Others have only its LID, permanently. Default: false. */
  hidesNumber?: boolean;
  username?: string;
}

export interface SimulatedAccount {
  phoneNumber: string;
  name: string;
  /** `<phone number>@s.whatsapp.net` */
  pnJid: string;
  /** `<lid user>@lid` */
  lidJid: string;
}

export interface SendMessageArgs {
  from: string;
  to: string;
  message: object;
  id?: string;
  addressing?: Addressing;
  /** Sends without Signal: Baileys accepts a `<plaintext>` child. For tests that do not concern encryption. */
  plaintext?: boolean;
  /** Sends an edit in the former, plain form; otherwise it is encrypted with the secret of the edited message, as phones do. */
  plainEdit?: boolean;
  /** A status post of `from` that `to` may see, from `status@broadcast`. */
  status?: boolean;
}

/** How the offline queue of the service treats status posts. */
export interface QueueTerms {
  /** The tag of a status post: `status` since July 2026, `message` before. */
  statusStanza: 'status' | 'message';
  /** How long a delivered `<status>` may stay unacknowledged before the stream ends, in ms. */
  statusAckMs: number;
  /** Delivers only as much of a backlog as the client requested, instead of all of it at the first request. */
  batches: boolean;
}

/** How many messages a device may resend in one chat. */
export interface ResendTerms {
  /** Exceeding this number within the window locks the account. */
  perChat: number;
  windowMs: number;
}

/** The messages that an account's devices have resent. */
export interface ResendReport {
  resends: number;
  /** Of these, the group messages that were resent to the whole group. */
  toAll: number;
  /** The maximum within one window in one chat. */
  most: number;
  locked: boolean;
}

export interface ReceivedMessage {
  id: string;
  /** The jid of the account that sent it. */
  from: string;
  /** The chat: the contact's own jid, a group or a broadcast. */
  chat: string;
  /** Text of the message, if it has one. */
  text: string | null;
  /** `proto.IMessage` as JSON, bytes as base64. */
  message: object;
  /** The content that the phone decrypted with the secret of another message; missing if it could not. */
  opened?: OpenedPart;
}

export interface ReceivedReceipt {
  id: string;
  from: string;
  type: string;
}

export interface SimulatedDevice {
  device: number;
  /** Connected, and past the stanzas that it had missed. */
  online: boolean;
  /** Number of stanzas, sent or queued, that the device has not confirmed yet. */
  unconfirmed: number;
  logins: number;
}

/** One login of a linked device. Times are ms of the wall clock. */
export interface LoginPeriod {
  phoneNumber: string;
  device: number;
  from: number;
  /** `null` while it lasts. */
  to: number | null;
  /**
   * `closed`: the connection ended; `replaced`: a newer login of the device ended it with a conflict; `overlapped`: a newer login arrived and this one was not
   * notified, which must never happen. `null` while it lasts.
   */
  end: 'closed' | 'replaced' | 'overlapped' | null;
}

/** Attributes of a `<failure>`; `reason` is its code. */
export interface LoginRefusalAttributes {
  reason: number;
  [attribute: string]: string | number;
}

export interface Faults {
  /** Fraction of outgoing stanzas to drop, 0 to 1 (spread evenly: 0.25 drops every fourth), or a stanza tag to drop. */
  drop?: number | string;
  delayMs?: number;
  /** Sends every outgoing message stanza twice. */
  duplicate?: boolean;
  /** Reads and answers nothing at all, including handshakes and pings, but keeps the connection open. */
  silent?: boolean;
  /** The HTTP status that refuses the WebSocket upgrade (for the whole simulator only). */
  refuseUpgradeWith?: number;
  /**
   * The reason of the `<failure>` that refuses a login, such as 401, 403, 405, 503; or attributes that replace those that the simulator adds to 402, 403 and
   * 406.
   */
  refuseLoginWith?: number | LoginRefusalAttributes;
  /** Iqs of these `xmlns` get no answer. */
  unanswered?: string[];
}

export interface StanzaJson {
  tag: string;
  attrs: Record<string, string>;
  content?: string | { base64: string } | StanzaJson[];
}

/** The measurements of a load. Times are ms of the wall clock with a fraction. */
export interface LoadReport {
  messages: number;
  startedAt: number;
  /** Time at which the last message was sent. */
  sentAt: number;
  /** Time at which the last message was confirmed. */
  confirmedAt: number;
  /** CPU time of the simulator between the start and the last confirmation, in ms. */
  cpuMs: number;
  /** Time at which each message was sent, by id, in the order of sending; only on request. */
  sendings?: { id: string; at: number }[];
}

export interface SimulatorStats {
  connections: number;
  logins: number;
  conflicts: number;
  messagesToDevices: number;
  messagesFromDevices: number;
  /** Requests to resend an unreadable message: by linked devices, and by phones. */
  retriesByDevices: number;
  retriesByPhones: number;
  /** Pings of the service to linked devices, and their answers. */
  pings: number;
  pongs: number;
  /** The longest time that a status post waited for its ack on one connection, in ms. */
  slowestPostAckMs: number;
  unconfirmed: number;
  iqs: Record<string, number>;
}

/** The line of JSON that `apps/simulator` prints to standard output when it listens. */
export interface SimulatorReady {
  /** For Baileys' `waWebSocketUrl`. */
  url: string;
  controlUrl: string;
  /** The public root key of the Noise certificate chain, base64. */
  rootPublicKey: string;
}
