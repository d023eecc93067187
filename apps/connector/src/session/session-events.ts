import type { OwnEventMap } from '@wabus/contracts';
import type { BaileysEventMap } from '@whiskeysockets/baileys';
import type { AuthState } from '../auth-state/auth-state.js';
import type { SessionLease } from '../ownership/session-lease.js';
import type { Inbox } from '../whatsapp/inbox.js';
import type { KnownIdentities } from '../whatsapp/known-identities.js';

/** Every event of a session with its payload inside this process: Baileys' events, unredacted, and those of Wabus. */
export type SessionEventMap = BaileysEventMap & OwnEventMap;

/** Receives the events of sessions. */
export abstract class SessionEvents {
  /** Returns the inbox of a session under a lease; `null` if messages are not stored until they are published. */
  abstract openInbox(lease: SessionLease, auth: AuthState): Inbox | null;
  /** Returns the known identities of people under a lease, so that a session's events name both jids of a person. */
  abstract identitiesOf(lease: SessionLease): KnownIdentities;
  /**
   * Accepts an event for publication; events of one session keep the call order. Never throws.
   * Drops the event if the lease is lost, and waits while the lease has lapsed because a renewal is late. Skips a message whose event was accepted before.
   */
  abstract emit<Name extends keyof SessionEventMap>(lease: SessionLease, name: Name, payload: SessionEventMap[Name]): void;
  /**
   * Accepts a chunk of history, as `emit` does. Resolves to `true` once all of it is in the log or can never be, and to `false` if that is unknown.
   * The same chunk produces the same ids, so events in the log are recognized.
   */
  abstract emitHistory(lease: SessionLease, chunk: string, set: BaileysEventMap['messaging-history.set']): Promise<boolean>;
  /** Returns how many events this process has stored in the log under this lease. */
  abstract published(lease: SessionLease): number;
  /** Resolves once every event accepted so far under this lease is published or dropped. */
  abstract settled(lease: SessionLease): Promise<void>;
  /** Calls the listener with `true` when accepting more events would use too much memory, and with `false` once there is room again. */
  abstract onPressure(listener: (full: boolean) => void): void;
}
