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
 * The simulator's control API: everything a test, the demo or a benchmark may ask of the simulated WhatsApp.
 *
 * One row per operation. It travels as `POST <controlUrl>/<operation>` with the JSON arguments as body and answers the JSON result, or
 * status 400 with `{error}`. Accounts are named by phone number; a jid of either addressing does as well. The simulator binds to loopback
 * only and has no access control: it holds no real account.
 */
export interface SimulatorControl {
  /** Registers an account: a phone that can be paired with, and a contact that can write. Missing fields are invented, deterministically per simulator. */
  createAccount(args: CreateAccountArgs): SimulatedAccount;
  listAccounts(args: Record<string, never>): SimulatedAccount[];
  /** Moves an account to LIDs: from now on it must write to LIDs, and a device that was linked before learns it in one of two ways. */
  migrate(args: MigrateArgs): Record<string, never>;
  /**
   * Somebody registers the number again: another phone with other keys, under another LID, in no group. What is sent to the previous LID is
   * acknowledged with `refresh_lid` and gets nowhere.
   */
  registerAgain(args: { phoneNumber: string }): SimulatedAccount;

  /**
   * The account's phone scans a QR text. Settles when the companion has signed the pairing, or when the phone asks for a passkey. The first scan of a
   * connection makes the service refresh the registration and is refused with the reason `registration-refreshed`: scan what is shown then, as a
   * person would, or use `scanUntilLinked`.
   */
  scanQr(args: { phoneNumber: string; qr: string }): LinkOutcome;
  /** The account's owner types the eight-character code. Waits up to `waitMs` (default 10,000) for the companion's request. */
  enterPairingCode(args: { phoneNumber: string; code: string; waitMs?: number }): LinkOutcome;
  /** The owner removes a linked device (all of them when `device` is missing): the companion is logged out with 401. */
  unlinkDevice(args: { phoneNumber: string; device?: number }): { removed: number };

  /** Changes how strict the service is toward clients that are not linked, from now on; answers all that is in force. */
  setLinking(args: Partial<LinkingTerms>): LinkingTerms;
  /** Changes which versions of the client the service takes, and how its page answers, from now on; answers all that is in force. */
  setVersions(args: Partial<VersionTerms>): VersionReport;
  /**
   * The service tells the linked devices of an account that are online when it will refuse the version they present: `t` is seconds since 1970 as text, or
   * any other text. Without `t` it takes the announcement back.
   */
  announceExpiration(args: { phoneNumber: string; t?: string }): { devices: number };
  /** Changes how the phone of an account hands out its history, from now on; answers all that is in force. */
  setHistory(args: Partial<HistoryTerms> & { phoneNumber: string }): HistoryTerms;
  /** What the phone of an account has sent of its history, in order. */
  historyChunks(args: { phoneNumber: string }): HistoryChunk[];
  /** Refuses the next changes of the synchronized state of an account; answers all that is in force. */
  setAppState(args: Partial<AppStateTerms> & { phoneNumber: string }): AppStateTerms;
  /** The phone of an account makes a new key for its synchronized state and gives it to no device: those that need it have to ask. */
  renewAppStateKey(args: { phoneNumber: string }): Record<string, never>;
  /** What clients said of themselves when they logged in or registered, oldest first: all, or the logins of an account. */
  clientPayloads(args: { phoneNumber?: string }): RecordedPayload[];
  /** Changes how status posts are delivered, from now on; answers all that is in force. */
  setQueue(args: Partial<QueueTerms>): QueueTerms;
  /** Stored queries that the service knows no more and refuses with 400, from now on. */
  setRefusedQueries(args: { queryIds: string[] }): Record<string, never>;
  /** Changes whom an account may write to, from now on; answers what is in force. */
  setReach(args: SetReachArgs): ReachReport;
  /** Whom an account may write to, and what came of its attempts since start. */
  reach(args: { phoneNumber: string }): ReachReport;
  /** Changes how strict the service is about new chats, for all accounts; answers all that is in force. */
  setReachTerms(args: Partial<ReachTerms>): ReachTerms;
  /** A contact's phone gives an account its token, as after a first answer; made this many days ago. */
  issueToken(args: { from: string; to: string; daysAgo?: number }): Record<string, never>;
  /** The live connections: all, or those of an account. */
  connections(args: { phoneNumber?: string }): SimulatedConnection[];
  /** Notifications and their acks: of everybody, of one account or of one connection. Waits up to `waitMs` until none is missing. */
  acknowledgements(args: { phoneNumber?: string; connection?: string; waitMs?: number }): Acknowledgements;
  /**
   * The service tells an unlinked client that its registration must be renewed. When the client is named by the QR text it shows, the secret in
   * that text is refused from then on even if the client acknowledges and keeps it. The forms take turns unless one is asked for.
   */
  refreshRegistration(args: UnlinkedClient & { form?: RefreshForm }): { connection: string; id: string };
  /** The service declares the code that a client shows used up. `oldReference` names a reference that is not the one in force. */
  refreshPairingCode(args: UnlinkedClient & { forceManual: boolean; oldReference?: boolean }): { connection: string; id: string };

