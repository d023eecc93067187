import type { EventEmitter } from 'node:events';
import events from 'node:events';
import type { Logger } from 'pino';

const REJECTION = Symbol.for('nodejs.rejection');
const FOREIGN_SOURCE = /[\\/]node_modules[\\/](@whiskeysockets[\\/]baileys|libsignal)[\\/]/;

/**
 * Runs `make` so that the emitters it creates capture rejections of their asynchronous listeners. Baileys handles each stanza in such a listener:
 * without this, an unexpected stanza would cause an unhandled rejection, which ends the process with all its sessions.
 */
export function capturingRejections<T>(make: () => T): T {
  const before = events.captureRejections;
  events.captureRejections = true;
  try {
    return make();
  } finally {
    events.captureRejections = before;
  }
}

/** Calls `rejected` with the reason whenever a listener of an emitter that captures rejections rejects. */
export function onRejection(emitter: EventEmitter, rejected: (error: unknown) => void): void {
  (emitter as unknown as Record<symbol, unknown>)[REJECTION] = rejected;
}

/**
 * Logs unhandled rejections from Baileys instead of passing them to the process's own listeners, which end the process. Rejections from anywhere else still
 * reach these listeners. Call it after they are installed. Returns a function that undoes it.
 */
export function guardStrayRejections(logger: Logger): () => void {
  const guarded = process.listeners('unhandledRejection');
  const guard = (reason: unknown, promise: Promise<unknown>): void => {
    if (isForeign(reason)) logger.warn({ err: reason }, 'baileys left a rejected promise unhandled');
    else for (const listener of guarded) listener(reason, promise);
  };
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', guard);
  return () => {
    process.off('unhandledRejection', guard);
    for (const listener of guarded) process.on('unhandledRejection', listener);
  };
}

/** The stack of an error shows its origin. Baileys also rejects with the bare close code of a WebSocket; our own code rejects only with errors. */
function isForeign(reason: unknown): boolean {
  return reason instanceof Error ? FOREIGN_SOURCE.test(reason.stack ?? '') : typeof reason === 'number';
}
