import type { ErrorCode } from '../errors/error-codes.js';
import type { HttpVerb } from './command-routes.table.js';
import type { EdgeRoute } from './edge-route.js';

const ERRORS: readonly ErrorCode[] = [
  'UNAUTHORIZED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'INVALID_REQUEST',
  'UNKNOWN_SESSION',
  'BROKER_UNAVAILABLE',
  'INTERNAL'
];
const BASE = '/api/sessions/{session}';

const documented = (verb: HttpVerb, meaning: string): EdgeRoute => ({
  verb,
  path: '/{session}/{command}.aspx',
  tag: 'connection',
  meaning,
  scope: 'control',
  reply: { type: 'ConnectionData | GeneratedQr | ConnectionChange | Cleared' },
  errors: [...ERRORS, 'NOT_FOUND', 'INVALID_ARGUMENTS', 'NOT_PAIRED', 'EGRESS_DENIED']
});

const plain = (path: string, meaning: string, rest: Partial<EdgeRoute> = {}): EdgeRoute => ({
  verb: 'POST',
  path: `${BASE}/connection/${path}`,
  tag: 'connection',
  meaning,
  scope: 'control',
  errors: ERRORS,
  ...rest
});

/** The routes of the connection API, each under its documented path and under the path of its resource, and the routes for session settings. */
export const CONNECTION_ROUTES: readonly EdgeRoute[] = [
  documented(
    'GET',
    'Runs an action of the connection API by its documented name: `status`, `disconnect`, `close_session`, `save_session`, `restore_session`, `clear`.'
  ),
  documented('POST', 'Runs the same actions, and `generate_qrcode` and `set_config`.'),
  plain('qrcode', 'Returns a QR code to scan. Creates and starts the session if necessary.', {
    body: { schema: 'GenerateQrRequest', required: false },
    reply: { type: 'GeneratedQr' },
    errors: [...ERRORS, 'INVALID_ARGUMENTS']
  }),
  {
    ...plain('', 'Returns the connection state of the session, with the documented codes.'),
    verb: 'GET',
    path: `${BASE}/connection`,
    scope: 'read',
    reply: { type: 'ConnectionData' }
  },
  plain('disconnect', 'Unlinks the session. Connecting again requires a QR code.', { reply: { type: 'ConnectionData' } }),
  plain('close', 'Closes the connection; the session stays linked.', { reply: { type: 'ConnectionChange' } }),
  plain('save', 'Reports whether credentials are stored. Wabus stores them whenever they change.', {
    reply: { type: '{sucesso: true}' },
    errors: [...ERRORS, 'NOT_PAIRED']
  }),
  plain('restore', 'Reconnects a linked session, or restores the previous credentials of a session that WhatsApp logged out.', {
    reply: { type: 'ConnectionChange' },
    errors: [...ERRORS, 'NOT_PAIRED']
  }),
  plain('clear', 'Unlinks the session and erases everything stored about it.', { reply: { type: 'Cleared' } }),
  plain('config', 'Sets the webhook, browser identity and bulk delivery under their documented names.', {
    body: { schema: 'SetConfigRequest', required: true },
    reply: { type: 'ConnectionData' },
    errors: [...ERRORS, 'INVALID_ARGUMENTS', 'EGRESS_DENIED']
  }),
  {
    verb: 'GET',
    path: `${BASE}/settings`,
    tag: 'connection',
    meaning: 'Returns the settings of the session.',
    scope: 'read',
    reply: { type: 'SessionSettingsView' },
    errors: ERRORS
  },
  {
    verb: 'PATCH',
    path: `${BASE}/settings`,
    tag: 'connection',
    meaning: 'Changes the settings of the session. Missing fields remain unchanged.',
    scope: 'control',
    body: { schema: 'UpdateSettingsRequest', required: true },
    reply: { type: 'SessionSettingsView' },
    errors: [...ERRORS, 'INVALID_ARGUMENTS', 'EGRESS_DENIED']
  }
];
