import { EVENT_STREAM } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats-connection.js';
import type { StoredMessage } from '../streams/stored-message.js';
import { readStream } from '../streams/stream.reader.js';

/** The number of supervision rounds after which a feed that receives events is compared with the log. */
const ROUNDS = 5;

/**
 * Compares the events that a live feed of some subjects delivered with the log, of which it reads the headers only.
 * Without it, a subject whose newest message was lost shows no gap until its next message, which may be days later.
 */
export class FeedAudit {
  private handedOut: number[] = [];
  private rounds = 0;
  /** The sequence up to which no event is missing. */
  verifiedUpTo = 0;

  constructor(private readonly connection: NatsConnection) {}

  /** Counts a supervision round. Returns whether a comparison is due. */
  countRound(): boolean {
    this.rounds++;
    return this.rounds % ROUNDS === 0;
  }

  begin(sequence: number): void {
    this.handedOut = [];
    this.verifiedUpTo = sequence;
  }

  note(sequence: number): void {
    this.handedOut.push(sequence);
  }

  verified(upTo: number): void {
    this.verifiedUpTo = Math.max(this.verifiedUpTo, upTo);
    this.handedOut = this.handedOut.filter(sequence => sequence > this.verifiedUpTo);
  }

  /**
   * Returns how many matching messages up to a sequence were not delivered. If none is missing, marks everything up to there as verified and returns `null`.
   */
  async missing(upTo: number, filters: string[], isWanted: (message: StoredMessage) => boolean): Promise<number | null> {
    let missing = 0;
    if (filters.length > 0) {
      const handedOut = new Set(this.handedOut);
      const range = { stream: EVENT_STREAM, filters, after: this.verifiedUpTo, upTo, headersOnly: true };
      for await (const message of readStream(this.connection, range)) {
        if (isWanted(message) && !handedOut.has(message.sequence)) missing++;
      }
    }
    if (missing > 0) return missing;
    this.verified(upTo);
    return null;
  }
}
