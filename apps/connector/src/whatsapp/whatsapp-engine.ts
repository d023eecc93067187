import { randomBytes } from 'node:crypto';
import type {
  AccountRestriction,
  AppStateFailure,
  CommandRequest,
  LinkedAccount,
  MessageContent,
  MessageProgress,
  MessageUnopened,
  NewChatQuota,
  PollVote,
  ProxyAddress,
  SendOptions,
  SessionId,
  IgnorableChats,
  SessionSettings,
  SocketCommand,
  WhatsAppNotification,
  WhatsAppVersion
} from '@wabus/contracts';
import type { BaileysEventMap, proto, WAMessage, WAMessageKey } from '@whiskeysockets/baileys';
import type { AuthState } from '../auth-state/auth-state.js';
import type { AdoptedDevice } from '../auth-state/auth-state.types.js';
import type { SocketClosed } from './disconnect-reason.table.js';
import type { EngineFigures } from './engine-figures.js';
import type { Inbox } from './inbox.js';
import type { KnownIdentities } from './known-identities.js';
import type { PasskeyExchange } from './linking/passkey.exchange.js';
import type { OutgoingMediaContent } from './sending/outgoing-media.mapper.js';

/** One event of Baileys: its name and its payload. */
export type SocketEvent = { [Name in keyof BaileysEventMap]: [name: Name, payload: BaileysEventMap[Name]] }[keyof BaileysEventMap];

/** What a socket reports to the session that opened it. None of these may throw. */
export interface SocketListener {
  /** Every event of Baileys, in the order in which the socket emitted them. */
  event(...event: SocketEvent): void;
  /**
   * A chunk of history, named by the message that brought it. Settles with `true` when every event of it is in the log or never can be, with `false` when nobody knows: it is handed over
   * again then, and what the log has of it already is recognized.
   */
  history(chunk: string, set: BaileysEventMap['messaging-history.set']): Promise<boolean>;
  /** A frame came, of whatever kind. Called often. */
  received(): void;
  /** Messages from others that could be read, or of ours that WhatsApp confirmed. */
  counted(what: 'messagesIn' | 'messagesOut', messages: number): void;
  /** A message that was sent by `sendMessage` or `relayMessage` of this connection, or of one before it, has come to its next stage: each once, in order. */
  progress(progress: MessageProgress): void;
  /** A vote in a poll, before the event of the message that brought it. */
  voted(vote: PollVote): void;
  /** A part of a message could not be opened; before the event of its message. */
  unopened(unopened: MessageUnopened): void;
  /** WhatsApp notified of something that no event of Baileys' tells. */
  notified(notification: WhatsAppNotification): void;
  /** A QR code to show for `ttlMs`; a renewed one takes the place of the one before. The first one also means that a pairing code may be asked for. */
  qr(text: string, ttlMs: number, renewed: boolean): void;
  /** WhatsApp offers to link, but a link by passkey is under way: in place of a QR code, which the session does not show meanwhile. */
  passkeyWaits(): void;
  /** WhatsApp declared the pairing code used up: here is a new one, or `null` when a person has to ask for it. */
  pairingCode(code: string | null): void;
  /** A phone has linked this device; WhatsApp closes the connection next and expects a new one. */
  linked(): void;
  /** WhatsApp has said to whom the account may write: a restriction, and how many new chats; `null`: none. */
  limited(restriction: AccountRestriction | null, newChats: NewChatQuota | null): void;
  /** WhatsApp says when it will refuse the version of this connection (ISO time); `null` takes that back. */
  clientExpires(at: string | null): void;
  /** Devices ask for more messages again than may be sent: some have to wait. Called often. */
  resendsHeldBack(): void;
  /** A collection of the synchronized state cannot be read, whatever was tried. Once, until it can be read again. */
  collectionGivenUp(failure: AppStateFailure): void;
  /** Logged in. */
  opened(account: LinkedAccount): void;
  /** The connection ended on its own and its credentials are stored. The last call; does not come after `close()` or `logout()`. */
  closed(why: SocketClosed): void;
}

