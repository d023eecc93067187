import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import { LogDestination, type WriteBytes } from './log-destination.js';
import { type LogLevel, redactedPaths } from './log-options.policy.js';

export interface LoggerOptions {
  /** `connector` or `edge`; the field `service` of every line. */
  service: string;
  level: LogLevel;
  /** Additional field names to redact. */
  redact?: readonly string[];
  /** Destination of the lines; default: stdout. */
  destination?: DestinationStream;
  /** How bytes are written if there is no destination; default: to stdout. */
  write?: WriteBytes;
}

/**
 * Creates the logger of a process: one JSON object per line, errors under `err`, secrets replaced by `[redacted]`. A line that cannot be written is dropped.
 */
export function createLogger({ service, level, redact, destination, write }: LoggerOptions): Logger {
  const stdout = new LogDestination(lost => logger.warn(lost, 'failed to write log lines'), write);
  const logger: Logger = pino(
    {
      level,
      base: { service, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      redact: { paths: redactedPaths(redact), censor: '[redacted]' }
    },
    destination ?? stdout
  );
  return logger;
}
