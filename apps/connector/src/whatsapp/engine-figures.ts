/** Limits the number of time series: the server could send any number of different tags. */
const MAX_TAGS = 50;
const OTHERS = 'other';

/**
 * The outcome of a device's request to resend a message. `held-back`: the chat or account has reached its limit of resends, and the request waits;
 * `dropped`: too many requests wait; `unknown`: the message is not stored; `used-up`: the device has reached its limit of answers.
 */
export type ResendOutcome = 'sent' | 'held-back' | 'dropped' | 'unknown' | 'used-up' | 'failed';

/** The metrics of all connections of one engine. */
export class EngineFigures {
  /** Stanzas without a handler, by tag. They were acknowledged and otherwise ignored. */
  readonly unknownStanzas = new Map<string, number>();
  /** Stanzas that WhatsApp announced at login and has not delivered yet. */
  undrained = 0;
  /** Requests of devices to resend a message, by outcome. A request that was held back is counted again when it is answered. */
  readonly resends = new Map<ResendOutcome, number>();
  /** Unreadable messages that were not requested again because too many had been requested from their sender. */
  unaskedAgain = 0;
  /** Chats with new people that sessions have started. */
  newChats = 0;
  /** Sends that the connector refused before anything was sent, by reason. */
  readonly refusedSends = new Map<string, number>();
  /** Ended connections, by the reason that the status of their session shows. */
  readonly endedConnections = new Map<string, number>();
  /** Sessions whose account WhatsApp restricts at the moment. */
  readonly restricted = new Set<string>();

  /** Counts an unknown stanza. Returns whether its tag is new to this process and counted under its own name. */
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

  /** Adds `change`, which may be negative, to the number of announced stanzas that WhatsApp has not delivered yet. */
  announced(change: number): void {
    this.undrained += change;
  }
}
