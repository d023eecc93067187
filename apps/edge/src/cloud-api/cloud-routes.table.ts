import type { Scope } from '@wabus/contracts';

/** A call of Meta's form that is served. */
export interface CloudRoute {
  readonly verb: 'GET' | 'POST' | 'DELETE';
  /** Below the version. */
  readonly path: string;
  /** What the token needs. */
  readonly scope: Scope;
  /** What it does or answers. */
  readonly meaning: string;
}

const of = (verb: CloudRoute['verb'], path: string, scope: Scope, meaning: string): CloudRoute => ({ verb, path, scope, meaning });

/** Every call that is served, for the page and the test that both compare with it. `{id}` is a session: its name stands for phone number and business account alike. */
export const CLOUD_ROUTES: readonly CloudRoute[] = [
  of('POST', '{id}/messages', 'send', 'sends a message, or marks one as read and shows typing'),
  of('POST', '{id}/media', 'send', 'uploads a file (multipart form) and answers its id'),
  of('GET', '{media_id}', 'read', 'type, size, hash and address of a file'),
  of('DELETE', '{media_id}', 'send', 'deletes an uploaded file'),
  of('GET', '{id}', 'read', 'the phone number, its name and quality'),
  of('GET', '{id}/phone_numbers', 'read', 'the same, in a list of one'),
  of('GET', '{id}/message_templates', 'read', 'an empty list'),
  of('GET', '{id}/subscribed_apps', 'read', 'an empty list'),
  of('POST', '{id}/subscribed_apps', 'read', 'nothing: create the webhook at /api/webhooks'),
  of('DELETE', '{id}/subscribed_apps', 'read', 'nothing'),
  of('POST', '{id}/register', 'read', 'nothing: link the account at /api/sessions'),
  of('POST', '{id}/deregister', 'read', 'nothing'),
  of('GET', 'debug_token', 'read', 'whether `input_token` is valid, until when, for what')
];
