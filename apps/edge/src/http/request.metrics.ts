import { Injectable } from '@nestjs/common';
import { MetricsRegistry, type Counter } from '@wabus/runtime';
import type { Request, RequestHandler } from 'express';

export const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Counts answered requests by route, not by path: callers choose paths, and invented ones must not increase the number of label values. */
@Injectable()
export class RequestMetrics {
  private readonly requests: Counter<'method' | 'route' | 'status'>;

  constructor(metrics: MetricsRegistry) {
    this.requests = metrics.counter({
      name: 'wabus_edge_http_requests_total',
      help: 'Requests by method, route and status; `none` for pages and addresses that are no route.',
      labels: ['method', 'route', 'status']
    });
  }

  /** Returns the handler that counts, which must precede every handler that may respond. */
  handler(): RequestHandler {
    return (request, response, next) => {
      response.once('close', () => {
        const method = METHODS.has(request.method) ? request.method : 'other';
        // A response aborted before its head is counted with the status that nginx uses.
        this.requests.inc({ method, route: routeOf(request), status: response.headersSent ? response.statusCode : 499 });
      });
      next();
    };
  }
}

/** Returns the route that answers a request, or `none` if no route of Wabus does. */
export function routeOf(request: Request): string {
  const { path } = (request.route ?? {}) as { path?: unknown };
  // The framework answers all other requests with a wildcard route.
  return typeof path === 'string' && !path.includes('*') ? path : 'none';
}
