/** The listeners of one thing. A listener that throws does not keep the others from being called. */
export class Listeners<Args extends unknown[]> {
  private readonly listeners = new Set<(...args: Args) => void>();

  /** Adds a listener and answers what takes it away again. */
  add(listener: (...args: Args) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  emit(...args: Args): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(...args);
      } catch (error) {
        // As an uncaught exception of its own, as the listeners of an EventTarget do.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
