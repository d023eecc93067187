import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { Log, type Logger } from '@wabus/runtime';
import type { Response } from 'express';
import { answerable, statedWaitSeconds } from '../http/wabus-error.filter.js';
import { cloudErrorBody, failureOf } from './cloud-error.table.js';

/** Formats every error of a call as Meta does. */
@Catch()
export class CloudErrorFilter implements ExceptionFilter {
  private readonly logger: Logger;

  constructor(log: Log) {
    this.logger = log.for('cloud-api');
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const error = answerable(thrown, response, err => this.logger.error({ err }, 'request failed'));
    if (error === null) return;
    const { status } = failureOf(error);
    if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    const wait = statedWaitSeconds(error);
    if (wait !== null) response.setHeader('Retry-After', String(wait));
    response.status(status).json(cloudErrorBody(error));
  }
}
