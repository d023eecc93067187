import type { Acknowledgements } from '@wabus/testing';
import type { Stanza } from '../stanza/stanza.js';

/** The maximum number of unacknowledged notifications; beyond it the oldest are dropped. */
const MAX_DUE = 10_000;
/** How many acknowledged ids are stored, to distinguish a second ack from a wrong one. */
const MAX_SETTLED = 10_000;

/** The connection that received a notification, in the form that tests query. */
export interface NotifiedConnection {
  readonly id: string;
  readonly phoneNumber: string | null;
}

interface DueNotification {
  connection: NotifiedConnection;
  id: string;
  type: string;
  sentAt: number;
}

/**
 * Every notification that was written, until its client acknowledges it with
 * `<ack class="notification" id type>`. A notification that is resent on a new connection is due there.
 */
export class AcknowledgementsLedger {
  private readonly due = new Map<string, DueNotification>();
  private readonly settled = new Map<string, string>();
  private readonly counts = new Map<
    string,
    { connection: NotifiedConnection; notifications: number; acknowledged: number; repeated: number }
  >();

  sent(connection: NotifiedConnection, { tag, attrs }: Stanza): void {
    const { id } = attrs;
    if (tag !== 'notification' || id === undefined) return;
    this.due.delete(id);
    const counts = this.countsOf(connection);
    counts.notifications++;
    this.due.set(id, { connection: counts.connection, id, type: attrs['type'] ?? '', sentAt: Date.now() });
    forgetOldest(this.due, MAX_DUE);
  }

  /** Handles an ack; an ack with another type than the notification's has no effect. */
  acknowledged(connection: NotifiedConnection, { tag, attrs }: Stanza): void {
    const { id } = attrs;
    if (tag !== 'ack' || attrs['class'] !== 'notification' || id === undefined) return;
    const due = this.due.get(id);
    if (due?.type === (attrs['type'] ?? '')) {
      this.due.delete(id);
      this.settled.set(id, due.type);
      forgetOldest(this.settled, MAX_SETTLED);
      this.countsOf(connection).acknowledged++;
    } else if (!due && this.settled.has(id)) this.countsOf(connection).repeated++;
  }

  isDue(id: string): boolean {
    return this.due.has(id);
  }

  /** Returns whether a connection has acknowledged everything so far. */
  isSettled({ id }: Pick<NotifiedConnection, 'id'>): boolean {
    return this.report(connection => connection.id === id).missing.length === 0;
  }

  /** Returns the report on the connections that `picks` selects, including closed ones. */
  report(picks: (connection: NotifiedConnection) => boolean): Acknowledgements {
    const counts = [...this.counts.values()].filter(({ connection }) => picks(connection));
    const sum = (name: 'notifications' | 'acknowledged' | 'repeated') => counts.reduce((total, each) => total + each[name], 0);
    return {
      notifications: sum('notifications'),
      acknowledged: sum('acknowledged'),
      repeated: sum('repeated'),
      missing: [...this.due.values()]
        .filter(({ connection }) => picks(connection))
        .map(({ connection, id, type, sentAt }) => ({ connection: connection.id, id, type, phoneNumber: connection.phoneNumber, sentAt }))
    };
  }

  private countsOf({ id, phoneNumber }: NotifiedConnection) {
    const known = this.counts.get(id);
    if (known) return known;
    // A copy, because the ledger must not keep the connection itself after its end.
    const counts = { connection: { id, phoneNumber }, notifications: 0, acknowledged: 0, repeated: 0 };
    this.counts.set(id, counts);
    return counts;
  }
}

function forgetOldest(map: Map<string, unknown>, limit: number): void {
  for (const oldest of map.keys()) {
    if (map.size <= limit) return;
    map.delete(oldest);
  }
}
