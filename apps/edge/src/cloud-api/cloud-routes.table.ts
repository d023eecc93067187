import type { Scope } from '@wabus/contracts';

/** A call of Meta's form that is served. */
export interface CloudRoute {
  readonly verb: 'GET' | 'POST' | 'DELETE';
  /** Below the version. */
  readonly path: string;
  /** What the token needs. */
  readonly scope: Scope;
  readonly meaning: string;
}

const of = (verb: CloudRoute['verb'], path: string, scope: Scope, meaning: string): CloudRoute => ({ verb, path, scope, meaning });

/** Every call that is served, for the page and the test that both compare with it. `{id}` is a session: its name stands for phone number and business account alike. */
export const CLOUD_ROUTES: readonly CloudRoute[] = [
  of(
    'POST',
    '{id}/messages',
    'send',
    'Sends a message; with `status: "read"` marks one as read, and shows typing with `typing_indicator`.'
  ),
  of('POST', '{id}/media', 'send', 'Uploads a file (multipart form) and answers its `id`.'),
  of('GET', '{media_id}', 'read', 'Type, size, hash and address of a file. The address takes the same token.'),
  of('DELETE', '{media_id}', 'send', 'Deletes an uploaded file. That of a message stays at WhatsApp.'),
  of('GET', '{id}', 'read', 'The phone number: `display_phone_number`, `verified_name`, `quality_rating` and the like.'),
  of('GET', '{id}/phone_numbers', 'read', 'The same in a list of one.'),
  of('GET', '{id}/message_templates', 'read', 'An empty list.'),
  of('GET', '{id}/subscribed_apps', 'read', 'An empty list.'),
  of('POST', '{id}/subscribed_apps', 'read', 'Changes nothing: a webhook is made at `/api/webhooks`.'),
  of('DELETE', '{id}/subscribed_apps', 'read', 'Changes nothing.'),
  of('POST', '{id}/register', 'read', 'Changes nothing: an account is linked at `/api/sessions`.'),
  of('POST', '{id}/deregister', 'read', 'Changes nothing.'),
  of('GET', 'debug_token', 'read', 'Says that the token is valid, for programs that ask before they store it.')
];
