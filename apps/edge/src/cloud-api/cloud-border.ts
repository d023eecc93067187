import type { NextFunction, Request, Response } from 'express';
import { QUERY_TOKEN } from '../auth/credentials.policy.js';
import { toWabusError } from '../http/wabus-error.filter.js';
import { cloudErrorBody, failureOf } from './cloud-error.table.js';

/** As the router of the calls compares: without regard to case. */
const CALL = /^\/v\d{1,3}\.\d{1,3}\//i;
/** All that the calls' controller answers, also to versions that there are not. */
const BELOW_VERSION = /^\/v[^/]+\//i;

/** The edge refuses tokens in addresses, where proxies log them, unless it is told otherwise. Calls of Meta's form may have one there: programs send templates and set up inboxes so. */
export function tokenFromQuery(request: Request, response: Response, next: NextFunction): void {
  if (BELOW_VERSION.test(request.path)) response.setHeader('Cache-Control', 'no-store');
  if (!CALL.test(request.path)) return next();
  const { [QUERY_TOKEN]: token, ...parameters } = request.query;
  if (typeof token === 'string' && request.headers.authorization === undefined) {
    request.headers.authorization = `Bearer ${token}`;
    Object.defineProperty(request, 'query', { value: parameters, configurable: true, enumerable: true });
  }
  next();
}

/** A body that cannot be read, in Meta's form. */
export function answerUnreadable(thrown: unknown, request: Request, response: Response, next: NextFunction): void {
  if (!CALL.test(request.path)) return next(thrown);
  const error = toWabusError(thrown);
  response.status(failureOf(error).status).json(cloudErrorBody(error));
}
