import { WabusError } from '@wabus/contracts';

const TOKEN_PARAMETERS = ['token', 'access_token', 'apikey', 'api_key', 'auth'];
/** The parameter name of RFC 6750, for clients that cannot set headers, such as `EventSource`. */
export const QUERY_TOKEN = 'access_token';

export type TokenType = 'static' | 'jwt';

/** The credentials that a client presents. Nothing in them is verified yet. */
export interface Credentials {
  readonly token: string;
  /** The declared kind of token. If missing, both kinds are accepted. */
  readonly type?: TokenType;
  /** The session to which the client requests to be restricted, if any. */
  readonly identifier?: unknown;
}

type Query = Readonly<Record<string, unknown>>;

/**
 * Returns the credentials in the `auth` object of a Socket.IO handshake: `{token, type?, identifier?}`. Throws `UNAUTHORIZED` if there is
 * no token, or if a token is in the query string, where proxies log it, and this is not permitted.
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

/**
 * Returns the token of an `Authorization: Bearer …` header, or of the query where that is permitted. Throws `UNAUTHORIZED` in the same
 * cases as `credentialsOfHandshake`.
 */
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

/** Returns whether the query contains a parameter in which clients present a token, correctly or not. */
export function hasTokenParameter(query: Query): boolean {
  return TOKEN_PARAMETERS.some(name => Object.hasOwn(query, name));
}

/** Returns the `Authorization` header that is equivalent to a key header. Throws `UNAUTHORIZED` if both are present with different tokens. */
export function authorizationOfKey(key: string, authorization: string | undefined): string {
  const same = `Bearer ${key}`;
  if (authorization !== undefined && authorization.trim() !== same) throw twoTokens();
  return same;
}

function tokenOfQuery(query: Query, permitted: boolean): string | null {
  if (!hasTokenParameter(query)) return null;
  const present = TOKEN_PARAMETERS.filter(name => Object.hasOwn(query, name));
  const token = query[QUERY_TOKEN];
  // A repeated parameter is an array. The edge does not guess which value is meant.
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
