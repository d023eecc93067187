import { Module, createRequire } from 'node:module';

type Compile = (this: Module, content: string, filename: string, ...rest: unknown[]) => unknown;

const SILENT_CONSOLE = `'use strict';const console=Object.freeze({log(){},info(){},warn(){},error(){}});`;
const LIBSIGNAL_SOURCE = /[\\/]node_modules[\\/]libsignal[\\/](?:index|src[\\/][^\\/]+)\.js$/;

/**
 * Loads libsignal with a silent console of its own, since it prints whole sessions, including private keys, with `console.info`. Later imports, such as those
 * of Baileys, get the same silent modules, so this must run first. Returns the module `specifier`.
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
 * Makes libsignal start each job immediately. Its own queue has one line per address for the whole process, and runs the jobs of a line in the async context of
 * the first caller. If two accounts talk to the same contact, the keys of the second account would be read and written outside its transaction, and a slow
 * store of one account would delay the other. The lock of `durableSignalRepository` for each session record replaces this queue. Call it before libsignal is
 * loaded.
 */
export function installUnqueuedJobs(): void {
  const require = createRequire(import.meta.url);
  const path = require.resolve('libsignal/src/queue_job.js');
  require(path);
  require.cache[path]!.exports = (_address: string, job: Job): Promise<unknown> => job();
}

/** Does the same for ciphers that are already loaded, and where modules cannot be replaced, as in Jest. */
export function unqueueLoadedCiphers(): void {
  const { prototype } = createRequire(import.meta.url)('libsignal/src/session_cipher.js') as {
    prototype: { queueJob(job: Job): Promise<unknown> };
  };
  prototype.queueJob = job => job();
}
