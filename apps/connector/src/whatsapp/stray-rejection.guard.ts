import type { EventEmitter } from 'node:events';
import events from 'node:events';
import type { Logger } from 'pino';

const REJECTION = Symbol.for('nodejs.rejection');
const FOREIGN_SOURCE = /[\\/]node_modules[\\/](@whiskeysockets[\\/]baileys|libsignal)[\\/]/;

/**
 * Runs `make` so that the emitters it creates take care of the rejections of their asynchronous listeners. Baileys handles each stanza in one:
 * a stanza that it does not expect would otherwise be an unhandled rejection, and that ends the process with all its sessions.
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

/** Calls `rejected` with what a listener of such an emitter was rejected with. */
export function onRejection(emitter: EventEmitter, rejected: (error: unknown) => void): void {
  (emitter as unknown as Record<symbol, unknown>)[REJECTION] = rejected;
}

/**
 * Keeps promises that Baileys rejects and nobody waits for from the process's own listeners, which end the process. Call it after these are installed; rejections from
 * anywhere else still reach them. Returns what undoes it.
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

/** Errors show where they were made; Baileys also rejects with the bare close code of a WebSocket, and our own code with nothing but errors. */
function isForeign(reason: unknown): boolean {
  return reason instanceof Error ? FOREIGN_SOURCE.test(reason.stack ?? '') : typeof reason === 'number';
}
