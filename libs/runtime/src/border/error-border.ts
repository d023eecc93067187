import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';

/** The request or connection of one client. An error that nobody could catch while it was served ends this, and not the process with everybody's. */
export interface ErrorBorder {
  /** Appears in the log: `request`, `connection`. */
  readonly what: string;
  /** Whether it still is, or was a moment ago. Beyond that an error belongs to nobody, and ends the process. */
  readonly isOpen: boolean;
  end(error: unknown): void;
}

const borders = new AsyncLocalStorage<ErrorBorder>();
/** Errors that left a border by being thrown to its caller. */
const strays = new WeakMap<object, ErrorBorder>();

/** Runs `act`, and everything that begins in it, within a border. What it throws is thrown on. */
export function withinBorder<T>(border: ErrorBorder, act: () => T): T {
  return borders.run(border, () => {
    try {
      return act();
    } catch (thrown) {
      if (typeof thrown === 'object' && thrown !== null) strays.set(thrown, border);
      throw thrown;
    }
  });
}

/** Runs all listeners of an emitter within a border. Node calls those of requests and sockets without the context in which they were registered. */
export function confine(emitter: EventEmitter, border: ErrorBorder): void {
  const emit = emitter.emit.bind(emitter);
  emitter.emit = (...args: Parameters<EventEmitter['emit']>) => withinBorder(border, () => emit(...args));
}

/** The border that an uncaught error came from; `null` when it came from nobody's, or from one that is closed. */
export function borderOf(error: unknown): ErrorBorder | null {
  const border = (typeof error === 'object' && error !== null ? strays.get(error) : undefined) ?? borders.getStore();
  return border?.isOpen === true ? border : null;
}
