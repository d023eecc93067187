type Listener<Args extends unknown[]> = (...args: Args) => unknown;

/** Calls a function of the user. What it throws, or rejects with later, goes to `failed`. */
export function callGuarded<Args extends unknown[]>(listener: Listener<Args>, args: Args, failed: (thrown: unknown) => void): void {
  (async () => listener(...args))().catch(failed);
}

/** The last resort: an error that no listener takes must neither be lost nor end the process. */
export function printError(thrown: unknown): void {
  console.error(thrown);
}

/** The listeners of one event. If one throws, or returns a promise that rejects, the others are still called, and the error goes to `failed`. */
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

/** Takes the errors of other listeners: to the listeners of errors, or to the console if there are none. */
export function failuresTo<E>(errors: Listeners<[error: E]>, asError: (thrown: unknown) => E): (thrown: unknown) => void {
  return thrown => (errors.isEmpty ? printError(thrown) : errors.emit(asError(thrown)));
}
