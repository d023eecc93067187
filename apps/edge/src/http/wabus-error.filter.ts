import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { WabusError } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import type { Response } from 'express';
import { toWabusError } from './foreign-error.table.js';
import { HTTP_STATUS } from './http-status.table.js';

/** Shapes every error of every route, also of those that do not exist, as `{ok: false, error}` with the status of its code. */
@Catch()
export class WabusErrorFilter implements ExceptionFilter {
  private readonly logger: Logger;

  constructor(log: Log) {
    this.logger = log.for('http');
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = toWabusError(thrown);
    if (error.code === 'INTERNAL') this.logger.error({ err: error.cause ?? error }, 'request failed');
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const status = HTTP_STATUS[error.code];
    if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    const wait = retryAfterSeconds(error);
    if (wait !== null) response.setHeader('Retry-After', String(wait));
    response.status(status).json({ ok: false, error: error.toBody() });
  }
}

/** When to try again, where the error tells or nothing else is known; `null` where trying again is no advice. */
function retryAfterSeconds({ code, details, retryable }: WabusError): number | null {
  const { retryAfterMs } = details ?? {};
  if (typeof retryAfterMs === 'number') return Math.max(1, Math.ceil(retryAfterMs / 1_000));
  return HTTP_STATUS[code] === 503 && retryable ? 1 : null;
}
