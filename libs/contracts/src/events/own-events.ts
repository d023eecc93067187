import type { WAMessageKey } from '@whiskeysockets/baileys';
import type { ErrorBody } from '../errors/wabus-error.js';
import type { PasskeyChanged } from '../sessions/passkey.js';
import type { SessionStatus } from '../sessions/session-status.js';
import type { WhatsAppNotification } from './whatsapp-notification.js';

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

/** A pairing code to enter on the phone, under "Link with phone number instead". */
export interface PairingCodeIssued {
  /** The code: eight characters, without a dash. */
  code: string;
  at: string;
}

/** A change of a session's pairing code: a command requested the code, or WhatsApp invalidated the previous one. */
export interface PairingCodeChanged {
  /** The code: eight characters, without a dash. `null` if the previous code is invalid and a person must request another. */
  code: string | null;
  /** When the code changed, as an ISO time. */
  at: string;
}

/** The redacted form of `creds.update`: the names of the top-level credential fields that changed. Keys never leave the connector. */
export interface CredentialsChanged {
  changed: string[];
}

/**
 * The stages of a message that a command sent, in the order in which they are emitted. Each stage is emitted at most once, and never after a later one; some
 * may be missing.
 *
 * - `accepted`: the owner of the session has accepted the command and is sending the message.
 * - `failed`: WhatsApp refused the message, or did not confirm it in time. Later stages may still follow if the error is not `certain`, or if the command is
 * repeated with the same message id.
 * - `server-ack`: WhatsApp's servers have the message; `sendMessage` replies now.
 * - `delivered`, `read`, `played`: reported by the recipient; in a group, by the first member.
 */
export const MESSAGE_STAGES = ['accepted', 'failed', 'server-ack', 'delivered', 'read', 'played'] as const;
export type MessageStage = (typeof MESSAGE_STAGES)[number];

/** The next stage of a message that a command sent. */
export interface MessageProgress {
  /** The id of the message, as in `key.id` of the command's reply. */
  id: string;
  /** The jid of the chat to which the message was sent. */
  chat: string;
  /** The correlation id that the caller chose: `options.correlation`; otherwise the idempotency key; otherwise the id of the message. */
  correlation: string;
  stage: MessageStage;
  /**
   * When the message reached the stage, as an ISO time. For `delivered`, `read` and `played`, it is WhatsApp's time in whole seconds. It is never earlier than
   * that of the previous stage.
   */
  at: string;
  /** Who received or read the message first, in groups and for status posts. `message-receipt.update` reports the others. */
  participant?: string;
  /**
   * For the stage `server-ack`: the jids of devices that did not get the message, because WhatsApp has no keys for them. The other devices of the same people
   * have it. Missing if there are none.
   */
  skippedDevices?: readonly string[];
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

/** The kinds of messages that refer to another message and are encrypted with its secret. */
export const MESSAGE_PARTS = ['edit', 'poll-vote', 'event-response', 'reaction', 'comment', 'bot-answer'] as const;
export type MessagePart = (typeof MESSAGE_PARTS)[number];

/** A received message that is encrypted with the secret of another message and could not be decrypted. */
export interface MessageUnopened {
  /** The key of the received message. */
  key: WAMessageKey;
  /** The key of the message that it refers to, as far as known. */
  about: WAMessageKey;
  kind: MessagePart;
  /**
   * `secret-unknown`: the session has not received the message that it refers to, or no longer has the message's secret. `undecryptable`: it is encrypted with
   * a different secret. `unsupported`: Wabus does not support its kind.
   */
  reason: 'secret-unknown' | 'undecryptable' | 'unsupported';
}

/**
 * The reasons why a collection of the synchronized state cannot be read.
 *
 * - `refused`: WhatsApp does not provide it; `code` contains WhatsApp's code.
 * - `unverified`: the collection from WhatsApp does not match what the devices of the account have written, and the phone was asked for its copy without
 * success.
 * - `keys-missing`: no device of the account has provided a key that is needed.
 */
export const APP_STATE_FAILURES = ['refused', 'unverified', 'keys-missing'] as const;

/**
 * A part of the synchronized state (contacts, chat settings, labels) that could not be read in any attempt: events about it are missing. The next change starts
 * another attempt.
 */
export interface AppStateFailure {
  /** The name of the collection: `critical_block`, `critical_unblock_low`, `regular_high`, `regular_low` or `regular`. */
  collection: string;
  reason: (typeof APP_STATE_FAILURES)[number];
  /** WhatsApp's code, for the reason `refused`; otherwise `null`. */
  code: number | null;
}

/** The payloads of the events that Wabus adds to those of Baileys. */
export interface OwnEventMap {
  'auth.qr': QrIssued;
  'auth.pairing-code': PairingCodeChanged;
  'auth.passkey': PasskeyChanged;
  'session.status': SessionStatus;
  'message.progress': MessageProgress;
  'message.poll-vote': PollVote;
  'message.unopened': MessageUnopened;
  'whatsapp.notification': WhatsAppNotification;
  'app-state.collection-failed': AppStateFailure;
}
