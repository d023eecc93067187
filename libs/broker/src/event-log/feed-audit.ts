import { EVENT_STREAM } from '@wabus/contracts';
import type { NatsConnection } from '../connection/nats-connection.js';
import type { StoredMessage } from '../streams/stored-message.js';
import { readStream } from '../streams/stream.reader.js';

/** A feed that receives something is compared with the log after this many rounds of its supervision. */
const ROUNDS = 5;

/**
 * Compares what a live feed of some subjects handed out with the log, whose headers alone are read. Needed since a subject of which the newest message was lost shows no gap
 * before its next one, which may be days away.
 */
export class FeedAudit {
  private handedOut: number[] = [];
  private rounds = 0;
  /** Up to here nothing is missing. */
  verifiedUpTo = 0;

  constructor(private readonly connection: NatsConnection) {}

  /** Counts a round of the supervision, and says whether it is time to compare. */
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

  /** How many wanted messages up to a sequence were not handed out; `null` when none is missing, and then everything up to there is verified. */
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
