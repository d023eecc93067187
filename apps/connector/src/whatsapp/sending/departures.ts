import { WabusError } from '@wabus/contracts';
import type { BinaryNode } from '@whiskeysockets/baileys';

/** A message on its way to the connection. */
export class Departure {
  /** Its stanza was handed to the connection: from then on it may have been sent. */
  hasLeft = false;
  private isAbandoned = false;

  constructor(readonly id: string) {}

  /** The sender is answered with an error. Whether the message has certainly not left; then it never will. */
  abandon(): boolean {
    this.isAbandoned = !this.hasLeft;
    return this.isAbandoned;
  }

  /** Throws `NOT_CONNECTED` if the sender believes that nothing was sent. */
  leave(): void {
    if (this.isAbandoned) throw new WabusError('NOT_CONNECTED', { message: 'The message was abandoned before it was sent.' });
    this.hasLeft = true;
  }
}

/** Which messages of a connection have left: an error before that moment is certain. */
export class Departures {
  private readonly pending = new Map<string, Departure>();

  /** A message is composed. A former attempt with its id counts no more. */
  begin(id: string): Departure {
    const departure = new Departure(id);
    this.pending.set(id, departure);
    return departure;
  }

  /** It no longer leaves. */
  end(departure: Departure): void {
    if (this.pending.get(departure.id) === departure) this.pending.delete(departure.id);
  }

  /** Part of `interceptNode`. */
  note({ tag, attrs }: BinaryNode): void {
    if (tag === 'message') this.pending.get(attrs['id'] ?? '')?.leave();
  }
}
