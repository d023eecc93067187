import type { NextFunction, Request, Response } from 'express';

/** Where the browser extension runs, and the page of WhatsApp on which it asks for the passkey. */
const ORIGINS = /^(?:(?:chrome|moz)-extension:\/\/[A-Za-z0-9-]+|https:\/\/web\.whatsapp\.com)$/;
const METHODS = 'GET, POST, DELETE';
const PREFLIGHT_SECONDS = '600';

/** Who may read the one-time addresses from another origin. No credentials: the token in the address is all there is. Answers preflights. */
export function passkeyLinkCors(request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.vary('Origin');
  const { origin } = request.headers;
  if (origin !== undefined && ORIGINS.test(origin)) {
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Allow-Methods', METHODS);
    response.setHeader('Access-Control-Allow-Headers', 'Content-Type');
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
    response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS);
    // An extension may ask an edge in a private network from a page of the public one.
    if (request.headers['access-control-request-private-network'] === 'true')
      response.setHeader('Access-Control-Allow-Private-Network', 'true');
  }
  if (request.method === 'OPTIONS') response.status(204).end();
  else next();
}
