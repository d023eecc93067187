/**
 * The inbox keeps messages that are decrypted but not published yet. A ratchet opens each ciphertext only once, and WhatsApp does not resend a message after
 * it got the receipt.
 *
 * The order of steps, and the code that runs each one:
 *  1. `SessionRegistry` opens the inbox of a lease (`SessionEvents.openInbox`). One inbox serves all connections under that lease, one after another.
 *  2. `BaileysEngine.open` calls `load`, which reads the stored entries before the socket opens.
 *  3. `MessageReception` waits for the login, then calls `recover` once. Stanzas from the network wait until it settles.
 *  4. For each stanza, `MessageReception` calls `begin`. While other stanzas are ahead of it, `EarlyDecryption` decrypts it as in step 5.
 *     When it is next, `MessageReception.handle` calls `enter` and sets `CurrentStanza`. Only one stanza is handled at a time.
 *  5. Baileys decrypts. `durableSignalRepository` first calls `recall`. If that returns `null`, it writes the `draft` and the ratchet step in one commit,
 *     together with the drafts and steps of other stanzas decrypted in the meantime, before Baileys gets the plaintext and sends the receipt.
 *  6. Baileys emits `messages.upsert` while the pass is still open. `EventPublisher.emit` runs inside that call, and `InboxJournal.claim` finds the pass by
 *     message id.
 *  7. `MessageReception.handle` calls `end`. An event that is emitted later finds no pass, so step 6 must stay synchronous.
 *  8. The claim follows the event. The entry is finished when the event log has stored or refused the event, and its slot becomes free.
 *  9. `InboxJournal.mark` stores up to which entry all are finished: on `SessionEvents.settled`, and when the inbox is idle. The next owner starts there and
 *     looks up the rest in the event log.
 *
 * Before credentials are cleared, `publishLeft` publishes the remaining entries without a connection: `BaileysEngine.readLeft` calls `load` and `recover`,
 * and step 5 only recalls.
 */

import type { WAMessage } from '@whiskeysockets/baileys';

/** The type of the inbox's records in the auth state. */
export const INBOX_TYPE = 'inbox';

/** A received stanza as plain data with bytes as `Buffer`. Only the engine that kept it looks inside. */
export type KeptStanza = object;

/** The message of a stanza, by the fields of Baileys' message key. */
export interface MessageIdentity {
  readonly remoteJid?: string | null;
  readonly participant?: string | null;
  readonly id?: string | null;
  readonly fromMe?: boolean | null;
  /** The part of the message that is known without decryption: whether it has content, and what it changes. */
  readonly known?: Pick<WAMessage, 'message' | 'messageStubType'>;
}

/** The stored data of one decrypted ciphertext. */
export interface InboxContent {
  /** The hash of the ciphertext. */
  readonly hash: string;
  readonly plaintext: Uint8Array;
  readonly stanza: KeptStanza;
}

/** An entry on its way into the auth state. Exactly one of the two methods is called. */
export interface InboxDraft {
  /** The record to store under `INBOX_TYPE`, in the same key transaction as the ratchet step of the ciphertext. */
  readonly record: { readonly id: string; readonly value: unknown };
  /** Reports that the transaction is on disk. */
  stored(): void;
  /** Reports that no part of the transaction was stored. */
  dropped(): void;
}

/** The handling of one stanza, from its first ciphertext to the event that it produces. */
export abstract class InboxPass {
  /** Whether this pass produced an event with the message id of the stanza. */
  abstract readonly emitted: boolean;
  /** Resolves to the plaintext of a ciphertext that was decrypted before and is still stored, otherwise to `null`. */
  abstract recall(hash: string): Promise<Uint8Array | null>;
  /** Creates the entry of a new ciphertext. If it is too large for one record, it is on disk when the promise resolves. Throws like `AuthState`. */
  abstract draft(content: InboxContent): Promise<InboxDraft>;
  /** Marks the stanza as being handled: an event with its message id belongs to it until `end`. */
  abstract enter(): void;
  abstract end(): void;
}

/** The functions with which an engine recovers the remaining entries of an inbox. */
export interface InboxRecovery {
  /** Returns the message of a stanza; `null` if the stanza has no message that can be emitted. */
  readonly identify: (stanza: KeptStanza) => MessageIdentity | null;
  /** Handles a stanza as if it had just arrived; resolves to whether it produced an event. */
  readonly handle: (stanza: KeptStanza) => Promise<boolean>;
  /** Whether the connection is open. If it is not, a stanza that produced no event is tried again on the next connection. */
  readonly connected: () => boolean;
}

/** The inbox of a session under one lease. */
export abstract class Inbox {
  /** Reads the stored entries: once, and again after `forget`. Waits for an unresponsive broker until `ended` is aborted. */
  abstract load(ended: AbortSignal): Promise<void>;
  /** Returns the stored entries of earlier connections, with or without an event. Call it once. */
  abstract takeKept(): readonly InboxContent[];
  /** Begins the handling of a stanza; `enter` continues it when it is next. `identify` returns its message and is called only when needed. */
  abstract begin(messageId: string, identify: () => MessageIdentity | null): InboxPass;
  /** Returns `null` if few stored messages wait for the log; otherwise a promise that resolves once few wait, or if the log accepts no message at all. */
  abstract room(): Promise<void> | null;
  /**
   * Handles every stanza that has not produced an event, in the order of reception. Call it on each new connection before anything is received. Resolves to
   * the number of these stanzas.
   */
  abstract recover(how: InboxRecovery, ended: AbortSignal): Promise<number>;
  /** Discards all entries in memory because the auth state was cleared or replaced. */
  abstract forget(): void;
}
