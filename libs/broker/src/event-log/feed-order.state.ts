/** The subject of a live message, its sequence in the log, and the sequence of the previous message on the same subject (0 if there is none). */
export interface LivePlace {
  readonly subject: string;
  readonly sequence: number;
  readonly previous: number;
}

/** `seen`: already delivered. `next`: follows the last delivered message. `gap`: something between `after` and this message is missing. */
export type FeedVerdict = { readonly kind: 'seen' } | { readonly kind: 'next' } | { readonly kind: 'gap'; readonly after: number };

/**
 * Classifies a live message. In a feed of everything, a skipped sequence means a lost message.
 * A feed of some subjects skips the sequences of all other subjects, so the previous message on the same subject decides. Pure.
 */
export class FeedOrder {
  private readonly lastOf = new Map<string, number>();
  /** Every requested event up to here was delivered, or is no longer requested. */
  private base: number;

  /** @param position the start of the feed: everything before it counts as delivered */
  constructor(public position: number) {
    this.base = position;
  }

  judge({ subject, sequence, previous }: LivePlace, isOfEverything: boolean): FeedVerdict {
    const known = this.known(subject);
    if (sequence <= known) return { kind: 'seen' };
    if (isOfEverything) {
      if (sequence <= this.position) return { kind: 'seen' };
      return sequence === this.position + 1 ? { kind: 'next' } : { kind: 'gap', after: this.position };
    }
    return previous <= known ? { kind: 'next' } : { kind: 'gap', after: known };
  }

  /** Marks a message as delivered, just before its delivery. Returns `false` if it was delivered before. */
  take(subject: string, sequence: number): boolean {
    if (sequence <= this.known(subject)) return false;
    this.lastOf.set(subject, sequence);
    this.position = Math.max(this.position, sequence);
    return true;
  }

  /** Records that no message of this subject is missing up to this sequence, whether the subject had messages there or not. */
  close(subject: string, sequence: number): void {
    this.lastOf.set(subject, Math.max(this.known(subject), sequence));
  }

  /** Records that no requested event is missing up to this sequence. */
  verify(sequence: number): void {
    this.base = Math.max(this.base, sequence);
    this.position = Math.max(this.position, sequence);
    for (const [subject, last] of this.lastOf) if (last <= this.base) this.lastOf.delete(subject);
  }

  /** Starts again with another log. */
  reset(position: number): void {
    this.lastOf.clear();
    this.base = position;
    this.position = position;
  }

  private known(subject: string): number {
    return Math.max(this.lastOf.get(subject) ?? 0, this.base);
  }
}
