/** Lets a bounded number of tasks run at once, the others in the order of their arrival. */
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
      // Whoever waits takes over the place; it stays counted.
      const next = this.waiting.shift();
      if (next) next();
      else this.inside--;
    }
  }
}
