type Listener<Args extends unknown[]> = (...args: Args) => unknown;

/** Calls a function of the program. `failed` receives the error if it throws or rejects. */
export function callGuarded<Args extends unknown[]>(listener: Listener<Args>, args: Args, failed: (thrown: unknown) => void): void {
  (async () => listener(...args))().catch(failed);
}

/** Prints an error that no listener receives: it must neither be lost nor end the process. */
export function printError(thrown: unknown): void {
  console.error(thrown);
}

/** The listeners of one event. If one throws or rejects, the others are still called, and `failed` receives the error. */
export class Listeners<Args extends unknown[]> {
  private readonly listeners = new Set<Listener<Args>>();

  constructor(private readonly failed: (thrown: unknown) => void = printError) {}

  get isEmpty(): boolean {
    return this.listeners.size === 0;
  }

  /** Adds a listener and returns a function that removes it. */
  add(listener: Listener<Args>): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  emit(...args: Args): void {
    for (const listener of [...this.listeners]) callGuarded(listener, args, this.failed);
  }
}

/** Returns a function that passes the errors of other listeners to the error listeners, or prints them if there are none. */
export function failuresTo<E>(errors: Listeners<[error: E]>, asError: (thrown: unknown) => E): (thrown: unknown) => void {
  return thrown => (errors.isEmpty ? printError(thrown) : errors.emit(asError(thrown)));
}
