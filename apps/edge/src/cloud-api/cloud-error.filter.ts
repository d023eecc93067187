import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { Log, type Logger } from '@wabus/runtime';
import type { Response } from 'express';
import { toWabusError } from '../http/wabus-error.filter.js';
import { cloudErrorBody, failureOf } from './cloud-error.table.js';

/** Shapes every error of a call as Meta does. */
@Catch()
export class CloudErrorFilter implements ExceptionFilter {
  private readonly logger: Logger;

  constructor(log: Log) {
    this.logger = log.for('cloud-api');
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = toWabusError(thrown);
    if (error.code === 'INTERNAL') this.logger.error({ err: error.cause ?? error }, 'request failed');
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { status } = failureOf(error);
    const { retryAfterMs } = error.details ?? {};
    if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    if (typeof retryAfterMs === 'number') response.setHeader('Retry-After', String(Math.max(1, Math.ceil(retryAfterMs / 1_000))));
    response.status(status).json(cloudErrorBody(error));
  }
}