export interface OpenSocket {
  readonly session: SessionId;
  readonly auth: AuthState;
  /** `null`: what is decrypted is not kept. */
  readonly inbox: Inbox | null;
  /** What the session knows of people, over all connections under its lease; new ones when missing. */
  readonly identities?: KnownIdentities;
  readonly listener: SocketListener;
  /** The link by passkey of the session, from connection to connection. */
  readonly passkey: PasskeyExchange;
  /** What it presents itself as; the engine's own where nothing is set. */
  readonly settings?: Pick<SessionSettings, 'browser'>;
  /** Kinds of chats that it leaves out, at any time; none when missing. */
  readonly ignore?: () => readonly IgnorableChats[];
  /** The version of WhatsApp Web that it presents. */
  readonly version: WhatsAppVersion;
  /** The proxy of the session; that of the engine when `null`, if there is one. */
  readonly proxy: ProxyAddress | null;
}

/** Queries that need no connection. */
export interface ReadLeft {
  readonly auth: AuthState;
  readonly inbox: Inbox;
  /** Gets the events of each message once, in the order of reception. May not throw. */
  readonly listener: Pick<SocketListener, 'event' | 'voted' | 'unopened'>;
}

export interface SendRequest {
  readonly jid: string;
  /** Valid. */
  readonly content: MessageContent | OutgoingMediaContent;
  /** Valid; its `messageId` is not looked at. */
  readonly options?: SendOptions;
  /** The id that the message is to have on WhatsApp; a new one when missing. */
  readonly messageId?: string;
  /** What the stages of the message are emitted with, when its options name none; the id of the message when both are missing. */
  readonly correlation?: string;
  readonly signal: AbortSignal;
}

export interface Sent {
  readonly key: WAMessageKey;
  /** Seconds since 1970. */
  readonly messageTimestamp: number | null;
  /** WhatsApp took it, but the LID belongs to nobody any more. */
  readonly lidReplaced?: true;
  /** Who of the receivers of a status post has no LID and gets nothing. */
  readonly leftOut?: string[];
}

/** What the sender of a file says about it. */
export interface RemoteMediaFacts {
  /** The same for the same file, 43 characters of `A-Z a-z 0-9 _ -`. */
  readonly id: string;
  readonly mimetype: string;
  readonly fileName: string | null;
  /** `null`: not said. */
  readonly bytes: number | null;
}

