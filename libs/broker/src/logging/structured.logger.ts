import { Logger } from '@nestjs/common';

type Fields = Record<string, unknown>;

/** Logs a static message with fields, through whatever logger the application gave to Nest. */
export class StructuredLogger {
  private readonly logger: Logger;

  constructor(context: string) {
    this.logger = new Logger(context);
  }

  // The message goes along as the field `msg`: every logger takes a single object, a second argument means something else to each.
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
