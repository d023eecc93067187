import { WabusError } from '@wabus/contracts';

const TOKEN_PARAMETERS = ['token', 'access_token', 'apikey', 'api_key', 'auth'];

/**
 * The token in the `auth` object of a Socket.IO handshake: `{token}`, or `{token, type: 'static'}`.
 * Throws `UNAUTHORIZED` when there is none, or when one is in the query string, where proxies log it.
 */
export function tokenOfHandshake(auth: unknown, query: Readonly<Record<string, unknown>>): string {
  refuseTokenInQuery(query);
  if (typeof auth !== 'object' || auth === null) throw new WabusError('UNAUTHORIZED');
  const { token, type } = auth as { token?: unknown; type?: unknown };
  if (type !== undefined && type !== 'static') {
    throw new WabusError('UNAUTHORIZED', { message: 'This type of token is not supported; `type` is "static" or missing.' });
  }
  if (typeof token !== 'string' || token === '') throw new WabusError('UNAUTHORIZED');
  return token;
}

/** The token of an `Authorization: Bearer …` header. Throws `UNAUTHORIZED` as `tokenOfHandshake` does. */
export function tokenOfHeader(authorization: string | undefined, query: Readonly<Record<string, unknown>>): string {
  refuseTokenInQuery(query);
  const match = /^Bearer +([^\s]+) *$/i.exec(authorization ?? '');
  if (!match) throw new WabusError('UNAUTHORIZED');
  return match[1]!;
}

function refuseTokenInQuery(query: Readonly<Record<string, unknown>>): void {
  if (TOKEN_PARAMETERS.some(name => Object.hasOwn(query, name))) {
    throw new WabusError('UNAUTHORIZED', {
      message:
        'A token in the query string ends up in logs and is refused. Send it as `auth: {token}` (Socket.IO) or `Authorization: Bearer …` (HTTP).'
    });
  }
}
