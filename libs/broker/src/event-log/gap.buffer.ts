/** Something with a place in the log. */
export interface Placed {
  readonly sequence: number;
}

/**
 * Decides what a live message is: the next one, one seen before, or one after a gap. What comes while a gap is filled is kept, up to a number; beyond it the oldest
 * is dropped again, since the log has it. Pure.
 */
export class GapBuffer<Message extends Placed> {
  private held: Message[] = [];

  /** @param position sequence of the last message handed out */
  constructor(
    public position: number,
    private readonly capacity = 5_000
  ) {}

  /** Keeps a live message until its predecessors are there. */
  hold(message: Message): void {
    if (message.sequence <= this.position) return;
    this.held.push(message);
    if (this.held.length > this.capacity) this.held.shift();
  }

  /** The messages that now follow without a gap; they count as handed out. */
  takeReady(): Message[] {
    const ready: Message[] = [];
    while (this.held.length > 0 && this.held[0]!.sequence <= this.position + 1) {
      const message = this.held.shift()!;
      if (message.sequence <= this.position) continue;
      this.position = message.sequence;
      ready.push(message);
    }
    return ready;
  }

  /** Sequence up to which the log must be read before what is held can follow; `null` without a gap. */
  get missingUpTo(): number | null {
    return this.held.length > 0 ? this.held[0]!.sequence - 1 : null;
  }

  /** Takes one read from the log. `false`: it was handed out before. */
  advance(sequence: number): boolean {
    if (sequence <= this.position) return false;
    this.position = sequence;
    return true;
  }

  /** Begins again at another position, of another log. */
  reset(position: number): void {
    this.held = [];
    this.position = position;
  }
}
