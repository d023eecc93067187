import type { WAMessageKey } from '@whiskeysockets/baileys';
import type { PairingCodeIssued } from '../events/own-events.js';
import type { PasskeyRecord, PasskeyRequest } from '../sessions/passkey.js';
import type { SessionView } from '../sessions/session-record.js';
import { ACCOUNT_COMMANDS } from './catalog/account.commands.js';
import { BUSINESS_COMMANDS } from './catalog/business.commands.js';
import { CHAT_COMMANDS } from './catalog/chats.commands.js';
import { COMMUNITY_COMMANDS } from './catalog/communities.commands.js';
import { ENGINE_COMMANDS } from './catalog/engine.commands.js';
import { GROUP_COMMANDS } from './catalog/groups.commands.js';
import { MEDIA_COMMANDS } from './catalog/media.commands.js';
import { NEWSLETTER_COMMANDS } from './catalog/newsletters.commands.js';
import { command, type CommandRow } from './command-row.js';
import { SendMessageRequest } from './send-message.request.js';
import {
  ConfirmPasskeyRequest,
  CreateSessionRequest,
  GetPasskeyRequest,
  GetQrRequest,
  NoArguments,
  RequestPairingCodeRequest,
  StopSessionRequest,
  SubmitPasskeyAssertionRequest,
  type QrFormat
} from './session.request.js';

/** The reply of `sendMessage`, which is sent once WhatsApp's servers have the message. `message.progress` reports the later stages. */
export interface SentMessage {
  /** The key of the message. It has no `id` if the command changed a setting instead of sending a message, such as the disappearing messages of a group. */
  key: WAMessageKey;
  /** The time of the message in seconds since 1970; `null` if WhatsApp did not report it. */
  messageTimestamp: number | null;
  /**
   * Present if WhatsApp accepted the message but the contact's number now belongs to a new WhatsApp account, so the message was sent to a LID that nobody
   * reads. Wabus looks up the new LID: the next message to the number goes there, and a message to the old LID fails with `LID_REPLACED`.
   */
  lidReplaced?: true;
  /** The recipients who did not get a status post, because WhatsApp has no LID for them. Missing if there are none. */
  leftOut?: string[];
}

/**
 * The reply of `restoreSession`: the credentials are restored and the session is connecting. `session.status` reports whether WhatsApp accepts the credentials.
 */
export interface RestoredSession {
  /** When these credentials were saved, as an ISO time. */
  snapshotAt: string;
}

export interface QrCode {
  format: QrFormat;
  /** The QR code in the requested format. */
  qr: string;
  /** How long the QR code remains valid, in ms. */
  ttlMs: number;
  attempt: number;
}