  /** Whether linking a device to the account takes a passkey, and how; fields that are missing stay as they are. */
  setPasskey(args: Partial<PasskeyTerms> & { phoneNumber: string }): PasskeyTerms;
  /** The passkey of the account's phone signs, as a browser on WhatsApp's page would let it. */
  assertPasskey(args: AssertPasskeyArgs): PasskeyAssertion;
  /** Replaces the account's passkey by one that somebody else holds, such as a browser's virtual authenticator. `credentialId` is base64 or base64url. */
  registerPasskey(args: { phoneNumber: string; credentialId: string; publicKey: PasskeyPublicKey }): Record<string, never>;
  exportPasskey(args: { phoneNumber: string }): ExportedPasskey;
  /** The code that the account's phone shows; waits up to `waitMs` (default 10,000) for it. */
  passkeyCode(args: { phoneNumber: string; waitMs?: number }): { code: string };
  /** The owner says on the phone whether the codes are equal; for accounts with `phoneConfirms`. Waits up to `waitMs` (default 10,000) for the question. */
  confirmPasskey(args: { phoneNumber: string; equal: boolean; waitMs?: number }): Record<string, never>;
  /** The service asks once more in an exchange that is under way. */
  repeatPasskeyRequest(args: { phoneNumber: string }): { id: string };
  /** Passkey exchanges since start, oldest first: all, or those of an account. */
  passkeyExchanges(args: { phoneNumber?: string }): PasskeyExchangeReport[];

  /**
   * A contact's phone loses its Signal sessions, or the sender keys of its groups: it cannot read the next message and asks the sender for it again. With `unreadable` it cannot
   * read the next so many messages of others at all, those that are sent again included.
   */
  forgetSessions(args: { phoneNumber: string; what?: 'sessions' | 'sender-keys'; unreadable?: number }): Record<string, never>;
  /** Changes how much a device may send again before its account is locked, from now on; answers all that is in force. */
  setResends(args: Partial<ResendTerms>): ResendTerms;
  /** What the linked devices of an account have sent again. With `unlock`, a lock ends and counting starts again. */
  resends(args: { phoneNumber: string; unlock?: boolean }): ResendReport;

  /** A contact writes to an account, Signal-encrypted for each linked device. `message` is `proto.IMessage` as JSON (bytes as base64). */
  sendMessage(args: SendMessageArgs): { id: string };
  /** `announcements`: the group of a community in which phones encrypt reactions and comments, and show no others. */
  createGroup(args: { subject: string; owner: string; members: string[]; addressing?: Addressing; announcements?: boolean }): {
    groupJid: string;
  };
  /** A member writes to a group, with sender keys, to the linked devices of every other member. */
  sendGroupMessage(args: { from: string; groupJid: string; message: object; id?: string; plainEdit?: boolean }): { id: string };
  /** A phone sends what it encrypts under the secret of another message: an edit, a vote, an answer to an event, a reaction or a comment. */
  sendPart(args: SendPartArgs): { id: string };
  /** The owner of an account asks an assistant at the phone, in the private chat with it. */
  askAssistant(args: { from: string; text: string }): { id: string };
  /** An assistant answers a prompt, in a private chat or a group; settles with the ids of the parts. */
  answerAsAssistant(args: AnswerAsAssistantArgs): { ids: string[] };
  /** What a contact's phone has received and decrypted, oldest first. Waits up to `waitMs` until `atLeast` messages are there, then answers what there is. */
  received(args: { phoneNumber: string; from?: string; atLeast?: number; waitMs?: number }): ReceivedMessage[];
  /** Receipts that a contact's phone got for what it sent, oldest first; waits like `received`. */
  receipts(args: { phoneNumber: string; messageId?: string; atLeast?: number; waitMs?: number }): ReceivedReceipt[];
  /** A contact's phone confirms messages that an account sent to it. */
  sendReceipt(args: {
    from: string;
    to: string;
    ids: string[];
    type: 'delivered' | 'read' | 'played';
    groupJid?: string;
  }): Record<string, never>;
  /** Makes contacts answer automatically: every text they get is answered with `prefix` and the text. */
  setAutoReply(args: { phoneNumber: string; prefix: string | null }): Record<string, never>;
  /** A contact writes a numbered text to an account every `everyMs`, until stopped with `everyMs: null`. */
  setChatter(args: { from: string; to: string; everyMs: number | null }): Record<string, never>;

