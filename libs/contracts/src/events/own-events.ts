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

/** The pairing code of a session: asked for by command, or replaced because WhatsApp declared the one before used up. */
export interface PairingCodeChanged {
  /** Eight characters, without a dash. `null`: the code before is used up, and WhatsApp wants a person to ask for another. */
  code: string | null;
  /** ISO time. */
  at: string;
}

/** The redacted form of `creds.update`: which top-level credential fields changed. Keys never leave the connector. */
export interface CredentialsChanged {
  changed: string[];
}

/**
 * How far a message that a command sent has come, in the order in which the stages of one message are told. Each is told at most once, and none after a later one; some
 * may be missing.
 *
 * - `accepted`: the owner of the session has taken the command and sends the message.
 * - `failed`: WhatsApp refused it, or its confirmation did not come in time. After an error that is not `certain` later stages may follow, and after any other when
 *   the command is repeated with the same message id.
 * - `server-ack`: WhatsApp's servers have it; `sendMessage` answers now.
 * - `delivered`, `read`, `played`: by the other side; in a group by the first of its members.
 */
export const MESSAGE_STAGES = ['accepted', 'failed', 'server-ack', 'delivered', 'read', 'played'] as const;
export type MessageStage = (typeof MESSAGE_STAGES)[number];

/** A message that a command sent has come to its next stage. */
export interface MessageProgress {
  /** Of the message: the same as in the key that the command answered. */
  id: string;
  /** Jid of the chat it was sent to. */
  chat: string;
  /** What the caller gave with the command: `options.correlation`, else the idempotency key, else the id of the message. */
  correlation: string;
  stage: MessageStage;
  /** When it came to it, ISO time: for `delivered`, `read` and `played` what WhatsApp says, in whole seconds. Never before the stage told before. */
  at: string;
  /** Who got or read it first: in groups and for status broadcasts. Of the others tells `message-receipt.update`. */
  participant?: string;
  /**
   * Of stage `server-ack`: jids of devices that the message was not sent to, since WhatsApp has no keys of them. The other devices of the same people have it. Missing when
   * there is none.
   */
  skippedDevices?: readonly string[];
  /** Of stage `failed`: the error that the command was answered with. */
  error?: ErrorBody;
}

/** Somebody has voted in a poll, or changed or taken back a vote: each vote takes the place of the one before of the same voter. */
export interface PollVote {
  /** Key of the poll, as this account sees it: `remoteJid` is the chat, and `fromMe` is true for a poll of this account. */
  key: WAMessageKey;
  /** Key of the message that brought the vote. */
  voteKey: WAMessageKey;
  /** Jid of who voted, as WhatsApp named it; the account's own for a vote of this account. */
  voter: string;
  /** What the poll asks; missing when only its secret is known. */
  name?: string;
  /** The names of all options chosen; none when the vote was taken back. */
  options: string[];
  /** SHA-256 in hex of options whose names are not known, such as those that were added later. Missing when there is none. */
  unknownOptions?: string[];
  /** When, in ms since 1970 as the voter says; `null` when it was not said. */
  at: number | null;
}

/** What a message says about another one, under whose secret it is encrypted. */
export const MESSAGE_PARTS = ['edit', 'poll-vote', 'event-response', 'reaction', 'comment', 'bot-answer'] as const;
export type MessagePart = (typeof MESSAGE_PARTS)[number];

/** A message has come whose content is encrypted under the secret of another message, and could not be opened. */
export interface MessageUnopened {
  /** Of the message that came. */
  key: WAMessageKey;
  /** Of the message that it is about, as far as that can be told. */
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
 * Why a collection of the synchronised state is given up.
 *
 * - `refused`: WhatsApp does not hand it out; `code` says why.
 * - `unverified`: what WhatsApp hands out is not what the devices of the account have written, and the phone was asked for its copy in vain.
 * - `keys-missing`: no device of the account has answered with a key that is needed.
 */
export const APP_STATE_FAILURES = ['refused', 'unverified', 'keys-missing'] as const;

/** A part of the synchronised state (contacts, chat settings, labels) could not be read, whatever was tried: events about it are missing. It is tried again with the next change. */
export interface AppStateFailure {
  /** `critical_block`, `critical_unblock_low`, `regular_high`, `regular_low` or `regular`. */
  collection: string;
  reason: (typeof APP_STATE_FAILURES)[number];
  /** WhatsApp's code, of reason `refused`. */
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
