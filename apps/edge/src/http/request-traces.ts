import { tracing, STAGES } from '@wabus/runtime/tracing';
import type { Request, RequestHandler } from 'express';
import { METHODS, routeOf } from './request.metrics.js';

/** Paths that supervisors and Prometheus request every few seconds. */
const UNTRACED = /^\/(health|metrics|version)(\/|$)/;

/** Traces requests, and continues the trace of a caller that sends `traceparent`. Must precede every handler that may respond. */
export function traceRequests(): RequestHandler {
  return (request, response, next) => {
    if (!tracing.isOn || UNTRACED.test(request.path)) return next();
    const method = METHODS.has(request.method) ? request.method : 'other';
    const span = tracing.begin(STAGES.request(method), request.get('traceparent'));
    response.once('close', () => span.end(endOf(request, response.headersSent ? response.statusCode : 499)));
    tracing.within(span, () => next());
  };
}

function endOf(request: Request, status: number): { status: number; route?: string; error?: string } {
  const route = routeOf(request);
  return { status, ...(route === 'none' ? {} : { route }), ...(status >= 500 ? { error: String(status) } : {}) };
}
