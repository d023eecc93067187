import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import { LogDestination, type WriteBytes } from './log-destination.js';
import { type LogLevel, redactedPaths } from './log-options.policy.js';

export interface LoggerOptions {
  /** `connector`, `edge`: in every line as `service`. */
  service: string;
  level: LogLevel;
  /** More field names to redact. */
  redact?: readonly string[];
  /** Where lines go; stdout unless given. */
  destination?: DestinationStream;
  /** How bytes are written when no destination is given; to stdout unless given. */
  write?: WriteBytes;
}

/** The logger of a process: one JSON object per line, errors under `err`, secrets replaced by `[redacted]`. A line that cannot be written ends nothing. */
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
