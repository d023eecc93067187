import { createRequire, Module } from 'node:module';

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
