import type { EventName, ModelKind } from '@wabus/contracts';

export type Json = Readonly<Record<string, unknown>>;

/** One record of a model. Its kind determines which fields it has apart from `data`. */
export interface ModelRecord {
  readonly kind: ModelKind;
  /** The jid, or the id of a label or message. */
  readonly id: string;
  /** The orders of the first and the last event that contributed to this record. */
  readonly since: number;
  readonly order: number;
  /** The highest epoch that has changed the record. Events of an earlier owner that arrive later fill gaps but replace nothing. */
  readonly epoch: number;
  /** The merged contents of Baileys' payloads. */
  readonly data: Json;
  readonly labels?: readonly string[];
  /** Chats: whether the chat is deleted, which lasts until new data arrives. */
  readonly deleted?: boolean;
  /** Chats: messages up to this order were deleted with the chat. */
  readonly clearedUpTo?: number;
  /** Chats and messages: seconds since 1970. */
  readonly timestamp?: number;
  readonly message?: MessageFacts;
}

/** The facts about a message in addition to Baileys' message. */
export interface MessageFacts {
  readonly chat: string;
  readonly fromMe: boolean;
  readonly participant: string | null;
  readonly text: string | null;
  readonly editedAt: string | null;
  readonly revokedAt: string | null;
  /** By sender, `me` for this account. */
  readonly reactions: Readonly<Record<string, { readonly text: string; readonly at: number | null }>>;
  /** Votes of a poll, by voter, `me` for this account. Without options, the vote is withdrawn. */
  readonly votes?: Readonly<Record<string, { readonly options: readonly string[]; readonly at: number | null }>>;
  /** Baileys' receipts, by receiver. */
  readonly receipts: Readonly<Record<string, Json>>;
  /** Whether the message was too large to be stored in addition to the log. */
  readonly omitted: boolean;
}

/** An event in the form that the projection processes. */
export interface ProjectedEvent {
  readonly event: EventName;
  /** Its position among all events, across all logs so far. */
  readonly order: number;
  readonly epoch: number;
  /** ISO time. */
  readonly at: string;
  readonly payload: unknown;
}

/** Identifies a record within one session: the tokens of its key after the session. */
export type ModelKey = string;
