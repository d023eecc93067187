import type { Stanza } from '../stanza/stanza.js';

/** The tags that a device can request again by id. */
const REQUESTED_AGAIN = ['message', 'status'];

interface AckTerms {
  readonly participant?: string;
  readonly error?: string;
  /** Returns whether another device of the account has sent the message. */
  readonly isOwnCopy?: (stanza: Stanza) => boolean;
}

/**
 * The stanzas that one device has not confirmed yet, in the order in which they were queued. A stanza stays until the device acknowledges it by
 * receipt or ack, over any number of connections: WhatsApp's offline queue.
 *
 * The service has applied two of its rules since 2026. An ack with error 500 confirms nothing (Baileys PR 2779 and PR 2712, measured for status
 * posts; we do the same for messages, for which the reports contradict one another). A status post that is not acknowledged with the class `status`
 * holds back everything behind it (WAHA 2151, whatsapp-rust PR 1101).
 *
 * A third rule is older: the copy of a message that another device of the account has sent is
 * confirmed only by a receipt of the type `sender`, not by an ack (whatsapp-rust PR 659, measured).
 */
export class Outbox {
  private readonly entries = new Map<string, Stanza>();
  /** By id: the copies that the device has requested again, and for which an ack is still due. */
  private readonly refused = new Map<string, Set<Stanza>>();
  /** The stanzas that have not been written on the current connection. */
  private unwritten: Stanza[] = [];
  private lastPost: Stanza | undefined;

  get size(): number {
    return this.entries.size;
  }

  /** Whether every stanza has been written on the current connection. */
  get isWritten(): boolean {
    return this.unwritten.length === 0;
  }

  /** The written status post that is not acknowledged yet and holds back the stanzas behind it. */
  get blockedBy(): Stanza | undefined {
    return this.lastPost && this.holds(this.lastPost) ? this.lastPost : undefined;
  }

  /** Queues a stanza; it replaces a queued stanza with the same tag, id and participant. */
  add(stanza: Stanza): void {
    const key = keyOf(stanza);
    const before = this.entries.get(key);
    const place = before ? this.unwritten.indexOf(before) : -1;
    this.entries.set(key, stanza);
    if (place < 0) this.unwritten.push(stanza);
    else this.unwritten[place] = stanza;
  }

  /** Removes queued stanzas and appends one that replaces them. */
  replace(stanzas: readonly Stanza[], by: Stanza): void {
    this.drop([...stanzas]);
    this.entries.set(keyOf(by), by);
  }

  /** Starts a new connection: every unconfirmed stanza is written again, and no earlier ack is due anymore. */
  rewind(): void {
    this.unwritten = this.pending();
    this.refused.clear();
    this.lastPost = undefined;
  }

  /** Removes and returns the stanzas that may be written now, oldest first and at most `limit`. */
  takeWritable(limit = Infinity): Stanza[] {
    const taken: Stanza[] = [];
    while (this.unwritten.length > 0 && taken.length < limit && !this.blockedBy) {
      const stanza = this.unwritten.shift()!;
      if (!this.holds(stanza)) continue;
      taken.push(stanza);
      if (stanza.tag === 'status') this.lastPost = stanza;
    }
    return taken;
  }

  /** Drops the matching stanzas; without a participant, the stanzas of all senders with that id. Returns how many it dropped. */
  confirm(tag: string, id: string, participant?: string): number {
    if (participant !== undefined) {
      const exact = this.entries.delete(keyFrom(tag, id, participant)) || this.entries.delete(keyFrom(tag, id, ''));
      if (exact) return 1;
    }
    return this.drop(this.matching(tag, id));
  }

  /**
   * Records that the device requests a message again. The stanzas queued under the id
   * stay until their ack: the request alone confirms nothing (whatsapp-rust PR 647).
   */
  refuse(id: string): void {
    this.refused.set(id, new Set(REQUESTED_AGAIN.flatMap(tag => this.matching(tag, id))));
  }

  /**
   * Handles an ack: like {@link confirm}, unless the ack has error 500. The ack that follows
   * {@link refuse} may arrive after the resent copy is queued and does not confirm that copy.
   */
  acknowledge(tag: string, id: string, { participant, error, isOwnCopy = () => false }: AckTerms = {}): number {
    if (this.matching(tag, id).some(isOwnCopy)) return 0;
    if (error !== '500') return this.settle(tag, id, participant);
    this.refused.delete(id);
    return 0;
  }

  /** Records that the device has received a message, whether it could read the message or requests it again. */
  received(id: string): number {
    return this.settle('message', id);
  }

  /** An ack after a request for a message confirms the refused copy, but no copy that was queued later. */
  private settle(tag: string, id: string, participant?: string): number {
    const refused = REQUESTED_AGAIN.includes(tag) ? this.refused.get(id) : undefined;
    this.refused.delete(id);
    if (!refused) return this.confirm(tag, id, participant);
    return this.drop([...refused].filter(stanza => stanza.tag === tag && this.holds(stanza)));
  }

  /** Returns the unconfirmed stanzas, oldest first. */
  pending(): Stanza[] {
    return [...this.entries.values()];
  }

  clear(): void {
    this.entries.clear();
    this.unwritten = [];
  }

  private holds(stanza: Stanza): boolean {
    return this.entries.get(keyOf(stanza)) === stanza;
  }

  private matching(tag: string, id: string): Stanza[] {
    const prefix = keyFrom(tag, id, '');
    const found: Stanza[] = [];
    for (const [key, stanza] of this.entries) if (key.startsWith(prefix)) found.push(stanza);
    return found;
  }

  private drop(stanzas: Stanza[]): number {
    for (const stanza of stanzas) this.entries.delete(keyOf(stanza));
    return stanzas.length;
  }
}

const keyOf = ({ tag, attrs }: Stanza): string => keyFrom(tag, attrs['id'] ?? '', attrs['participant'] ?? '');

function keyFrom(tag: string, id: string, participant: string): string {
  return `${tag}\n${id}\n${participant}`;
}