/** The file of a message on WhatsApp's hosts. */
export interface RemoteMedia {
  readonly facts: RemoteMediaFacts;
  /**
   * The content, decrypted piece by piece; asks the phone for it when WhatsApp has it no longer. Do not trust any part before the end: it throws there when it is not what
   * was sent. Throws `EGRESS_FAILED` and `MEDIA_GONE`.
   */
  open(signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

/** One connection to WhatsApp, from opening to closing; never reused. Methods throw `WabusError` only. */
export abstract class WhatsAppSocket {
  /** The account whose credentials it has; `null` until a phone has linked it. */
  abstract readonly account: LinkedAccount | null;

  /**
   * Settles when WhatsApp's server has confirmed the message, or the setting when it is one of a group and no message: its key has no id then. Throws `INVALID_ARGUMENTS`
   * when a message of an event that it quotes or forwards is none, before anything is sent, `REFUSED_BY_WHATSAPP` with its code, `NOT_CONNECTED` when nothing was sent,
   * and `TIMEOUT` when `signal` was aborted or the connection ended before the confirmation: the message may have been sent.
   */
  abstract sendMessage(request: SendRequest): Promise<Sent>;

  /**
   * Runs a command of target `socket` whose arguments are valid; settles with WhatsApp's answer. Throws `NOT_CONNECTED`, `REFUSED_BY_WHATSAPP`, `TIMEOUT`,
   * and `INVALID_REQUEST` when Baileys refuses the arguments. `correlation` as in `SendRequest`, for `relayMessage`.
   */
  abstract call<M extends SocketCommand>(command: M, request: CommandRequest<M>, correlation?: string): Promise<unknown>;

  /**
   * Forgets the Signal sessions with all devices of a contact, so that the next message opens new ones; settles with their number. Throws `NOT_CONNECTED` and
   * `BROKER_UNAVAILABLE`.
   */
  abstract resetContactSession(jid: string): Promise<number>;

  /** The file that a message carries, as it came in an event. Throws `INVALID_ARGUMENTS` when it carries none, or one that is not on WhatsApp's hosts. */
  abstract media(message: object): RemoteMedia;

  /**
   * Asks for a code to type on the phone, eight characters. Only after the first `qr`. `phoneNumber` is digits. Throws `REFUSED_BY_WHATSAPP` with WhatsApp's code, `TIMEOUT` and
   * `NOT_CONNECTED`; QR codes continue then.
   */
  abstract requestPairingCode(phoneNumber: string, customCode?: string): Promise<string>;

  /**
   * Sends what a browser signed with the passkey of the account. Settles when WhatsApp took it. Throws `PASSKEY_NOT_REQUESTED`; `NOT_CONNECTED` and `INVALID_ARGUMENTS`, after which it may
   * be submitted again; `REFUSED_BY_WHATSAPP` and `TIMEOUT`, after which the connection is replaced and a new QR code follows.
   */
  abstract answerPasskey(assertion: unknown): Promise<void>;

  /** Says whether the phone shows the same code. Throws as `answerPasskey`, but for the arguments. */
  abstract confirmPasskey(equal: boolean): Promise<void>;

  /** Stops or resumes reading from the network, so that WhatsApp keeps what cannot be taken now. */
  abstract setReading(reading: boolean): void;

  /** Asks WhatsApp to unlink this device, waits at most `limitMs` for it, and closes. Does not forget the credentials. */
  abstract logout(limitMs: number): Promise<void>;

  /** Closes and settles, within seconds, when credentials under way are stored. The listener is not called afterwards. */
  abstract close(): Promise<void>;
}

/** Opens connections to WhatsApp. */
export abstract class WhatsAppEngine {
  abstract readonly figures: EngineFigures;
  /** Opens a connection with stored credentials, or with new ones that a phone can link. Settles when the attempt has begun; the listener gets the outcome. */
  abstract open(request: OpenSocket): Promise<WhatsAppSocket>;
  /** Credentials from elsewhere, with new ones in place of what is missing. */
  abstract completed(credentials: Readonly<Record<string, unknown>>): object;
  /** The records of a device from elsewhere as this engine keeps them, in place of all that `auth` has. */
  abstract adopted(auth: AuthState, records: AdoptedDevice['records']): Promise<AdoptedDevice['records']>;
  /** What this engine keeps in a form of its own, as other gateways take it. */
  abstract portable(auth: AuthState): Promise<AdoptedDevice['records']>;
  /** Hands over the messages that are left in an inbox, for a session whose credentials WhatsApp does not take any more. No socket may use the auth state meanwhile. */
  abstract readLeft(request: ReadLeft): Promise<void>;
}

/** A new id for a message, in the form of Baileys' `generateMessageIDV2` (22 characters), by which WhatsApp knows a linked device's messages. */
export function newMessageId(): string {
  return `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
}

/** Checked by the compiler against the enum of Baileys, which only the drivers of this room may load. */
const CIPHERTEXT_STUB: `${proto.WebMessageInfo.StubType.CIPHERTEXT}` = '2';

/** Whether a message could not be decrypted yet. It comes again when it could. */
export function isUndecrypted({ messageStubType }: Pick<WAMessage, 'messageStubType'>): boolean {
  return String(messageStubType) === CIPHERTEXT_STUB;
}
