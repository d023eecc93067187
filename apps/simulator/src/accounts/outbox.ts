import type { Stanza } from '../stanza/stanza.js';

/**
 * What one device has yet to confirm, in the order it was queued. A stanza stays until the device acknowledges it by receipt or ack,
 * over any number of connections: WhatsApp's offline queue.
 */
export class Outbox {
  private readonly entries = new Map<string, Stanza>();
  /** Ids of messages whose refusal is still to come, see {@link refuse}. */
  private readonly refusalsDue = new Set<string>();

  get size(): number {
    return this.entries.size;
  }

  /** Queues a stanza, replacing one of the same tag, id and participant. */
  add(stanza: Stanza): void {
    this.entries.set(keyOf(stanza.tag, stanza.attrs['id'] ?? '', stanza.attrs['participant'] ?? ''), stanza);
  }

  /** Drops what matches; without a participant every sender's stanza of that id goes. Answers how many went. */
  confirm(tag: string, id: string, participant?: string): number {
    if (participant !== undefined) {
      const exact = this.entries.delete(keyOf(tag, id, participant)) || this.entries.delete(keyOf(tag, id, ''));
      if (exact) return 1;
    }
    let confirmed = 0;
    const prefix = keyOf(tag, id, '');
    for (const key of this.entries.keys()) {
      if (!key.startsWith(prefix)) continue;
      this.entries.delete(key);
      confirmed++;
    }
    return confirmed;
  }

  /**
   * The device asked for a message again: what is queued under the id goes. Clients follow a retry receipt with an error ack for the
   * same id, which may come after the resent copy is queued and must not confirm that one.
   */
  refuse(id: string): void {
    this.confirm('message', id);
    this.refusalsDue.add(id);
  }

  /** Takes an ack in: like {@link confirm}, unless it is the one that {@link refuse} announced. */
  acknowledge(tag: string, id: string, participant?: string): number {
    if (tag === 'message' && this.refusalsDue.delete(id)) return 0;
    return this.confirm(tag, id, participant);
  }

  /** The connection is gone, and with it the acks that were due. */
  forgetRefusals(): void {
    this.refusalsDue.clear();
  }

  /** The unconfirmed stanzas, oldest first. */
  pending(): Stanza[] {
    return [...this.entries.values()];
  }

  clear(): void {
    this.entries.clear();
  }
}

function keyOf(tag: string, id: string, participant: string): string {
  return `${tag}\n${id}\n${participant}`;
}
