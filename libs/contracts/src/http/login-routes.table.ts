import type { ErrorCode } from '../errors/error-codes.js';
import { LOGIN_PATH } from '../tokens/console-login.js';
import type { EdgeRoute } from './edge-route.js';

const NAMED: readonly ErrorCode[] = [
  'UNAUTHORIZED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'INVALID_REQUEST',
  'BROKER_UNAVAILABLE',
  'INTERNAL',
  'NOT_FOUND'
];

/** The routes of browser logins to the console. */
export const LOGIN_ROUTES: readonly EdgeRoute[] = [
  {
    verb: 'POST',
    path: LOGIN_PATH,
    tag: 'tokens',
    meaning:
      'Logs a browser in, for pages that this edge serves: with a `token`, or with a one-time `code`. The reply sets a cookie that stands for the token. ' +
      '`remember` keeps the login for 30 days; otherwise it ends when the browser closes, or after 12 hours.',
    scope: null,
    body: { example: { token: 'wabus_…', remember: true }, required: true },
    reply: { type: 'LoginReply' },
    errors: ['UNAUTHORIZED', 'FORBIDDEN', 'RATE_LIMITED', 'INVALID_REQUEST', 'BROKER_UNAVAILABLE', 'INTERNAL']
  },
  {
    verb: 'DELETE',
    path: LOGIN_PATH,
    tag: 'tokens',
    meaning: 'Logs out the browser that sends this request: its cookie becomes invalid.',
    scope: null,
    status: 204,
    errors: ['FORBIDDEN', 'BROKER_UNAVAILABLE', 'INTERNAL']
  },
  {
    verb: 'GET',
    path: '/api/logins',
    tag: 'tokens',
    meaning: 'Lists the browsers that are logged in to the console.',
    scope: 'admin',
    reply: { type: '{logins: LoginView[]}' },
    errors: NAMED
  },
  {
    verb: 'POST',
    path: '/api/logins/codes',
    tag: 'tokens',
    meaning:
      'Creates a code that logs one browser in with the token of this request. The code works once, within 10 minutes: open the console at `/#login=<code>`.',
    scope: 'admin',
    status: 201,
    reply: { type: 'LoginCode' },
    errors: NAMED
  },
  {
    verb: 'DELETE',
    path: '/api/logins/{id}',
    tag: 'tokens',
    meaning: 'Logs out one browser.',
    scope: 'admin',
    reply: { type: 'LoginView' },
    errors: NAMED
  }
];
