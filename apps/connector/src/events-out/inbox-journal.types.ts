import type { Cursor } from '@wabus/contracts';
import type { Logger } from 'pino';
import type { AuthState } from '../auth-state/auth-state.js';
import type { SessionLease } from '../ownership/session-lease.js';
import type { MessageIdentity } from '../whatsapp/inbox.js';
import type { InboxMetrics } from './inbox.metrics.js';
import type { RememberedMessages } from './remembered-messages.js';

/** The outcome of an event: `lost`, nobody knows, since the lease is over or the process ends. */
export type EventFate = 'stored' | 'refused' | 'lost';

/** What an inbox asks of the publisher. */
export interface PublishedEvents {
  /** A position in the log before which nothing will be stored any more, as far as this process knows. */
  position(): Cursor | null;
  /** Brings `position` up to date. */
  locate(): Promise<void>;
  /** Learns which messages of the session are in the log after a position. */
  learn(after: Cursor): Promise<void>;
  /** Whether the event of a message is in the log or on its way. */
  knows(message: MessageIdentity): boolean;
  /** A former owner has published the event of a message. */
  isPublished(message: MessageIdentity): void;
}

export interface InboxJournalParts {
  readonly lease: SessionLease;
  readonly auth: AuthState;
  readonly published: PublishedEvents;
  /** The messages whose events are in the log; stored along with the entries. */
  readonly memory: RememberedMessages;
  readonly metrics: InboxMetrics;
  readonly logger: Logger;
}

/** The claim of an event on the entries that it comes of. */
export interface EventClaim {
  /** Their event was published or is about to be: this is its second copy. */
  readonly isCopy: boolean;
  /** Finishes the entries when the event is stored, or never can be. */
  follow(fate: Promise<EventFate>): void;
}
