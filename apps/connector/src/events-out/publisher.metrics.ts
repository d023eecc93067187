import type { EventName } from '@wabus/contracts';

/** Counts what the publisher does. */
export abstract class PublisherMetrics {
  /** Stored after `seconds`; `duplicate` when the log had it already. */
  abstract published(event: EventName, duplicate: boolean, seconds: number): void;
  /** Left out: the event of a message that is in the log already, or on its way there. */
  abstract skipped(event: EventName): void;
  /** Given up: it can never be stored. */
  abstract failed(event: EventName): void;
  /** Dropped, because the lease did not hold any more. */
  abstract fenced(event: EventName): void;
  abstract inFlight(events: number, bytes: number): void;
}
