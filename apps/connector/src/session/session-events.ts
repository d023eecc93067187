import type { OwnEventMap } from '@wabus/contracts';
import type { BaileysEventMap } from '@whiskeysockets/baileys';
import type { AuthState } from '../auth-state/auth-state.js';
import type { SessionLease } from '../ownership/session-lease.js';
import type { Inbox } from '../whatsapp/inbox.js';
import type { KnownIdentities } from '../whatsapp/known-identities.js';

/** Every event of a session with its payload inside this process: Baileys' events, unredacted, and our own. */
export type SessionEventMap = BaileysEventMap & OwnEventMap;

/** Receives the events of sessions. */
export abstract class SessionEvents {
  /** The inbox of a session under a lease; `null` when messages are not kept. */
  abstract openInbox(lease: SessionLease, auth: AuthState): Inbox | null;
  /** What a session knows of people under a lease, so that its events name both jids of a person. */
  abstract identitiesOf(lease: SessionLease): KnownIdentities;
  /**
   * Takes an event for publication; those of one session keep the order of the calls. Never throws. Drops the event if the lease is lost, and waits while the
   * lease has lapsed because a renewal is late. A message whose event was accepted before is left out.
   */
  abstract emit<Name extends keyof SessionEventMap>(lease: SessionLease, name: Name, payload: SessionEventMap[Name]): void;
  /**
   * Takes a chunk of history, as `emit` does. Resolves to `true` once all of it is in the log or can never be, and to `false` if that is unknown. The same
   * chunk produces the same ids, so events in the log are recognized.
   */
  abstract emitHistory(lease: SessionLease, chunk: string, set: BaileysEventMap['messaging-history.set']): Promise<boolean>;
  /** How many events this process has stored in the log under this lease. */
  abstract published(lease: SessionLease): number;
  /** Resolves once every event accepted so far under this lease is published or given up. */
  abstract settled(lease: SessionLease): Promise<void>;
  /** Calls the listener with `true` when accepting more events would use too much memory, and with `false` once there is room again. */
  abstract onPressure(listener: (full: boolean) => void): void;
}
