import { WabusError } from '@wabus/contracts';
import type { BinaryNode } from '@whiskeysockets/baileys';

/** A message that is being sent. */
export class Departure {
  /** Whether its stanza was passed to the connection, so that it may have been sent. */
  hasLeft = false;
  private isAbandoned = false;

  constructor(readonly id: string) {}

  /** Abandons the message because the sender gets an error. Returns whether it has certainly not left; in that case it never will. */
  abandon(): boolean {
    this.isAbandoned = !this.hasLeft;
    return this.isAbandoned;
  }

  /** Marks the message as left. Throws `NOT_CONNECTED` if it was abandoned, because its sender relies on the fact that nothing was sent. */
  leave(): void {
    if (this.isAbandoned) throw new WabusError('NOT_CONNECTED', { message: 'The message was abandoned before it was sent.' });
    this.hasLeft = true;
  }
}

/** Tracks which messages of a connection have left: before that moment, an error guarantees that nothing was sent. */
export class Departures {
  private readonly pending = new Map<string, Departure>();

  /** Begins to track a message. This replaces an earlier attempt with the same id. */
  begin(id: string): Departure {
    const departure = new Departure(id);
    this.pending.set(id, departure);
    return departure;
  }

  /** Stops tracking a message. */
  end(departure: Departure): void {
    if (this.pending.get(departure.id) === departure) this.pending.delete(departure.id);
  }

  /** Marks the message of an outgoing stanza as left. Part of `interceptNode`. */
  note({ tag, attrs }: BinaryNode): void {
    if (tag === 'message') this.pending.get(attrs['id'] ?? '')?.leave();
  }
}
