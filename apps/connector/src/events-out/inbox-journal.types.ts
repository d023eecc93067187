import type { Cursor } from '@wabus/contracts';
import type { Logger } from 'pino';
import type { AuthState } from '../auth-state/auth-state.js';
import type { SessionLease } from '../ownership/session-lease.js';
import type { MessageIdentity } from '../whatsapp/inbox.js';
import type { InboxMetrics } from './inbox.metrics.js';
import type { RememberedMessages } from './remembered-messages.js';

/** The outcome of an event. `lost`: unknown, because the lease is over or the process ends. */
export type EventFate = 'stored' | 'refused' | 'lost';

/** The functions of the publisher that an inbox uses. */
export interface PublishedEvents {
  /** Returns a position in the log before which nothing more will be stored, as far as this process can tell. */
  position(): Cursor | null;
  /** Updates `position`. */
  locate(): Promise<void>;
  /** Reads which messages of the session are in the log after a position. */
  learn(after: Cursor): Promise<void>;
  /** Returns whether the event of a message is in the log or on its way. */
  knows(message: MessageIdentity): boolean;
  /** Records that a former owner has published the event of a message. */
  isPublished(message: MessageIdentity): void;
}

export interface InboxJournalParts {
  readonly lease: SessionLease;
  readonly auth: AuthState;
  readonly published: PublishedEvents;
  /** The messages whose events are in the log; stored together with the entries. */
  readonly memory: RememberedMessages;
  readonly metrics: InboxMetrics;
  readonly logger: Logger;
}

/** The claim of an event on the entries from which it results. */
export interface EventClaim {
  /** The event of these entries was published or is about to be: this is its second copy. */
  readonly isCopy: boolean;
  /** Marks the entries as finished when the event is stored, or never can be. */
  follow(fate: Promise<EventFate>): void;
}
