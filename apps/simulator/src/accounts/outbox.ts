import type { Stanza } from '../stanza/stanza.js';

/** What a device is asked again for by its id. */
const REQUESTED_AGAIN = ['message', 'status'];

interface AckTerms {
  readonly participant?: string;
  readonly error?: string;
  /** Whether another device of the account has sent the message. */
  readonly isOwnCopy?: (stanza: Stanza) => boolean;
}

/**
 * What one device has yet to confirm, in the order it was queued. A stanza stays until the device acknowledges it by receipt or ack,
 * over any number of connections: WhatsApp's offline queue.
 *
 * Two rules are the service's since 2026. An ack with error 500 confirms nothing (Baileys PR 2779 and PR 2712, measured for status posts; we do
 * it for messages too, where reports contradict one another). A status post that is not acknowledged with the class `status` holds
 * back everything behind it (WAHA 2151, whatsapp-rust PR 1101).
 *
 * A third is older: the copy of a message that another device of the account has sent is confirmed by a receipt of the type `sender` only, not by an ack (whatsapp-rust PR 659, measured).
 */
export class Outbox {
  private readonly entries = new Map<string, Stanza>();
  /** By id: copies that the device asked for again, and whose ack is still to come. */
  private readonly refused = new Map<string, Set<Stanza>>();
  /** What is still to be written on the present connection. */
  private unwritten: Stanza[] = [];
  private lastPost: Stanza | undefined;

  get size(): number {
    return this.entries.size;
  }

  /** Whether everything was written on the present connection. */
  get isWritten(): boolean {
    return this.unwritten.length === 0;
  }

  /** The status post that was written, is not acknowledged and holds back what is behind it. */
  get blockedBy(): Stanza | undefined {
    return this.lastPost && this.holds(this.lastPost) ? this.lastPost : undefined;
  }

  /** Queues a stanza, in the place of one of the same tag, id and participant. */
  add(stanza: Stanza): void {
    const key = keyOf(stanza);
    const before = this.entries.get(key);
    const place = before ? this.unwritten.indexOf(before) : -1;
    this.entries.set(key, stanza);
    if (place < 0) this.unwritten.push(stanza);
    else this.unwritten[place] = stanza;
  }

  /** Takes out what waits and puts something else that says the same at the end. */
  replace(stanzas: readonly Stanza[], by: Stanza): void {
    this.drop([...stanzas]);
    this.entries.set(keyOf(by), by);
  }

  /** A new connection: everything unconfirmed is written again, and no ack is due any more. */
  rewind(): void {
    this.unwritten = this.pending();
    this.refused.clear();
    this.lastPost = undefined;
  }

  /** Takes what may be written now, oldest first, `limit` at most. */
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

  /** Drops what matches; without a participant every sender's stanza of that id goes. Answers how many went. */
  confirm(tag: string, id: string, participant?: string): number {
    if (participant !== undefined) {
      const exact = this.entries.delete(keyFrom(tag, id, participant)) || this.entries.delete(keyFrom(tag, id, ''));
      if (exact) return 1;
    }
    return this.drop(this.matching(tag, id));
  }

  /** The device asks for a message again. What is queued under the id stays until its ack: the request alone confirms nothing (whatsapp-rust PR 647). */
  refuse(id: string): void {
    this.refused.set(id, new Set(REQUESTED_AGAIN.flatMap(tag => this.matching(tag, id))));
  }

  /**
   * Takes an ack in: like {@link confirm}, unless it has error 500. The one that follows {@link refuse} may come after the resent copy is queued
   * and does not confirm that one.
   */
  acknowledge(tag: string, id: string, { participant, error, isOwnCopy = () => false }: AckTerms = {}): number {
    if (this.matching(tag, id).some(isOwnCopy)) return 0;
    if (error !== '500') return this.settle(tag, id, participant);
    this.refused.delete(id);
    return 0;
  }

  /** The device has received a message, whether it could read it or asks for it again. */
  received(id: string): number {
    return this.settle('message', id);
  }

  /** What follows a request for a message confirms the copy that was refused, and none that has come since. */
  private settle(tag: string, id: string, participant?: string): number {
    const refused = REQUESTED_AGAIN.includes(tag) ? this.refused.get(id) : undefined;
    this.refused.delete(id);
    if (!refused) return this.confirm(tag, id, participant);
    return this.drop([...refused].filter(stanza => stanza.tag === tag && this.holds(stanza)));
  }

  /** The unconfirmed stanzas, oldest first. */
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
