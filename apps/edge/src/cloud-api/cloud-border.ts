import type { NextFunction, Request, Response } from 'express';
import { QUERY_TOKEN } from '../auth/credentials.policy.js';
import { toWabusError } from '../http/wabus-error.filter.js';
import { cloudErrorBody, failureOf } from './cloud-error.table.js';

/** Case-insensitive, like the router of the calls. */
const CALL = /^\/v\d{1,3}\.\d{1,3}\//i;
/** All paths that the controller of the calls answers, including unknown versions. */
const BELOW_VERSION = /^\/v[^/]+\//i;

/**
 * Accepts a token in the query of Meta's calls. The edge refuses tokens in the query, where proxies log them, unless it is configured
 * otherwise; but programs send templates and set up inboxes in this way.
 */
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

/** Answers a request whose body is unreadable with an error in Meta's format. */
export function answerUnreadable(thrown: unknown, request: Request, response: Response, next: NextFunction): void {
  if (!CALL.test(request.path)) return next(thrown);
  const error = toWabusError(thrown);
  response.status(failureOf(error).status).json(cloudErrorBody(error));
}
