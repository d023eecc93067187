import { Injectable } from '@nestjs/common';
import { MetricsRegistry, type Counter } from '@wabus/runtime';
import type { Request, RequestHandler } from 'express';

export const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Counts answered requests. A caller chooses addresses, and a metric must not grow with what they invent: the label is the route that answered. */
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

  /** Before everything else that may answer. */
  handler(): RequestHandler {
    return (request, response, next) => {
      response.once('close', () => {
        const method = METHODS.has(request.method) ? request.method : 'other';
        // An answer that was cut off before its head has the status that nginx gives it.
        this.requests.inc({ method, route: routeOf(request), status: response.headersSent ? response.statusCode : 499 });
      });
      next();
    };
  }
}

/** The route that answers a request; `none` if none of ours does. */
export function routeOf(request: Request): string {
  const { path } = (request.route ?? {}) as { path?: unknown };
  // The framework answers the rest by a pattern of its own.
  return typeof path === 'string' && !path.includes('*') ? path : 'none';
}
