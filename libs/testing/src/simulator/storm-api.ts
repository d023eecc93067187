/** A slice of a long list. */
export interface Page<Entry> {
  entries: Entry[];
  /** `after` of the slice that follows; `null` at the present end. */
  next: number | null;
}

/** Which slice: entries `after` (default 0) and the `limit` (default 1,000, at most 5,000) that follow. */
export interface PageArgs {
  after?: number;
  limit?: number;
}

/** A chat in which contacts write numbered texts: `storm <name> <n>`, n from 1. Each text is queued for its devices before the next one is written. */
export interface StormChat {
  /** Without spaces; no other chat of the storm has it. */
  name: string;
  /** Who writes, in turn; in a group all must be members. */
  from: string[];
  /** The account written to; missing in a group. */
  to?: string;
  groupJid?: string;
}

export interface StormArgs {
  /** Chats get their messages in turn. */
  chats: StormChat[];
  /** Over all chats. */
  perSecond: number;
  /** The storm ends automatically after this many messages; without it, when it is stopped. */
  count?: number;
  /** While linked devices have more stanzas than this to confirm, nothing new is written: a storm that nobody can weather proves nothing. */
  maxUnconfirmed?: number;
  /** Numbered receipts and notifications, to the accounts written to in turn, over all of them. None when missing. */
  signalsPerSecond?: number;
  /** With every this many messages of a chat, one written as many before is sent once more: the same id and text, encrypted again. Never when missing. */
  repeatEvery?: number;
  /** Every this many messages of a chat one is odd, each kind in turn. Never when missing. */
  oddEvery?: number;
}

/**
 * What is odd about a message. `huge`: more than a log takes, with the text in its first line; `deep`: the text in more wrappers than a parser reads; `withheld`: WhatsApp keeps its content
 * from linked devices; `stranger`: an assistant writes to each receiver, which Baileys does not know.
 */
export type OddKind = 'huge' | 'deep' | 'withheld' | 'stranger';

export interface StormProgress {
  /** Messages queued for all their devices. */
  sent: number;
  signals: number;
  /** Messages that were sent once more. */
  repeated: number;
  running: boolean;
  /** Why it ended early, if it did. */
  failure: string | null;
  /** Messages (per linked device) for which the device asked again, because it could not read them. */
  retried: number;
  /** Error acks of messages. */
  nacks: number;
  /** Messages (per linked device) that were written to the device's connections more than once. */
  redelivered: number;
}

/** A message of the storm, in the order of sending. */
export interface StormMessage {
  id: string;
  chat: string;
  /** Its number in the chat. */
  n: number;
  text: string;
  kind: 'plain' | OddKind;
  /** Phone numbers of the accounts whose linked devices it is for. */
  to: string[];
}

/** A numbered receipt (of an invented own message) or notification (a new picture of an invented contact). */
export interface StormSignal {
  kind: 'receipt' | 'notification';
  /** The account whose linked devices got it. */
  phoneNumber: string;
  /** Unique: the id of the message in `messages.update`, or the jid of the contact in `contacts.update`. */
  mark: string;
  /** A device has confirmed it, so it will not be sent again. */
  acknowledged: boolean;
}

/** What came to a contact's phone under one message id. */
export interface PhoneDelivery {
  id: string;
  /** The jid of the account that wrote it. */
  from: string;
  chat: string;
  /** `null` as long as no copy could be read. */
  text: string | null;
  /** Stanzas that came, readable or not. A phone shows the first readable one and drops the others. */
  copies: number;
  /** When the first readable copy came, as a number that grows over all deliveries of the phone; `null` when none did. */
  readAs: number | null;
}