  /** Lets contacts write many numbered texts; one storm at a time, a new one forgets the last. */
  startStorm(args: StormArgs): Record<string, never>;
  /** Settles when the message under way is sent; what was sent stays known. */
  stopStorm(args: Record<string, never>): StormProgress;
  stormProgress(args: Record<string, never>): StormProgress;
  /** What contacts wrote in the storm, in the order of sending. */
  stormMessages(args: PageArgs): Page<StormMessage>;
  stormSignals(args: PageArgs): Page<StormSignal>;
  /** What came to a contact's phone from linked devices, by message id, in the order of the first copies. */
  deliveries(args: PageArgs & { phoneNumber: string }): Page<PhoneDelivery>;

  /** Provokes one event of Baileys' event map on every linked device of an account; `contact` is the other side where the event needs one. */
  provoke(args: { event: string; phoneNumber: string; contact?: string; groupJid?: string }): { note: string };
  /** The events `provoke` knows, with what the simulator does for each, and why one cannot be provoked when that is so. */
  stimuli(args: Record<string, never>): { event: string; does: string; possible: boolean }[];

  /**
   * Adds a device to an account that nobody connects as: what is sent to it stays unconfirmed. Without `keys` the service has none to hand out. Contacts and own devices
   * hear of it unless `silently`: then only the `phash` of acks tells. A `hosted` one is run for a business (`@hosted`, `@hosted.lid`).
   */
  addDevice(args: { phoneNumber: string; keys?: boolean; silently?: boolean; hosted?: boolean }): { device: number; lidJid: string };
  /** Live and known linked devices of an account. */
  devices(args: { phoneNumber: string }): SimulatedDevice[];
  /** Waits up to `waitMs` (default 10,000) until a linked device of the account is (not) connected and drained; fails when time is up. */
  awaitDevice(args: { phoneNumber: string; online: boolean; waitMs?: number }): SimulatedDevice[];
  /** From when to when devices were logged in, oldest login first: of one account, or of all. */
  logins(args: { phoneNumber?: string }): LoginPeriod[];
  /** Closes live connections of an account: an abrupt TCP reset, a plain WebSocket close, or a stream error with a code (401, 403, 411, 440, 500, 503, 515 …). */
  disconnect(args: { phoneNumber: string; how: 'reset' | 'close' | 'stream-error'; code?: number; conflict?: boolean }): { closed: number };
  /** Replaces the fault settings of an account (or of all, when `phoneNumber` is missing); an empty object clears them. */
  setFaults(args: { phoneNumber?: string; faults: Faults }): Record<string, never>;
  /**
   * Sends one stanza as it is: `{tag, attrs, content}` with bytes as `{base64}`. Queued like any stanza unless `volatile`; to a `connection`, linked
   * or not, it is written at once.
   */
  sendStanza(args: { phoneNumber?: string; connection?: string; stanza: StanzaJson; volatile?: boolean }): Record<string, never>;
  /**
   * Encrypts texts for the first linked device of an account, the authors (members of the group, when there is one) in turns, without sending them. Settles when they are
   * ready. Until they are sent, the authors should write nothing else to that device.
   */
  prepareLoad(args: { to: string; from: string[]; messages: number; groupJid?: string; textLength?: number }): { load: string };
  /**
   * Begins to send prepared loads of different devices, together. A device has at most `window` (default 64) stanzas unconfirmed; `perSecond` is the
   * rate over all devices, as fast as they confirm when missing.
   */
  startLoad(args: { loads: string[]; window?: number; perSecond?: number }): { run: string };
  /** Settles when every message of a run is confirmed by receipt or ack; fails after `waitMs` (default 120,000), after which it can be awaited again. */
  awaitLoad(args: { run: string; waitMs?: number; sendings?: boolean }): LoadReport;
  /** Counters since start: connections, conflicts, messages in and out, iqs by `xmlns/tag`, undelivered stanzas, accepted logins. */
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
  /** Whether its direct messages go by LID, as they must since 2026; by number otherwise. Default: true. */
  migrated?: boolean;
  /** The service does not tell the LID of the number to anybody. Default: false. */
  lidHidden?: boolean;
  /** Others know it by its LID alone, forever. Default: false. */
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
  /** Without Signal: Baileys accepts a `<plaintext>` child. For tests that are not about encryption. */
  plaintext?: boolean;
  /** Sends an edit in the former, plain form; otherwise it is encrypted under the secret of the edited message, as phones do. */
  plainEdit?: boolean;
  /** A status post of `from` that `to` may see, from `status@broadcast`. */
  status?: boolean;
}

