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

/** One Baileys event: its name and its payload. */
export type SocketEvent = { [Name in keyof BaileysEventMap]: [name: Name, payload: BaileysEventMap[Name]] }[keyof BaileysEventMap];

/** The reports of a socket to the session that opened it. No method may throw. */
export interface SocketListener {
  /** Receives every Baileys event, in the order in which the socket emitted them. */
  event(...event: SocketEvent): void;
  /**
   * Receives a chunk of history, identified by its message. Resolves to `true` once each of its events is in the log or can never be, and to `false` if that is
   * unknown: the engine then hands it over again, and events that the log already has are recognized.
   */
  history(chunk: string, set: BaileysEventMap['messaging-history.set']): Promise<boolean>;
  /** A frame of any kind arrived. Called often. */
  received(): void;
  /** Messages from other people that could be read, or own messages that WhatsApp confirmed. */
  counted(what: 'messagesIn' | 'messagesOut', messages: number): void;
  /** A message that `sendMessage` or `relayMessage` sent on this or an earlier connection has reached its next stage. Called once a stage, in order. */
  progress(progress: MessageProgress): void;
  /** A vote in a poll; called before the event of its message. */
  voted(vote: PollVote): void;
  /** A part of a message could not be opened; called before the event of the message. */
  unopened(unopened: MessageUnopened): void;
  /** WhatsApp sent a notification that no Baileys event reports. */
  notified(notification: WhatsAppNotification): void;
  /** A QR code to show for `ttlMs`, in place of the previous one. The first one also means that a pairing code may be requested. */
  qr(text: string, ttlMs: number, renewed: boolean): void;
  /** WhatsApp offered a QR code while a passkey link is in progress; called instead of `qr`, because the session shows no QR code in the meantime. */
  passkeyWaits(): void;
  /** WhatsApp invalidated the pairing code: the new code, or `null` if a person must request one. */
  pairingCode(code: string | null): void;
  /** A phone has linked this device; WhatsApp closes the connection next and expects a new one. */
  linked(): void;
  /** WhatsApp reported the restriction of the account and its quota for new chats; `null` if there is none. */
  limited(restriction: AccountRestriction | null, newChats: NewChatQuota | null): void;
  /** WhatsApp announced when it will refuse the version of this connection (ISO time); `null` withdraws the announcement. */
  clientExpires(at: string | null): void;
  /** Devices requested more resends than permitted, and some requests wait. Called often. */
  resendsHeldBack(): void;
  /** A collection of the synchronized state could not be read in any attempt. Called once, and not again until the collection was readable. */
  collectionGivenUp(failure: AppStateFailure): void;
  /** The connection is logged in. */
  opened(account: LinkedAccount): void;
  /** The connection ended on its own and its credentials are stored. The last call; not made after `close()` or `logout()`. */
  closed(why: SocketClosed): void;
}

export interface OpenSocket {
  readonly session: SessionId;
  readonly auth: AuthState;
  /** `null` if decrypted messages are not kept. */
  readonly inbox: Inbox | null;
  /** The jids that the session has learned across all connections under its lease; empty if missing. */
  readonly identities?: KnownIdentities;
  readonly listener: SocketListener;
  /** The passkey link of the session, which continues across connections. */
  readonly passkey: PasskeyExchange;
  /** The identity that the connection presents and the kind of jid that it sends to; for a missing setting, the default of the engine. */
  readonly settings?: Pick<SessionSettings, 'browser' | 'addressing'>;
  /** The kinds of chats whose events are not emitted; none if missing. */
  readonly ignore?: () => readonly IgnorableChats[];
  /** The version of WhatsApp Web that the connection presents. */
  readonly version: WhatsAppVersion;
  /** The proxy of the session; if `null`, the proxy of the engine, if there is one. */
  readonly proxy: ProxyAddress | null;
}

/** The arguments of `WhatsAppEngine.readLeft`, which needs no connection. */
export interface ReadLeft {
  readonly auth: AuthState;
  readonly inbox: Inbox;
  /** Receives the events of each message once, in the order of reception. May not throw. */
  readonly listener: Pick<SocketListener, 'event' | 'voted' | 'unopened'>;
}

export interface SendRequest {
  readonly jid: string;
  /** Validated content. */
  readonly content: MessageContent | OutgoingMediaContent;
  /** Validated options; `messageId` is ignored. */
  readonly options?: SendOptions;
  /** The id of the message on WhatsApp; a new id if missing. */
  readonly messageId?: string;
  /** The correlation id in the stages of the message if its options name none; the id of the message if both are missing. */
  readonly correlation?: string;
  readonly signal: AbortSignal;
}

export interface Sent {
  readonly key: WAMessageKey;
  /** Seconds since 1970. */
  readonly messageTimestamp: number | null;
  /** Present if WhatsApp accepted the message but the LID no longer belongs to anybody. */
  readonly lidReplaced?: true;
  /** The recipients of a status post that have no LID and so do not receive it. */
  readonly leftOut?: string[];
}

/** The sender's description of a file. */
export interface RemoteMediaFacts {
  /** Identifies the content: equal for equal files. 43 characters of `A-Z a-z 0-9 _ -`. */
  readonly id: string;
  readonly mimetype: string;
  readonly fileName: string | null;
  /** `null` if not stated. */
  readonly bytes: number | null;
}

