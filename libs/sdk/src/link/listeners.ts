/** The listeners of one event. If one throws, the others are still called. */
export class Listeners<Args extends unknown[]> {
  private readonly listeners = new Set<(...args: Args) => void>();

  /** Adds a listener and returns a function that removes it. */
  add(listener: (...args: Args) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  emit(...args: Args): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(...args);
      } catch (error) {
        // As a separate uncaught exception, like the listeners of an EventTarget.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
