import type { Msg, MsgCallback, NatsConnection as NatsClient, Subscription } from '@nats-io/transport-node';
import { liveSubject } from '@wabus/contracts';
import { headerReaderOf, storedMessage, type StoredMessage } from '../streams/stored-message.js';

/** Headers of a republished message (ADR-28): its sequence in the stream, and the sequence of the previous message on the same subject. */
const SEQUENCE = 'Nats-Sequence';
const PREVIOUS = 'Nats-Last-Sequence';
const SUBJECT = 'Nats-Subject';

export interface LiveMessage {
  readonly message: StoredMessage;
  readonly previous: number;
}

/** The core NATS subscriptions of a live feed, one per subject. */
export class LiveSubscriptions {
  private readonly active = new Map<string, Subscription>();

  constructor(
    private readonly client: NatsClient,
    /** Receives each raw message; use `readLive` to parse it. */
    private readonly receive: MsgCallback<Msg>
  ) {}

  /**
   * Subscribes to those of the event subjects that are missing.
   * Returns a function that ends all other subscriptions: the new ones start before the old ones end, so nothing is missed.
   */
  change(subjects: ReadonlySet<string>): () => void {
    for (const subject of subjects) if (!this.active.has(subject)) this.active.set(subject, this.subscribe(subject));
    return () => {
      for (const [subject, subscription] of this.active) {
        if (subjects.has(subject)) continue;
        this.active.delete(subject);
        subscription.unsubscribe();
      }
    };
  }

  /** Subscribes to every active subject again. */
  renew(): void {
    const subjects = new Set(this.active.keys());
    this.end();
    this.change(subjects);
  }

  end(): void {
    for (const subscription of this.active.values()) subscription.unsubscribe();
    this.active.clear();
  }

  private subscribe(subject: string): Subscription {
    return this.client.subscribe(liveSubject(subject), { callback: this.receive });
  }
}

/** Returns `null` if the message is not a republished message of a stream. */
export function readLive(message: Msg): LiveMessage | null {
  const header = headerReaderOf(message);
  const sequence = Number(header(SEQUENCE));
  const subject = header(SUBJECT);
  if (!Number.isSafeInteger(sequence) || sequence < 1 || subject === undefined) return null;
  return { message: storedMessage(message, sequence, subject, header), previous: Number(header(PREVIOUS) ?? 0) || 0 };
}
