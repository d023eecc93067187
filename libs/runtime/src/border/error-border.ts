import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';

/**
 * The request or connection of one client.
 * An uncaught error that occurs while it is served ends only this request or connection, not the process with all the others.
 */
export interface ErrorBorder {
  /** Appears in the log: `request`, `connection`. */
  readonly what: string;
  /** Whether the request or connection is open, or was open a moment ago. Otherwise its errors end the process. */
  readonly isOpen: boolean;
  end(error: unknown): void;
}

const borders = new AsyncLocalStorage<ErrorBorder>();
/** Errors that were thrown out of a border to its caller. */
const strays = new WeakMap<object, ErrorBorder>();

/** Runs `act`, and everything that it starts, within a border. Rethrows what `act` throws. */
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

/** Runs all listeners of an emitter within a border. Node.js calls the listeners of requests and sockets without the context in which they were registered. */
export function confine(emitter: EventEmitter, border: ErrorBorder): void {
  const emit = emitter.emit.bind(emitter);
  emitter.emit = (...args: Parameters<EventEmitter['emit']>) => withinBorder(border, () => emit(...args));
}

/** Returns the open border in which an uncaught error originated; `null` if there is none, or if it is closed. */
export function borderOf(error: unknown): ErrorBorder | null {
  const border = (typeof error === 'object' && error !== null ? strays.get(error) : undefined) ?? borders.getStore();
  return border?.isOpen === true ? border : null;
}
