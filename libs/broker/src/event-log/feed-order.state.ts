/** A live message: its subject, its place in the log, and the place of the message before it on the same subject (0 for none). */
export interface LivePlace {
  readonly subject: string;
  readonly sequence: number;
  readonly previous: number;
}

/** `seen`: handed out before. `next`: follows what was handed out. `gap`: something before it is missing, after `after`. */
export type FeedVerdict = { readonly kind: 'seen' } | { readonly kind: 'next' } | { readonly kind: 'gap'; readonly after: number };

/**
 * Classifies a live message. A feed of everything misses a message when a sequence is left out. A feed of some subjects sees every sequence but its own left out; there
 * the message before it on the same subject decides. Pure.
 */
export class FeedOrder {
  private readonly lastOf = new Map<string, number>();
  /** Everything that is wanted up to here was handed out, or is no longer wanted. */
  private base: number;

  /** @param position where the feed begins: everything before counts as handed out */
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

  /** A message is about to be handed out. `false` when it was before. */
  take(subject: string, sequence: number): boolean {
    if (sequence <= this.known(subject)) return false;
    this.lastOf.set(subject, sequence);
    this.position = Math.max(this.position, sequence);
    return true;
  }

  /** No message of this subject is missing up to here, whether it had messages there or not. */
  close(subject: string, sequence: number): void {
    this.lastOf.set(subject, Math.max(this.known(subject), sequence));
  }

  /** Nothing that is wanted is missing up to here. */
  verify(sequence: number): void {
    this.base = Math.max(this.base, sequence);
    this.position = Math.max(this.position, sequence);
    for (const [subject, last] of this.lastOf) if (last <= this.base) this.lastOf.delete(subject);
  }

  /** Begins again in another log. */
  reset(position: number): void {
    this.lastOf.clear();
    this.base = position;
    this.position = position;
  }

  private known(subject: string): number {
    return Math.max(this.lastOf.get(subject) ?? 0, this.base);
  }
}
