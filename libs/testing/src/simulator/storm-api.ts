/** A page of a long list. */
export interface Page<Entry> {
  entries: Entry[];
  /** `after` of the next page; `null` at the current end. */
  next: number | null;
}

/** The requested page: the `limit` entries (default 1,000, at most 5,000) after the first `after` entries (default 0). */
export interface PageArgs {
  after?: number;
  limit?: number;
}

/** A chat in which contacts send numbered texts: `storm <name> <n>`, n starting at 1. Each text is queued for its devices before the next one is sent. */
export interface StormChat {
  /** Unique among the chats of the storm; no spaces. */
  name: string;
  /** The senders, in turn; in a group, all must be members. */
  from: string[];
  /** The receiving account; missing in a group. */
  to?: string;
  groupJid?: string;
}

export interface StormArgs {
  /** The chats get their messages in turn. */
  chats: StormChat[];
  /** Total rate over all chats. */
  perSecond: number;
  /** The storm ends automatically after this many messages; by default, it runs until it is stopped. */
  count?: number;
  /** While linked devices have more unconfirmed stanzas than this, nothing new is sent: a storm that overwhelms every client proves nothing. */
  maxUnconfirmed?: number;
  /** Total rate of numbered receipts and notifications to the receiving accounts in turn. Default: none. */
  signalsPerSecond?: number;
  /** After every this many messages of a chat, an earlier message, as many back, is sent again: the same id and text, encrypted again. Default: never. */
  repeatEvery?: number;
  /** Every this many messages of a chat, one is odd; the kinds alternate. Default: never. */
  oddEvery?: number;
}

/**
 * The kinds of odd messages.
 * `huge`: more than a log accepts, with the text in its first line; `deep`: the text in more wrappers than a parser reads; `withheld`: WhatsApp withholds its
 * content from linked devices; `stranger`: an assistant, which Baileys does not know, writes to each receiver.
 */
export type OddKind = 'huge' | 'deep' | 'withheld' | 'stranger';

export interface StormProgress {
  /** Messages queued for all their devices. */
  sent: number;
  signals: number;
  /** Messages that were sent again. */
  repeated: number;
  running: boolean;
  /** Why the storm ended early; `null` if it did not. */
  failure: string | null;
  /** Messages (per linked device) that the device could not read and requested again. */
  retried: number;
  /** Error acks of messages. */
  nacks: number;
  /** Messages (per linked device) that were written to the device's connections more than once. */
  redelivered: number;
}

/** A message of the storm. */
export interface StormMessage {
  id: string;
  chat: string;
  /** Its number in the chat. */
  n: number;
  text: string;
  kind: 'plain' | OddKind;
  /** Phone numbers of the accounts to whose linked devices it is sent. */
  to: string[];
}

/** A numbered receipt (of an invented own message) or notification (a new picture of an invented contact). */
export interface StormSignal {
  kind: 'receipt' | 'notification';
  /** The account whose linked devices received it. */
  phoneNumber: string;
  /** Unique: the id of the message in `messages.update`, or the jid of the contact in `contacts.update`. */
  mark: string;
  /** A device has confirmed it, so it will not be sent again. */
  acknowledged: boolean;
}

/** What a contact's phone received under one message id. */
export interface PhoneDelivery {
  id: string;
  /** The jid of the account that sent it. */
  from: string;
  chat: string;
  /** `null` until a copy could be read. */
  text: string | null;
  /** Number of received stanzas, readable or not. A phone shows the first readable one and drops the others. */
  copies: number;
  /** The position of the first readable copy among all deliveries of the phone, as an increasing number; `null` if there is none. */
  readAs: number | null;
}
