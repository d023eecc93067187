import type { EventName, ModelKind } from '@wabus/contracts';

export type Json = Readonly<Record<string, unknown>>;

/** One record of a model. Which of the fields beside `data` it has, depends on its kind. */
export interface ModelRecord {
  readonly kind: ModelKind;
  /** The jid, or the id of a label or message. */
  readonly id: string;
  /** Order of the first and of the last event that this record is made of. */
  readonly since: number;
  readonly order: number;
  /** The newest epoch that changed it: what an earlier owner says after its successor fills gaps and replaces nothing. */
  readonly epoch: number;
  /** What Baileys' payloads say, merged. */
  readonly data: Json;
  readonly labels?: readonly string[];
  /** Chats: deleted, until something new comes. */
  readonly deleted?: boolean;
  /** Chats: messages up to this order were deleted with it. */
  readonly clearedUpTo?: number;
  /** Chats and messages: seconds since 1970. */
  readonly timestamp?: number;
  readonly message?: MessageFacts;
}

/** What a record of a message has beside Baileys' message. */
export interface MessageFacts {
  readonly chat: string;
  readonly fromMe: boolean;
  readonly participant: string | null;
  readonly text: string | null;
  readonly editedAt: string | null;
  readonly revokedAt: string | null;
  /** By sender, `me` for this account. */
  readonly reactions: Readonly<Record<string, { readonly text: string; readonly at: number | null }>>;
  /** Of a poll, by voter, `me` for this account; no options: withdrawn. */
  readonly votes?: Readonly<Record<string, { readonly options: readonly string[]; readonly at: number | null }>>;
  /** By receiver: Baileys' receipts. */
  readonly receipts: Readonly<Record<string, Json>>;
  /** The message was too large to be kept twice. */
  readonly omitted: boolean;
}

/** An event as the projection takes it. */
export interface ProjectedEvent {
  readonly event: EventName;
  /** Its place among all events, over all logs that there were. */
  readonly order: number;
  readonly epoch: number;
  /** ISO time. */
  readonly at: string;
  readonly payload: unknown;
}

/** Addresses a record within one session: the tokens of its key after the session. */
export type ModelKey = string;
