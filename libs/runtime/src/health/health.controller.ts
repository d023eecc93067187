import type { ServerResponse } from 'node:http';
import { Controller, Get, Res } from '@nestjs/common';
import { OpenEndpoint } from '../http/open-endpoint.decorator.js';
import { VERSION } from '../process/version.js';
import { HealthRegistry, type HealthKind, type HealthReport } from './health.registry.js';

/** The response: the report, and the release of the process. */
type HealthView = { readonly version: string } & HealthReport;

/** `GET /health/live` and `GET /health/ready`: 200, or 503 with the failing checks and their reasons in the same shape. */
@OpenEndpoint()
@Controller('health')
export class HealthController {
  constructor(private readonly registry: HealthRegistry) {}

  @Get('live')
  live(@Res({ passthrough: true }) response: ServerResponse): Promise<HealthView> {
    return this.answer('live', response);
  }

  @Get('ready')
  ready(@Res({ passthrough: true }) response: ServerResponse): Promise<HealthView> {
    return this.answer('ready', response);
  }

  // The status is set rather than thrown: an application's own exception filter would replace the report.
  private async answer(kind: HealthKind, response: ServerResponse): Promise<HealthView> {
    const report = await this.registry.report(kind);
    response.statusCode = report.status === 'ok' ? 200 : 503;
    response.setHeader('Cache-Control', 'no-store');
    return { version: VERSION, ...report };
  }
}
