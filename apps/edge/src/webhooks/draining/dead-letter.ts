import type { LoggedEvent } from '@wabus/broker';
import type { EventName, SessionId } from '@wabus/contracts';
import type { AttemptResult } from '../delivery/delivery.sender.js';

/** An event that was given up on: the value of `dead.<webhook>.<sequence>`. The event itself stays in the log, as long as that keeps it. */
export interface DeadLetter {
  readonly sequence: number;
  readonly stream: string;
  readonly deliveryId: string;
  readonly session: SessionId;
  readonly event: EventName;
  readonly eventId: string;
  readonly attempts: number;
  readonly status: number | null;
  readonly error: string;
  /** ISO time. */
  readonly at: string;
}

export function deadLetterOf(
  event: LoggedEvent,
  { stream, attempts, result }: { stream: string; attempts: number; result: AttemptResult }
): DeadLetter {
  const { session, event: name, id } = event.facts;
  return {
    sequence: event.sequence,
    stream,
    deliveryId: result.deliveryId,
    session,
    event: name,
    eventId: id,
    attempts,
    status: result.status,
    error: result.error ?? 'given up',
    at: new Date().toISOString()
  };
}
