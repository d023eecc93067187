import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino';
import { type LogLevel, redactedPaths } from './log-options.policy.js';

export interface LoggerOptions {
  /** `connector`, `edge`: in every line as `service`. */
  service: string;
  level: LogLevel;
  /** More field names to redact. */
  redact?: readonly string[];
  /** Where lines go; stdout unless given. */
  destination?: DestinationStream;
}

/** The logger of a process: one JSON object per line, errors under `err`, secrets replaced by `[redacted]`. */
export function createLogger({ service, level, redact, destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { service, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      redact: { paths: redactedPaths(redact), censor: '[redacted]' }
    },
    destination ?? pino.destination({ fd: 1, sync: true })
  );
}
