import type { ILogger } from '@whiskeysockets/baileys/lib/Utils/logger.js';

/** The target of log lines; a pino logger implements it. */
export interface LineWriter {
  trace(fields: object, message: string): void;
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Errors that Wabus reports itself, as a change of the session's state with its reason. Each link of an account ends with one. */
const REPORTED = new Set(['stream errored out']);
const IDENTIFIER = /\d{5,}/g;

/**
 * Returns the logger that one socket passes to Baileys, which logs whole stanzas, credentials and messages. Only the message text passes, with phone numbers
 * and ids masked, and the name and status code of an error. Errors become warnings, since Baileys continues after them; once `ended` is aborted, they are
 * logged at debug. All other levels become debug or trace.
 */
export function baileysLogger(lines: LineWriter, ended: AbortSignal): ILogger {
  const write = (level: keyof LineWriter) => (fields: unknown, message?: string) =>
    lines[ended.aborted || REPORTED.has(message ?? '') ? 'debug' : level](
      { ...errorFacts(fields) },
      `baileys: ${textOf(fields, message).replace(IDENTIFIER, '…')}`
    );
  const logger: ILogger = {
    level: 'info',
    child: () => logger,
    trace: write('trace'),
    debug: write('trace'),
    info: write('debug'),
    warn: write('debug'),
    error: write('warn')
  };
  return logger;
}

function textOf(fields: unknown, message: string | undefined): string {
  return message ?? (typeof fields === 'string' ? fields : 'no message');
}

function errorFacts(fields: unknown): { error?: string; statusCode?: number } {
  if (typeof fields !== 'object' || fields === null) return {};
  const error = Object.values(fields).find(value => value instanceof Error);
  if (!error) return {};
  const statusCode = (error as { output?: { statusCode?: number } }).output?.statusCode;
  return { error: error.name, ...(statusCode === undefined ? {} : { statusCode }) };
}
