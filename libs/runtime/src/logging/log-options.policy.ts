export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Names of fields whose values are secrets in any object, up to three levels deep. */
export const REDACTED_LOG_FIELDS = [
  ...[
    'authorization',
    'cookie',
    'set-cookie',
    'x-api-key',
    'password',
    'passphrase',
    'secret',
    'token',
    'accessToken',
    'access_token',
    'apiKey'
  ],
  ...['key', 'keys', 'authKey', 'privateKey', 'private', 'privKey', 'creds', 'credentials', 'keyPair']
];

/** Returns the paths in pino's notation for the listed fields and for those of the caller. */
export function redactedPaths(fields: readonly string[] = []): string[] {
  return [...REDACTED_LOG_FIELDS, ...fields].flatMap(field => ['', '*', '*.*'].map(parent => `${parent}["${field}"]`));
}

/** Path segments of at least this length are tokens of one-time addresses, or hashes; session names may be as long as a UUID. */
const TOKEN = /(?<=\/)[\w-]{40,}(?=\/|$)/g;

/** Returns what a request log shows of a URL: no query (clients put tokens there), no one-time token and no long numbers (they are phone numbers). */
export function loggedPath(url: string | undefined): string {
  return (url ?? '')
    .split(/[?#]/, 1)[0]!
    .replace(TOKEN, '…')
    .replace(/\d{6,}/g, '…');
}

/** Returns the caller's request id if it is harmless in a log. */
export function acceptedRequestId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w.-]{1,64}$/.test(header) ? header : undefined;
}

/** Returns the log level of a request: successful requests are routine, refusals are client errors, and failures are server errors. */
export function requestLevel(statusCode: number, err: Error | undefined): 'debug' | 'info' | 'error' {
  if (err || statusCode >= 500) return 'error';
  return statusCode >= 400 ? 'info' : 'debug';
}
