/**
 * The inbox keeps messages that are decrypted but not published yet. A ratchet opens each ciphertext only once, and WhatsApp does not resend a message whose receipt it has.
 *
 * The order of steps, and where each one stands:
 *  1. `SessionRegistry` opens the inbox of a lease (`SessionEvents.openInbox`). One inbox serves all connections under that lease, one after another.
 *  2. `BaileysEngine.open` calls `load`, which reads the stored entries before the socket opens.
 *  3. `MessageReception` waits for the login, then calls `recover` once. Stanzas from the network wait until it settles.
 *  4. For each stanza, `MessageReception` calls `begin`. While others are before it, `EarlyDecryption` opens it as in step 5.
 *     When it has its turn, `MessageReception.handle` calls `enter` and sets `CurrentStanza`. Only one stanza is handled at a time.
 *  5. Baileys decrypts. `durableSignalRepository` first asks `recall`. Otherwise it writes the `draft` and the ratchet step in one commit, with those
 *     of other stanzas that are opened meanwhile, before Baileys sees the plaintext and sends the receipt.
 *  6. Baileys emits `messages.upsert` while the pass is still open. `EventPublisher.emit` runs inside that call, and `InboxJournal.claim` finds the pass by message id.
 *  7. `MessageReception.handle` calls `end`. An event that comes later finds no pass, so step 6 must stay synchronous.
 *  8. The claim follows the event. The entry is finished when the event log has stored or refused the event, and its slot becomes free.
 *  9. `InboxJournal.mark` stores how far entries are finished: on `SessionEvents.settled`, and when the inbox is idle. The next owner starts from there
 *     and looks up the rest in the event log.
 *
 * Before credentials are cleared, `publishLeft` publishes what is left without a connection: `BaileysEngine.readLeft` calls `load` and `recover`, and step 5 only recalls.
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
  /** As far as it is known without decryption: whether it has content, and what it changes. */
  readonly known?: Pick<WAMessage, 'message' | 'messageStubType'>;
}

/** The stored data of one decrypted ciphertext. */
export interface InboxContent {
  /** Of the ciphertext. */
  readonly hash: string;
  readonly plaintext: Uint8Array;
  readonly stanza: KeptStanza;
}

/** An entry on its way into the auth state. Exactly one of the two methods is called. */
export interface InboxDraft {
  /** What to store under `INBOX_TYPE`, in the key transaction of the ratchet step of the ciphertext. */
  readonly record: { readonly id: string; readonly value: unknown };
  /** The transaction is on disk. */
  stored(): void;
  /** No part of it was stored. */
  dropped(): void;
}

/** The handling of one stanza, from its first ciphertext to the event that it produces. */
export abstract class InboxPass {
  /** Whether it produced an event with the message id of the stanza. */
  abstract readonly emitted: boolean;
  /** The plaintext of a ciphertext that was decrypted before and is still kept, otherwise `null`. */
  abstract recall(hash: string): Promise<Uint8Array | null>;
  /** An entry for a ciphertext that has just been decrypted. When it resolves, an entry that is too large for one record is on disk. Throws like `AuthState`. */
  abstract draft(content: InboxContent): Promise<InboxDraft>;
  /** Marks the stanza as being handled: an event with its message id belongs to it until `end`. */
  abstract enter(): void;
  abstract end(): void;
}

/** How an engine recovers what is left in an inbox. */
export interface InboxRecovery {
  /** The message of a stanza; `null` if it has none that can be emitted. */
  readonly identify: (stanza: KeptStanza) => MessageIdentity | null;
  /** Handles a stanza as if it had just arrived; resolves to whether it produced an event. */
  readonly handle: (stanza: KeptStanza) => Promise<boolean>;
  /** Whether the connection is open: otherwise a stanza that produced no event is tried again over the next connection. */
  readonly connected: () => boolean;
}

/** The inbox of a session under one lease. */
export abstract class Inbox {
  /** Reads what is kept; once, and again after `forget`. Waits for a broker that does not answer until `ended` is aborted. */
  abstract load(ended: AbortSignal): Promise<void>;
  /** The stored entries of earlier connections, with or without an event. Call it once. */
  abstract takeKept(): readonly InboxContent[];
  /** Begins the handling of a stanza, which `enter` continues when it has its turn. `identify` says which message it is, once that matters. */
  abstract begin(messageId: string, identify: () => MessageIdentity | null): InboxPass;
  /** Resolves once few stored messages wait for the log, or if the log accepts none at all. `null` if few are waiting. */
  abstract room(): Promise<void> | null;
  /**
   * Handles every stanza that has produced no event, in the order of reception. Call it on each new connection before anything is received. Resolves to their
   * number.
   */
  abstract recover(how: InboxRecovery, ended: AbortSignal): Promise<number>;
  /** The auth state was cleared or replaced. */
  abstract forget(): void;
}
