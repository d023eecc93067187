import type { Cursor } from '../events/cursor.codec.js';
import type { EventName } from '../events/event-catalog.js';

/** JSON of a Baileys payload: bytes as `{type: 'Buffer', data: <base64>}`. */
export type PayloadJson = Readonly<Record<string, unknown>>;

export interface ChatView {
  readonly jid: string;
  /** The other jid of the same person, when it is known: LID and phone number. */
  readonly otherJid: string | null;
  /** Of the chat; without one, that of the person or the subject of the group. */
  readonly name: string | null;
  /** Time of the newest message, in seconds since 1970; 0 when none is known. */
  readonly timestamp: number;
  /** -1 when it was marked as unread by hand. */
  readonly unreadCount: number;
  /** Ids of labels. */
  readonly labels: readonly string[];
  /** Baileys' chat, as far as events told. */
  readonly chat: PayloadJson;
}

export interface ContactView {
  readonly jid: string;
  readonly otherJid: string | null;
  /** The name in the address book, else the one that the person or company chose. */
  readonly name: string | null;
  /** Baileys' contact, as far as events told. */
  readonly contact: PayloadJson;
}

export interface GroupView {
  readonly jid: string;
  readonly subject: string | null;
  /** Baileys' group metadata, as far as events told. */
  readonly group: PayloadJson;
}

export interface LabelView {
  readonly id: string;
  readonly name: string | null;
  readonly label: PayloadJson;
}

export interface ReactionView {
  /** `me` for this account. */
  readonly sender: string;
  readonly text: string;
  /** ms since 1970 as the sender says, `null` when unknown. */
  readonly at: number | null;
}

/** When somebody received, read or played a message of a group or status: seconds since 1970, `null` when that is not known. */
export interface ReceiptView {
  readonly user: string;
  readonly receivedAt: number | null;
  readonly readAt: number | null;
  readonly playedAt: number | null;
}

export interface PollOptionView {
  readonly name: string;
  readonly votes: number;
  /** Who chose it, `me` for this account. */
  readonly voters: readonly string[];
}

/** The tally of a poll: the newest vote of each voter. */
export interface PollView {
  /** The question; `null` if not known. */
  readonly name: string | null;
  /** How many people have a vote. */
  readonly voters: number;
  /** In the order of the poll. */
  readonly options: readonly PollOptionView[];
}

export interface StoredMessageView {
  readonly chat: string;
  readonly id: string;
  readonly fromMe: boolean;
  /** In a group: who sent it. */
  readonly participant: string | null;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** The text or caption of the newest edit, `null` when there is none. */
  readonly text: string | null;
  /** ISO time of the event that edited or revoked it, `null` when that did not happen. */
  readonly editedAt: string | null;
  readonly revokedAt: string | null;
  readonly reactions: readonly ReactionView[];
  readonly receipts: readonly ReceiptView[];
  /** The tally, when it is a poll; `null` otherwise. */
  readonly poll: PollView | null;
  readonly labels: readonly string[];
  /** Baileys' message as in the log; `null` when it was too large to be kept twice. */
  readonly message: PayloadJson | null;
}

/** One page of a list. `next` is the cursor of the following page, `null` after the last one. */
export interface ModelPage<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export interface LidMapView {
  readonly lid: string;
  readonly pn: string;
}

/** How the models of a session stand against the log. */
export interface ModelStatus {
  /** `absent`: the session has no events yet. */
  readonly state: 'absent' | 'current' | 'rebuilding';
  /** Events of the log up to this number are in the models of sessions that are not rebuilt, and the number of the newest event. */
  readonly projected: number;
  readonly newest: number;
  /** A rebuild that waits or runs; `null` when none does. */
  readonly rebuild: RebuildView | null;
  /** Events that could not be projected and were given up, since the models were made or rebuilt. */
  readonly skipped: number;
  readonly lastSkipped: SkippedEventView | null;
}

export interface SkippedEventView {
  readonly event: EventName;
  /** ISO time. */
  readonly at: string;
  /** Position right after it in the event log. */
  readonly cursor: Cursor;
  /** An error code, or the name of what went wrong. */
  readonly reason: string;
}

export interface RebuildView {
  /** Records that the log no longer explains are dropped too. */
  readonly discard: boolean;
  /** ISO time. */
  readonly requestedAt: string;
  /** 0 to 1. */
  readonly progress: number;
}
