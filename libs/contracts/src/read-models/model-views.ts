import type { Cursor } from '../events/cursor.codec.js';
import type { EventName } from '../events/event-catalog.js';

/** JSON of a Baileys payload: bytes as `{type: 'Buffer', data: <base64>}`. */
export type PayloadJson = Readonly<Record<string, unknown>>;

export interface ChatView {
  readonly jid: string;
  /** The other jid of the same person, LID or phone number; `null` if it is unknown. */
  readonly otherJid: string | null;
  /** The name of the chat, otherwise that of the person or the subject of the group. */
  readonly name: string | null;
  /** Time of the newest message, in seconds since 1970; 0 if none is known. */
  readonly timestamp: number;
  /** The number of unread messages; -1 if the chat was marked as unread by hand. */
  readonly unreadCount: number;
  /** The ids of the chat's labels. */
  readonly labels: readonly string[];
  /** Baileys' chat, as far as events reported it. */
  readonly chat: PayloadJson;
}

export interface ContactView {
  readonly jid: string;
  readonly otherJid: string | null;
  /** The name in the address book, otherwise the name that the person or company chose. */
  readonly name: string | null;
  /** Baileys' contact, as far as events reported it. */
  readonly contact: PayloadJson;
}

export interface GroupView {
  readonly jid: string;
  readonly subject: string | null;
  /** Baileys' group metadata, as far as events reported it. */
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
  /** The time in ms since 1970 according to the sender; `null` if unknown. */
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
  /** The people who chose the option; `me` for this account. */
  readonly voters: readonly string[];
}

/** The tally of a poll: the newest vote of each voter. */
export interface PollView {
  /** The question; `null` if not known. */
  readonly name: string | null;
  /** How many people have voted. */
  readonly voters: number;
  /** The options, in the order of the poll. */
  readonly options: readonly PollOptionView[];
}

export interface StoredMessageView {
  readonly chat: string;
  readonly id: string;
  readonly fromMe: boolean;
  /** The sender, in a group. */
  readonly participant: string | null;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** The text or caption, with the newest edit; `null` if there is none. */
  readonly text: string | null;
  /** ISO time of the event that edited or revoked the message; `null` if that did not happen. */
  readonly editedAt: string | null;
  readonly revokedAt: string | null;
  readonly reactions: readonly ReactionView[];
  readonly receipts: readonly ReceiptView[];
  /** The tally of a poll; `null` for other messages. */
  readonly poll: PollView | null;
  readonly labels: readonly string[];
  /** Baileys' message as in the log; `null` if it was too large to be copied from the log. */
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
  /** The models of sessions that are not being rebuilt have all events up to this number. `newest` is the number of the newest event in the log. */
  readonly projected: number;
  readonly newest: number;
  /** A pending or running rebuild; `null` if there is none. */
  readonly rebuild: RebuildView | null;
  /** The number of events skipped because they could not be projected, since the models were built or rebuilt. */
  readonly skipped: number;
  readonly lastSkipped: SkippedEventView | null;
}

export interface SkippedEventView {
  readonly event: EventName;
  /** ISO time. */
  readonly at: string;
  /** The position right after the event in the event log. */
  readonly cursor: Cursor;
  /** An error code, or the name of what went wrong. */
  readonly reason: string;
}

export interface RebuildView {
  /** Whether the rebuild drops records that the log no longer explains. */
  readonly discard: boolean;
  /** ISO time. */
  readonly requestedAt: string;
  /** 0 to 1. */
  readonly progress: number;
}
