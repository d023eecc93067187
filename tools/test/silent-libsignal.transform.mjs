// @ts-check

const SILENT_CONSOLE = `'use strict'; const console = Object.freeze({ log() {}, info() {}, warn() {}, error() {} });`;

/**
 * Gives libsignal a console that prints nothing, because it prints whole sessions with their private keys.
 * The connector does the same when it loads libsignal, but Jest compiles modules itself, so that hook does not run.
 */
export default {
  /** @param {string} source */
  process: source => ({ code: SILENT_CONSOLE + source })
};
