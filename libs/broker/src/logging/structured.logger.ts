import { Logger } from '@nestjs/common';

type Fields = Record<string, unknown>;

/** Logs a static message with fields through the logger of the Nest application. */
export class StructuredLogger {
  private readonly logger: Logger;

  constructor(context: string) {
    this.logger = new Logger(context);
  }

  // The message is passed as the field `msg`: every logger accepts a single object, but each treats a second argument differently.
  debug(fields: Fields, msg: string): void {
    this.logger.debug({ ...fields, msg });
  }

  info(fields: Fields, msg: string): void {
    this.logger.log({ ...fields, msg });
  }

  warn(fields: Fields, msg: string): void {
    this.logger.warn({ ...fields, msg });
  }

  error(fields: Fields, msg: string): void {
    this.logger.error({ ...fields, msg });
  }
}
