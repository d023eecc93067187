import { Module, createRequire } from 'node:module';

type Compile = (this: Module, content: string, filename: string, ...rest: unknown[]) => unknown;

const SILENT_CONSOLE = `'use strict';const console=Object.freeze({log(){},info(){},warn(){},error(){}});`;
const LIBSIGNAL_SOURCE = /[\\/]node_modules[\\/]libsignal[\\/](?:index|src[\\/][^\\/]+)\.js$/;

/**
 * Loads libsignal with a console of its own that says nothing: it prints whole sessions, private keys included, with `console.info`. Whoever imports it later, as Baileys
 * does, gets the same silent modules, so this must come first. Returns the module that `specifier` names.
 */
export function requireSilently(specifier: 'libsignal' | 'libsignal/src/curve.js'): unknown {
  const prototype = Module.prototype as unknown as { _compile: Compile };
  const compile = prototype._compile;
  prototype._compile = function (content, filename, ...rest) {
    return compile.call(this, LIBSIGNAL_SOURCE.test(filename) ? SILENT_CONSOLE + content : content, filename, ...rest);
  };
  try {
    return createRequire(import.meta.url)(specifier) as unknown;
  } finally {
    prototype._compile = compile;
  }
}

type Job = () => Promise<unknown>;

/**
 * Makes libsignal start each job at once. Its own queue has one line per address for the whole process and runs the jobs of a line in the asynchronous context of whoever
 * came first: with two accounts that talk to the same contact the second one's keys are then read and written outside of its transaction, and a slow store of one delays
 * the other. The lock that `durableSignalRepository` takes for each session record replaces it. Must run before libsignal is loaded.
 */
export function installUnqueuedJobs(): void {
  const require = createRequire(import.meta.url);
  const path = require.resolve('libsignal/src/queue_job.js');
  require(path);
  require.cache[path]!.exports = (_address: string, job: Job): Promise<unknown> => job();
}

/** The same for ciphers that are loaded already, and where modules cannot be replaced, as in Jest. */
export function unqueueLoadedCiphers(): void {
  const { prototype } = createRequire(import.meta.url)('libsignal/src/session_cipher.js') as {
    prototype: { queueJob(job: Job): Promise<unknown> };
  };
  prototype.queueJob = job => job();
}
