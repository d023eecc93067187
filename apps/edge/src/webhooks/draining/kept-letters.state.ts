/** So many dead letters of a webhook are kept; then each new one takes the place of the oldest. */
export const MAX_DEAD_LETTERS = 1_000;

/** Which dead letters of one webhook there are, by the sequences of their events. Pure. */
export class KeptLetters {
  private readonly sequences: Set<number>;

  constructor(
    sequences: Iterable<number> = [],
    private readonly limit = MAX_DEAD_LETTERS
  ) {
    this.sequences = new Set(sequences);
  }

  /** Keeps these, and answers which are to go for them: those with the oldest events. */
  add(added: readonly number[]): number[] {
    for (const sequence of added) this.sequences.add(sequence);
    const beyond = this.sequences.size - this.limit;
    // Sessions are not at the same place in the log, so that letters come out of order.
    const gone = beyond > 0 ? [...this.sequences].sort((a, b) => a - b).slice(0, beyond) : [];
    for (const sequence of gone) this.sequences.delete(sequence);
    return gone;
  }

  remove(sequence: number): void {
    this.sequences.delete(sequence);
  }
}