/** All commands, by name. The HTTP, Socket.IO and NATS interfaces, the types of the SDK and the documents derive from this table. */
export const COMMAND_CATALOG = {
  sendMessage: command<SentMessage>()({
    target: 'owner',
    request: SendMessageRequest,
    parameters: ['jid', 'content', 'options'],
    scope: 'send',
    deadlineMs: 30_000,
    repeatable: false,
    takesMessageId: true,
    meaning: 'Sends a message: text, a location, contacts, a poll, an event, a reaction, a pin, an edit, a deletion, a forward and more.'
  }),
  requestPairingCode: command<PairingCodeIssued>()({
    target: 'owner',
    request: RequestPairingCodeRequest,
    parameters: ['phoneNumber', 'customCode'],
    scope: 'control',
    deadlineMs: 30_000,
    repeatable: false,
    meaning: 'Requests a code from WhatsApp that you type on the phone instead of scanning a QR code.'
  }),
  getPasskey: command<PasskeyRequest>()({
    target: 'owner',
    request: GetPasskeyRequest,
    parameters: ['link'],
    scope: 'control',
    deadlineMs: 10_000,
    repeatable: true,
    secretReply: true,
    meaning: "Returns the data that the account's passkey must sign, and the stage of the link."
  }),
  submitPasskeyAssertion: command<PasskeyRecord>()({
    target: 'owner',
    request: SubmitPasskeyAssertionRequest,
    parameters: ['assertion'],
    scope: 'control',
    deadlineMs: 90_000,
    repeatable: false,
    meaning:
      'Sends WhatsApp the assertion that the browser signed with the passkey, and returns once WhatsApp has accepted it. The next step is on the phone.'
  }),
  confirmPasskey: command<PasskeyRecord>()({
    target: 'owner',
    request: ConfirmPasskeyRequest,
    parameters: ['equal'],
    scope: 'control',
    deadlineMs: 40_000,
    repeatable: false,
    meaning:
      'Confirms that the phone shows the same code as the passkey link, or reports that it does not. The account can be linked only after that.'
  }),
  cancelPasskey: command<PasskeyRecord>()({
    target: 'owner',
    request: NoArguments,
    parameters: [],
    scope: 'control',
    deadlineMs: 15_000,
    repeatable: true,
    meaning: 'Cancels a passkey link. A new QR code follows.'
  }),
  restoreSession: command<RestoredSession>()({
    target: 'owner',
    request: NoArguments,
    parameters: [],
    scope: 'control',
    deadlineMs: 15_000,
    repeatable: false,
    meaning:
      'Undoes a spurious logout: restores the newest snapshot of the credentials and connects. The session must be running and must not be linked.'
  }),
  createSession: command<SessionView>()({
    target: 'registry',
    request: CreateSessionRequest,
    parameters: ['proxy'],
    scope: 'control',
    deadlineMs: 5_000,
    repeatable: false,
    meaning: 'Creates a session and starts it. It shows a QR code until it is linked.'
  }),
  startSession: command<SessionView>()({
    target: 'registry',
    request: NoArguments,
    parameters: [],
    scope: 'control',
    deadlineMs: 5_000,
    repeatable: true,
    meaning: 'Starts the session. After a logout, it shows a new QR code.'
  }),
  stopSession: command<SessionView>()({
    target: 'registry',
    request: StopSessionRequest,
    parameters: ['error'],
    scope: 'control',
    deadlineMs: 5_000,
    repeatable: true,
    meaning: 'Stops the session. It remains linked, so a later start needs no QR code.'
  }),
  restartSession: command<SessionView>()({
    target: 'registry',
    request: NoArguments,
    parameters: [],
    scope: 'control',
    deadlineMs: 5_000,
    repeatable: false,
    meaning: 'Reconnects the session to WhatsApp, or starts it if it is stopped.'
  }),
  logoutSession: command<SessionView>()({
    target: 'registry',
    request: NoArguments,
    parameters: [],
    scope: 'control',
    deadlineMs: 5_000,
    repeatable: true,
    meaning: 'Unlinks the session from its WhatsApp account and erases the credentials. The session itself remains, without a connection.'
  }),
  deleteSession: command<SessionView>()({
    target: 'registry',
    request: NoArguments,
    parameters: [],
    scope: 'control',
    deadlineMs: 5_000,
    repeatable: true,
    meaning: 'Unlinks the session and erases everything stored about it, including its past events.'
  }),
  getSession: command<SessionView>()({
    target: 'registry',
    request: NoArguments,
    parameters: [],
    scope: 'read',
    deadlineMs: 5_000,
    repeatable: true,
    meaning: 'Returns the desired state and the status of the session.'
  }),
  getQr: command<QrCode>()({
    target: 'registry',
    request: GetQrRequest,
    parameters: ['format'],
    scope: 'control',
    deadlineMs: 5_000,
    repeatable: true,
    meaning: 'Returns the QR code to scan as text, as an SVG or PNG image, or in block characters for a terminal.'
  }),
  ...CHAT_COMMANDS,
  ...GROUP_COMMANDS,
  ...COMMUNITY_COMMANDS,
  ...ACCOUNT_COMMANDS,
  ...NEWSLETTER_COMMANDS,
  ...BUSINESS_COMMANDS,
  ...MEDIA_COMMANDS,
  ...ENGINE_COMMANDS
} as const satisfies Record<string, CommandRow>;

export type CommandName = keyof typeof COMMAND_CATALOG;
export type CommandRequest<M extends CommandName> = InstanceType<(typeof COMMAND_CATALOG)[M]['request']>;
export type CommandReply<M extends CommandName> = Exclude<(typeof COMMAND_CATALOG)[M]['reply'], undefined>;
type CommandsFor<Target> = { [M in CommandName]: (typeof COMMAND_CATALOG)[M]['target'] extends Target ? M : never }[CommandName];
export type OwnerCommand = CommandsFor<'owner'>;
/** The commands that are methods of a Baileys socket. */
export type SocketCommand = CommandsFor<'socket'>;

export function isCommandName(value: unknown): value is CommandName {
  return typeof value === 'string' && Object.hasOwn(COMMAND_CATALOG, value);
}
