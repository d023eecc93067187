/** Scans under way at once in one edge: more would only wait for one another, with what has arrived of each in memory. */
const OPEN_SCANS = 4;

/** Lets a few scans through at once, the others in the order in which they came. */
export class ScanQueue {
  private open = 0;
  private readonly waiting: (() => void)[] = [];

  async pass<Result>(scan: () => Promise<Result>): Promise<Result> {
    if (this.open >= OPEN_SCANS) await new Promise<void>(resolve => this.waiting.push(resolve));
    else this.open++;
    try {
      return await scan();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.open--;
    }
  }
}
