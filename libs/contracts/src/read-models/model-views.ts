import type { Cursor } from '../events/cursor.codec.js';
import type { EventName } from '../events/event-catalog.js';

/** A Baileys payload as JSON. Bytes have the form `{type: 'Buffer', data: <base64>}`. */
export type PayloadJson = Readonly<Record<string, unknown>>;

export interface ChatView {
  readonly jid: string;
  /** The other jid of the same person, a LID or a phone number; `null` if it is unknown. */
  readonly otherJid: string | null;
  /** The name of the chat; otherwise the name of the person or the subject of the group. */
  readonly name: string | null;
  /** The time of the newest message, in seconds since 1970; 0 if none is known. */
  readonly timestamp: number;
  /** The number of unread messages; -1 if the chat was manually marked as unread. */
  readonly unreadCount: number;
  /** The ids of the chat's labels. */
  readonly labels: readonly string[];
  /** Baileys' chat, with the fields that events have reported. */
  readonly chat: PayloadJson;
}

export interface ContactView {
  readonly jid: string;
  readonly otherJid: string | null;
  /** The name in the address book; otherwise the name that the person or company chose. */
  readonly name: string | null;
  /** Baileys' contact, with the fields that events have reported. */
  readonly contact: PayloadJson;
}

export interface GroupView {
  readonly jid: string;
  readonly subject: string | null;
  /** Baileys' group metadata, with the fields that events have reported. */
  readonly group: PayloadJson;
}

export interface LabelView {
  readonly id: string;
  readonly name: string | null;
  readonly label: PayloadJson;
}

export interface ReactionView {
  /** The sender of the reaction; `me` for this account. */
  readonly sender: string;
  readonly text: string;
  /** The time according to the sender, in ms since 1970; `null` if it is unknown. */
  readonly at: number | null;
}

/** When somebody received, read or played a message in a group or a status post, in seconds since 1970; `null` if that is unknown. */
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

/** The tally of a poll, with the newest vote of each voter. */
export interface PollView {
  /** The question; `null` if it is unknown. */
  readonly name: string | null;
  /** The number of people who have voted. */
  readonly voters: number;
  /** The options, in the order of the poll. */
  readonly options: readonly PollOptionView[];
}

export interface StoredMessageView {
  readonly chat: string;
  readonly id: string;
  readonly fromMe: boolean;
  /** The sender, in a group or a status post; `null` if the message has none. */
  readonly participant: string | null;
  /** The time of the message, in seconds since 1970. */
  readonly timestamp: number;
  /** The text or caption after the newest edit; `null` if there is none. */
  readonly text: string | null;
  /** The ISO time of the event with the newest edit; `null` if the message was not edited. */
  readonly editedAt: string | null;
  /** The ISO time of the event that revoked the message; `null` if it was not revoked. */
  readonly revokedAt: string | null;
  readonly reactions: readonly ReactionView[];
  readonly receipts: readonly ReceiptView[];
  /** The tally of a poll; `null` for other messages. */
  readonly poll: PollView | null;
  readonly labels: readonly string[];
  /** Baileys' message as in the event log; `null` if it was too large to copy. */
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

/** How current the read models of a session are. */
export interface ModelStatus {
  /** `absent`: the session has no events yet. `current`: the models follow the event log. `rebuilding`: a rebuild is pending or running. */
  readonly state: 'absent' | 'current' | 'rebuilding';
  /**
   * The models of sessions that are not being rebuilt contain all events up to the number `projected`. `newest` is the number of the newest event in the log.
   */
  readonly projected: number;
  readonly newest: number;
  /** The pending or running rebuild; `null` if there is none. */
  readonly rebuild: RebuildView | null;
  /** The number of events that could not be projected since the models were last built. */
  readonly skipped: number;
  readonly lastSkipped: SkippedEventView | null;
}

export interface SkippedEventView {
  readonly event: EventName;
  /** When the event was skipped, as an ISO time. */
  readonly at: string;
  /** The position right after the event in the event log. */
  readonly cursor: Cursor;
  /** An error code, or the name of the error. */
  readonly reason: string;
}

export interface RebuildView {
  /** Whether the rebuild drops records whose events are no longer in the log. */
  readonly discard: boolean;
  /** When the rebuild was requested, as an ISO time. */
  readonly requestedAt: string;
  /** The progress from 0 to 1. */
  readonly progress: number;
}
