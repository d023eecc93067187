import type { WAMessageKey } from '@whiskeysockets/baileys';
import type { ErrorBody } from '../errors/wabus-error.js';
import type { PasskeyChanged } from '../sessions/passkey.js';
import type { SessionStatus } from '../sessions/session-status.js';
import type { WhatsAppNotification } from './whatsapp-notification.js';

/** A QR code to scan with the phone of the account. */
export interface QrIssued {
  /** The text inside the QR code. */
  qr: string;
  /** How long it is valid, from `at`. */
  ttlMs: number;
  /** 1 for the first QR code of this attempt to link. */
  attempt: number;
  /** ISO time. */
  at: string;
}

/** A pairing code to type on the phone: "Link with phone number instead". */
export interface PairingCodeIssued {
  /** Eight characters, without a dash. */
  code: string;
  at: string;
}

/** The pairing code of a session: requested by command, or replaced because WhatsApp invalidated the previous one. */
export interface PairingCodeChanged {
  /** Eight characters, without a dash. `null`: the previous code is invalid, and a person must request another. */
  code: string | null;
  /** ISO time. */
  at: string;
}

/** The redacted form of `creds.update`: which top-level credential fields changed. Keys never leave the connector. */
export interface CredentialsChanged {
  changed: string[];
}

/**
 * The stages of a message that a command sent, in the order in which they are emitted. Each is emitted at most once, and none after a later one; some may be missing.
 *
 * - `accepted`: the owner of the session has taken the command and sends the message.
 * - `failed`: WhatsApp refused it, or its confirmation did not come in time. After an error that is not `certain` later stages may follow, and after any other when
 *   the command is repeated with the same message id.
 * - `server-ack`: WhatsApp's servers have it; `sendMessage` answers now.
 * - `delivered`, `read`, `played`: by the other side; in a group by the first of its members.
 */
export const MESSAGE_STAGES = ['accepted', 'failed', 'server-ack', 'delivered', 'read', 'played'] as const;
export type MessageStage = (typeof MESSAGE_STAGES)[number];

/** A message that a command sent has reached its next stage. */
export interface MessageProgress {
  /** The id of the message, as in the key of the command's reply. */
  id: string;
  /** Jid of the chat it was sent to. */
  chat: string;
  /** Chosen by the caller: `options.correlation`, or else the idempotency key, or else the id of the message. */
  correlation: string;
  stage: MessageStage;
  /** When it reached the stage, as an ISO time; for `delivered`, `read` and `played` WhatsApp's time, in whole seconds. Never earlier than the previous stage. */
  at: string;
  /** Who received or read it first, in groups and for status broadcasts. `message-receipt.update` reports the others. */
  participant?: string;
  /**
   * For the stage `server-ack`: jids of devices that the message was not sent to, because WhatsApp has no keys for them. The other devices of the same people
   * have it. Missing if there are none.
   */
  skippedDevices?: readonly string[];
  /** For the stage `failed`: the error of the command. */
  error?: ErrorBody;
}

/** Somebody has voted in a poll, or changed or withdrawn a vote. Each vote replaces the previous one of the same voter. */
export interface PollVote {
  /** Key of the poll, as this account sees it: `remoteJid` is the chat, and `fromMe` is true for a poll of this account. */
  key: WAMessageKey;
  /** Key of the message with the vote. */
  voteKey: WAMessageKey;
  /** Jid of the voter, as named by WhatsApp; the account's own jid for its own vote. */
  voter: string;
  /** The question of the poll; missing if only its secret is known. */
  name?: string;
  /** The names of all chosen options; empty if the vote was withdrawn. */
  options: string[];
  /** SHA-256 in hex of options whose names are not known, such as those that were added later. Missing if there are none. */
  unknownOptions?: string[];
  /** The time in ms since 1970 according to the voter; `null` if not given. */
  at: number | null;
}

/** The kind of a message about another one, with whose secret it is encrypted. */
export const MESSAGE_PARTS = ['edit', 'poll-vote', 'event-response', 'reaction', 'comment', 'bot-answer'] as const;
export type MessagePart = (typeof MESSAGE_PARTS)[number];

/** A message has arrived whose content is encrypted with the secret of another message, and could not be decrypted. */
export interface MessageUnopened {
  /** Of the message that came. */
  key: WAMessageKey;
  /** The key of the message that it refers to, as far as known. */
  about: WAMessageKey;
  kind: MessagePart;
  /**
   * - `secret-unknown`: the session has not seen the message that it is about, or no longer knows its secret.
   * - `undecryptable`: it is encrypted under something else.
   * - `unsupported`: of a kind that Wabus does not know.
   */
  reason: 'secret-unknown' | 'undecryptable' | 'unsupported';
}

/**
 * Why a collection of the synchronized state cannot be read.
 *
 * - `refused`: WhatsApp does not hand it out; `code` says why.
 * - `unverified`: what WhatsApp hands out is not what the devices of the account have written, and the phone was asked for its copy without success.
 * - `keys-missing`: no device of the account has answered with a key that is needed.
 */
export const APP_STATE_FAILURES = ['refused', 'unverified', 'keys-missing'] as const;

/**
 * A part of the synchronized state (contacts, chat settings, labels) could not be read after all attempts: events about it are missing. It is tried again at
 * the next change.
 */
export interface AppStateFailure {
  /** `critical_block`, `critical_unblock_low`, `regular_high`, `regular_low` or `regular`. */
  collection: string;
  reason: (typeof APP_STATE_FAILURES)[number];
  /** WhatsApp's code, for the reason `refused`. */
  code: number | null;
}

/** Events that Wabus adds to those of Baileys. */
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
