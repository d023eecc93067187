import type { Scope } from '@wabus/contracts';

/** A call of Meta's API that the edge serves. */
export interface CloudRoute {
  readonly verb: 'GET' | 'POST' | 'DELETE';
  /** The path after the version. */
  readonly path: string;
  /** The scope that the token needs. */
  readonly scope: Scope;
  /** What the call does or returns. */
  readonly meaning: string;
}

const of = (verb: CloudRoute['verb'], path: string, scope: Scope, meaning: string): CloudRoute => ({ verb, path, scope, meaning });

/**
 * Every call that the edge serves. Tests compare this table with the routes and with the page. `{id}` is a session id, which stands for
 * both the phone number and the business account.
 */
export const CLOUD_ROUTES: readonly CloudRoute[] = [
  of('POST', '{id}/messages', 'send', 'sends a message, or marks one as read and shows typing'),
  of('POST', '{id}/media', 'send', 'uploads a file (multipart form) and returns its id'),
  of('GET', '{media_id}', 'read', 'returns the type, size, hash and URL of a file'),
  of('DELETE', '{media_id}', 'send', 'deletes an uploaded file'),
  of('GET', '{id}', 'read', 'returns the phone number, its name and quality rating'),
  of('GET', '{id}/phone_numbers', 'read', 'returns the same, in a list with one item'),
  of('GET', '{id}/message_templates', 'read', 'returns an empty list'),
  of('GET', '{id}/subscribed_apps', 'read', 'returns an empty list'),
  of('POST', '{id}/subscribed_apps', 'read', 'has no effect: create the webhook at /api/webhooks'),
  of('DELETE', '{id}/subscribed_apps', 'read', 'has no effect'),
  of('POST', '{id}/register', 'read', 'has no effect: link the account at /api/sessions'),
  of('POST', '{id}/deregister', 'read', 'has no effect'),
  of('GET', 'debug_token', 'read', 'returns the validity, expiry and scopes of a token')
];