/** The file of a message on WhatsApp's hosts. */
export interface RemoteMedia {
  readonly facts: RemoteMediaFacts;
  /**
   * Opens the content, decrypted piece by piece. Asks the phone to upload the file again if WhatsApp no longer has it. Do not trust any part before the end:
   * only there does the iterable throw if the file differs from the sent file. Throws `EGRESS_FAILED` and `MEDIA_GONE`.
   */
  open(signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

/** One connection to WhatsApp, from opening to closing; never reused. Methods throw `WabusError` only. */
export abstract class WhatsAppSocket {
  /** The account of the credentials; `null` until a phone has linked the device. */
  abstract readonly account: LinkedAccount | null;

  /**
   * Sends a message or changes a group setting, whose key has no id. Resolves once WhatsApp's server has confirmed it. Throws `INVALID_ARGUMENTS` before
   * anything is sent if a quoted or forwarded event has no message, `REFUSED_BY_WHATSAPP` with WhatsApp's code, `NOT_CONNECTED` if nothing was sent,
   * and `TIMEOUT` if `signal` was aborted or the connection ended before the confirmation: the message may have been sent.
   */
  abstract sendMessage(request: SendRequest): Promise<Sent>;

  /**
   * Runs a command whose target is `socket`, with validated arguments; resolves to WhatsApp's answer. Throws `NOT_CONNECTED`, `REFUSED_BY_WHATSAPP`, `TIMEOUT`,
   * and `INVALID_REQUEST` if Baileys refuses the arguments. Only `relayMessage` uses `correlation`, as in `SendRequest`.
   */
  abstract call<M extends SocketCommand>(command: M, request: CommandRequest<M>, correlation?: string): Promise<unknown>;

  /**
   * Deletes the Signal sessions with all devices of a contact, so that the next message opens new sessions; resolves to their number. Throws `NOT_CONNECTED`
   * and `BROKER_UNAVAILABLE`.
   */
  abstract resetContactSession(jid: string): Promise<number>;

  /** Returns the file of a message, given as in its event. Throws `INVALID_ARGUMENTS` if the message has no file, or a file outside WhatsApp's hosts. */
  abstract media(message: object): RemoteMedia;

  /**
   * Requests a code of eight characters to type on the phone. Call it only after the first `qr`. `phoneNumber` is digits. Throws `REFUSED_BY_WHATSAPP` with
   * WhatsApp's code, `TIMEOUT` and `NOT_CONNECTED`; after an error, QR codes continue.
   */
  abstract requestPairingCode(phoneNumber: string, customCode?: string): Promise<string>;

  /**
   * Sends the assertion that a browser signed with the passkey of the account. Resolves once WhatsApp has accepted it. Throws `PASSKEY_NOT_REQUESTED`;
   * `NOT_CONNECTED` and `INVALID_ARGUMENTS`, after which the assertion may be submitted again; `REFUSED_BY_WHATSAPP` and `TIMEOUT`, after which a new
   * connection shows a new QR code.
   */
  abstract answerPasskey(assertion: unknown): Promise<void>;

  /** Reports whether the phone shows the same code. Throws like `answerPasskey`, except for `INVALID_ARGUMENTS`. */
  abstract confirmPasskey(equal: boolean): Promise<void>;

  /** Stops or resumes reading from the network, so that WhatsApp keeps the messages that the connector cannot accept now. */
  abstract setReading(reading: boolean): void;

  /** Asks WhatsApp to unlink this device, waits at most `limitMs` for the answer, and closes. Does not erase the credentials. */
  abstract logout(limitMs: number): Promise<void>;

  /** Closes the connection, and resolves within seconds, once pending credentials are stored. The listener is not called afterwards. */
  abstract close(): Promise<void>;
}

/** Opens connections to WhatsApp. */
export abstract class WhatsAppEngine {
  abstract readonly figures: EngineFigures;
  /** Opens a connection with stored credentials, or new ones that a phone can link. Resolves once the attempt has begun; the listener receives the outcome. */
  abstract open(request: OpenSocket): Promise<WhatsAppSocket>;
  /** Returns imported credentials, with new values for missing fields. */
  abstract completed(credentials: Readonly<Record<string, unknown>>): object;
  /** Converts the records of an imported device to the form of this engine. The caller replaces everything in `auth` with them. */
  abstract adopted(auth: AuthState, records: AdoptedDevice['records']): Promise<AdoptedDevice['records']>;
  /** Resolves to the records that this engine stores in a form of its own, converted to the form that other gateways import. */
  abstract portable(auth: AuthState): Promise<AdoptedDevice['records']>;
  /** Emits the messages left in an inbox when WhatsApp no longer accepts the session's credentials. No socket may use the auth state in the meantime. */
  abstract readLeft(request: ReadLeft): Promise<void>;
}

/** Returns a new message id in the form of Baileys' `generateMessageIDV2` (22 characters), by which WhatsApp recognizes messages of linked devices. */
export function newMessageId(): string {
  return `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
}

/** The compiler checks this value against Baileys' enum, which only the drivers in this folder may load. */
const CIPHERTEXT_STUB: `${proto.WebMessageInfo.StubType.CIPHERTEXT}` = '2';

/** Whether a message could not be decrypted yet. It is emitted again once it can be decrypted. */
export function isUndecrypted({ messageStubType }: Pick<WAMessage, 'messageStubType'>): boolean {
  return String(messageStubType) === CIPHERTEXT_STUB;
}
