// @ts-check

const SILENT_CONSOLE = `'use strict'; const console = Object.freeze({ log() {}, info() {}, warn() {}, error() {} });`;

/**
 * Gives libsignal a console that prints nothing: it prints whole sessions, private keys included.
 * The connector does the same when it loads libsignal; Jest compiles modules itself, so that hook never sees them.
 */
export default {
  /** @param {string} source */
  process: source => ({ code: SILENT_CONSOLE + source })
};
