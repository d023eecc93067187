import { WabusError } from '@wabus/contracts';

const TOKEN_PARAMETERS = ['token', 'access_token', 'apikey', 'api_key', 'auth'];
/** The one of RFC 6750, for clients that can set no header, such as `EventSource`. */
export const QUERY_TOKEN = 'access_token';

export type TokenType = 'static' | 'jwt';

/** What a client presents; nothing in it is checked yet. */
export interface Credentials {
  readonly token: string;
  /** Which kind of token it says it is; either when missing. */
  readonly type?: TokenType;
  /** The session it wants to be restricted to, if any. */
  readonly identifier?: unknown;
}

type Query = Readonly<Record<string, unknown>>;

/**
 * What the `auth` object of a Socket.IO handshake holds: `{token, type?, identifier?}`.
 * Throws `UNAUTHORIZED` when there is no token, or when one is in the query string, where proxies log it, and that is not permitted.
 */
export function credentialsOfHandshake(auth: unknown, query: Query, tokenInQuery = false): Credentials {
  const fromQuery = tokenOfQuery(query, tokenInQuery);
  const { token, type, identifier } = (typeof auth === 'object' && auth !== null ? auth : {}) as Record<string, unknown>;
  if (type !== undefined && type !== 'static' && type !== 'jwt') {
    throw new WabusError('UNAUTHORIZED', {
      message: 'This type of token is not supported: set `type` to "static" or "jwt", or leave it out.'
    });
  }
  if (fromQuery !== null && token !== undefined) throw twoTokens();
  const presented = fromQuery ?? token;
  if (typeof presented !== 'string' || presented === '') throw new WabusError('UNAUTHORIZED');
  const restriction = identifier === undefined || identifier === null || identifier === '' ? {} : { identifier };
  return { token: presented, ...(type === undefined ? {} : { type }), ...restriction };
}

/** The token of an `Authorization: Bearer …` header, or of the query where that is permitted. Throws `UNAUTHORIZED` as `credentialsOfHandshake` does. */
export function credentialsOfRequest(authorization: string | undefined, query: Query, tokenInQuery = false): Credentials {
  const fromQuery = tokenOfQuery(query, tokenInQuery);
  if (fromQuery !== null) {
    if (authorization !== undefined) throw twoTokens();
    return { token: fromQuery };
  }
  const match = /^Bearer +([^\s]+) *$/i.exec(authorization ?? '');
  if (!match) throw new WabusError('UNAUTHORIZED');
  return { token: match[1]! };
}

/** Whether the query has a parameter in which a client presents a token, rightly or wrongly. */
export function hasTokenParameter(query: Query): boolean {
  return TOKEN_PARAMETERS.some(name => Object.hasOwn(query, name));
}

/** The header `Authorization` that means the same as a key header. Throws `UNAUTHORIZED` when both are there with different tokens. */
export function authorizationOfKey(key: string, authorization: string | undefined): string {
  const same = `Bearer ${key}`;
  if (authorization !== undefined && authorization.trim() !== same) throw twoTokens();
  return same;
}

function tokenOfQuery(query: Query, permitted: boolean): string | null {
  if (!hasTokenParameter(query)) return null;
  const present = TOKEN_PARAMETERS.filter(name => Object.hasOwn(query, name));
  const token = query[QUERY_TOKEN];
  // A repeated parameter is an array: which of the two is meant is not guessed.
  if (permitted && present.length === 1 && typeof token === 'string' && token !== '') return token;
  throw new WabusError('UNAUTHORIZED', {
    message: permitted
      ? `A token in the query string must be in the one parameter \`${QUERY_TOKEN}\`.`
      : 'A token in the query string ends up in logs and is refused. Send it as `auth: {token}` (Socket.IO) or `Authorization: Bearer …` (HTTP).'
  });
}

function twoTokens(): WabusError {
  return new WabusError('UNAUTHORIZED', { message: 'This request contains two tokens. Send only one.' });
}
