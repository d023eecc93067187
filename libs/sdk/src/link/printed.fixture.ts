/** Captures the errors that the SDK prints, until `release`. */
export class Printed {
  readonly errors: unknown[] = [];
  private readonly print = console.error;
  private readonly watchers: ((error: unknown) => void)[] = [];

  constructor() {
    console.error = (error: unknown) => {
      this.errors.push(error);
      this.watchers.shift()?.(error);
    };
  }

  /** Returns the next printed error. */
  next(): Promise<unknown> {
    return new Promise(resolve => this.watchers.push(resolve));
  }

  release(): void {
    console.error = this.print;
  }
}
