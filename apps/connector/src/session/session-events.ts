import type { OwnEventMap } from '@wabus/contracts';
import type { BaileysEventMap } from '@whiskeysockets/baileys';
import type { AuthState } from '../auth-state/auth-state.js';
import type { SessionLease } from '../ownership/session-lease.js';
import type { Inbox } from '../whatsapp/inbox.js';
import type { KnownIdentities } from '../whatsapp/known-identities.js';

/** Every event of a session with what it carries inside this process: Baileys' own unredacted, and ours. */
export type SessionEventMap = BaileysEventMap & OwnEventMap;

/** Where the events of sessions go. */
export abstract class SessionEvents {
  /** The inbox of a session under a lease; `null` when messages are not kept. */
  abstract openInbox(lease: SessionLease, auth: AuthState): Inbox | null;
  /** What a session knows of people under a lease: its events name both jids of those. */
  abstract identitiesOf(lease: SessionLease): KnownIdentities;
  /**
   * Takes an event for publication; those of one session keep the order of the calls. Never throws. Drops the event when the lease is lost, waits while it has lapsed
   * because a renewal is late, and leaves a message out whose event was taken before.
   */
  abstract emit<Name extends keyof SessionEventMap>(lease: SessionLease, name: Name, payload: SessionEventMap[Name]): void;
  /**
   * Takes a chunk of history, as `emit` does. Settles with `true` when all of it is in the log or never can be, with `false` when nobody knows. The same chunk makes the same ids: what is in
   * the log already is recognized.
   */
  abstract emitHistory(lease: SessionLease, chunk: string, set: BaileysEventMap['messaging-history.set']): Promise<boolean>;
  /** How many events this process has stored in the log under this lease. */
  abstract published(lease: SessionLease): number;
  /** Settles when every event taken so far under this lease is published or given up. */
  abstract settled(lease: SessionLease): Promise<void>;
  /** Calls the listener with `true` when no more events can be taken without using too much memory, and with `false` when there is room again. */
  abstract onPressure(listener: (full: boolean) => void): void;
}
