/** Whoever reads the figures must not be flooded by a service that invents tags. */
const MAX_TAGS = 50;
const OTHERS = 'other';

/**
 * The outcome of a request of a device to send a message again: `held-back`, its chat or account has sent too much again, and it waits; `dropped`, too many wait;
 * `unknown`, no such message is kept; `used-up`, the device has been answered as often as it may be.
 */
export type ResendOutcome = 'sent' | 'held-back' | 'dropped' | 'unknown' | 'used-up' | 'failed';

/** Figures of all connections of one engine. */
export class EngineFigures {
  /** Stanzas of a kind that nobody handles, by tag. They were acknowledged, nothing came of them. */
  readonly unknownStanzas = new Map<string, number>();
  /** Stanzas that WhatsApp announced at login and has not delivered yet. */
  undrained = 0;
  /** Requests of devices to send a message again, by outcome. One that was held back is counted once more when it is answered. */
  readonly resends = new Map<ResendOutcome, number>();
  /** Messages that could not be read and were not requested again, because too many were requested from their sender. */
  unaskedAgain = 0;
  /** Chats with new people that sessions have begun. */
  newChats = 0;
  /** Sends that were refused here and never left, by reason. */
  readonly refusedSends = new Map<string, number>();
  /** Ended connections, by the reason that the status of their session shows. */
  readonly endedConnections = new Map<string, number>();
  /** Sessions whose account WhatsApp restricts at the moment. */
  readonly restricted = new Set<string>();

  /** Answers whether the tag is new to this process. */
  unknownStanza(tag: string): boolean {
    const isNew = !this.unknownStanzas.has(tag);
    const counted = isNew && this.unknownStanzas.size >= MAX_TAGS ? OTHERS : tag;
    this.unknownStanzas.set(counted, (this.unknownStanzas.get(counted) ?? 0) + 1);
    return isNew && counted === tag;
  }

  resend(outcome: ResendOutcome): void {
    this.resends.set(outcome, (this.resends.get(outcome) ?? 0) + 1);
  }

  sendRefused(reason: string): void {
    this.refusedSends.set(reason, (this.refusedSends.get(reason) ?? 0) + 1);
  }

  connectionEnded(reason: string): void {
    this.endedConnections.set(reason, (this.endedConnections.get(reason) ?? 0) + 1);
  }

  /** So many more (or fewer) stanzas are announced and not delivered to the end. */
  announced(change: number): void {
    this.undrained += change;
  }
}
