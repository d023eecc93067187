import type { EventFacts, SessionId } from '@wabus/contracts';

/**
 * Keeps the events of deleted sessions from whoever reads over this connection. What an owner had on its way when its session was deleted may still reach the log: it carries an
 * epoch that no later session of the name has.
 */
export class EventFence {
  private readonly epochs = new Map<SessionId, number>();

  /** Nothing of a session up to this epoch is an event any more. */
  raise(session: SessionId, epoch: number): void {
    if (epoch > (this.epochs.get(session) ?? 0)) this.epochs.set(session, epoch);
  }

  admits({ session, epoch }: Pick<EventFacts, 'session' | 'epoch'>): boolean {
    return epoch > (this.epochs.get(session) ?? -1);
  }
}