/** How the offline queue of the service treats status posts. */
export interface QueueTerms {
  /** The tag of a status post: `status` since July 2026, `message` before. */
  statusStanza: 'status' | 'message';
  /** How long a written `<status>` may stay unacknowledged before the stream ends. */
  statusAckMs: number;
  /** Deliver no more of a backlog than the client has asked for, instead of all of it at the first request. */
  batches: boolean;
}

/** How many messages a device may send again in one chat. */
export interface ResendTerms {
  /** One more within the window locks the account. */
  perChat: number;
  windowMs: number;
}

/** What an account's devices have sent again. */
export interface ResendReport {
  resends: number;
  /** Of these, group messages that went to the whole group again. */
  toAll: number;
  /** The most within one window in one chat. */
  most: number;
  locked: boolean;
}

export interface ReceivedMessage {
  id: string;
  /** The jid of the account that wrote it. */
  from: string;
  /** The chat: the contact's own jid, a group or a broadcast. */
  chat: string;
  /** Text of the message where it has one. */
  text: string | null;
  /** `proto.IMessage` as JSON, bytes as base64. */
  message: object;
  /** What the phone has read of it, when it is encrypted under the secret of another message; missing when it could not. */
  opened?: OpenedPart;
}

export interface ReceivedReceipt {
  id: string;
  from: string;
  type: string;
}

export interface SimulatedDevice {
  device: number;
  /** Connected, and past the stanzas it had missed. */
  online: boolean;
  /** Stanzas sent or queued that the device has not confirmed yet. */
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
   * `closed`: the connection ended; `replaced`: a newer login of the device ended it with a conflict; `overlapped`: a newer login came and it was
   * not told, which must never happen. `null` while it lasts.
   */
  end: 'closed' | 'replaced' | 'overlapped' | null;
}

/** Attributes of a `<failure>`; `reason` is its code. */
export interface LoginRefusalAttributes {
  reason: number;
  [attribute: string]: string | number;
}

export interface Faults {
  /** Share of outgoing stanzas dropped, 0 to 1 (spread evenly: 0.25 drops every fourth), or a stanza tag to drop. */
  drop?: number | string;
  delayMs?: number;
  /** Every outgoing message stanza is sent twice. */
  duplicate?: boolean;
  /** Reads and answers nothing at all, handshakes and pings included, but keeps the connection. */
  silent?: boolean;
  /** The HTTP status that refuses the WebSocket upgrade (simulator-wide only). */
  refuseUpgradeWith?: number;
  /** The reason of the `<failure>` that refuses a login, such as 401, 403, 405, 503; with attributes in place of those that the simulator adds to 402, 403 and 406. */
  refuseLoginWith?: number | LoginRefusalAttributes;
  /** Iqs of these `xmlns` get no answer. */
  unanswered?: string[];
}

export interface StanzaJson {
  tag: string;
  attrs: Record<string, string>;
  content?: string | { base64: string } | StanzaJson[];
}

/** How a load went. Times are ms of the wall clock with a fraction. */
export interface LoadReport {
  messages: number;
  startedAt: number;
  /** When the last one was sent. */
  sentAt: number;
  /** When the last one was confirmed. */
  confirmedAt: number;
  /** CPU time of the simulator between start and last confirmation. */
  cpuMs: number;
  /** When each message was sent, by its id, in the order of sending; only when asked for. */
  sendings?: { id: string; at: number }[];
}

export interface SimulatorStats {
  connections: number;
  logins: number;
  conflicts: number;
  messagesToDevices: number;
  messagesFromDevices: number;
  /** Requests to send a message again that could not be read: of linked devices, and of phones. */
  retriesByDevices: number;
  retriesByPhones: number;
  /** Pings of the service to linked devices, and answers to them. */
  pings: number;
  pongs: number;
  /** The longest that a status post waited for its ack on one connection. */
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
