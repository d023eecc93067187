import type { ILogger } from '@whiskeysockets/baileys/lib/Utils/logger.js';

/** Where a line may go; a pino logger fits. */
export interface LineWriter {
  trace(fields: object, message: string): void;
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

const IDENTIFIER = /\d{5,}/g;

/**
 * A logger for the Baileys of one socket, which logs whole stanzas, credentials and messages. Lets through the text, with phone numbers and ids blotted out, and of an error its
 * name and status code. Errors become warnings, since Baileys continues after them, as long as the socket lives; everything else is for debugging.
 */
export function baileysLogger(lines: LineWriter, ended: AbortSignal): ILogger {
  const write = (level: keyof LineWriter) => (fields: unknown, message?: string) =>
    lines[ended.aborted ? 'debug' : level]({ ...errorFacts(fields) }, `baileys: ${textOf(fields, message).replace(IDENTIFIER, '…')}`);
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
