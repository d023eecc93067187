import type { ServerResponse } from 'node:http';
import { Controller, Get, Res } from '@nestjs/common';
import { OpenEndpoint } from '../http/open-endpoint.decorator.js';
import { MetricsRegistry } from './metrics.registry.js';

/** `GET /metrics` in the Prometheus text format. */
@OpenEndpoint()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: MetricsRegistry) {}

  @Get()
  async scrape(@Res({ passthrough: true }) response: ServerResponse): Promise<string> {
    response.setHeader('Content-Type', this.metrics.contentType);
    return this.metrics.metrics();
  }
}
