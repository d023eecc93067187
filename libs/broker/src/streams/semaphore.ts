/** Runs a limited number of tasks at once; the others wait in the order of their arrival. */
export class Semaphore {
  private readonly waiting: (() => void)[] = [];
  private inside = 0;

  constructor(private readonly capacity: number) {}

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.inside >= this.capacity) await new Promise<void>(resolve => this.waiting.push(resolve));
    else this.inside++;
    try {
      return await task();
    } finally {
      // The next waiting task takes over the slot, so the count stays the same.
      const next = this.waiting.shift();
      if (next) next();
      else this.inside--;
    }
  }
}
