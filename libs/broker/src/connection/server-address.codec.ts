/** One NATS server in the form that an operator writes: `[nats://|tls://][user:password@|token@]host[:port]`. */
export interface ServerAddress {
  /** `host:port`, for the client. */
  readonly server: string;
  /** The address with its scheme and without credentials, for logs and messages. */
  readonly shown: string;
  /** Set by `tls://`: nothing is sent without encryption. */
  readonly secure: boolean;
  readonly credentials: ServerCredentials | null;
}

export type ServerCredentials = { readonly user: string; readonly password: string } | { readonly token: string };

const DEFAULT_PORT = 4222;
const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
const HOST_AND_PORT = /^(\[[0-9a-f:.%]+\]|[^\s:/?#@[\]]+)(?::(\d{1,5}))?\/?$/i;

/**
 * Parses an address; user, password and token are URL-decoded. The last `@` ends the credentials, so a password may contain `@`.
 * @throws {RangeError} with a message that says what is wrong and contains no part of the credentials
 */
export function parseServerAddress(text: string): ServerAddress {
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase() ?? 'nats';
  if (scheme !== 'nats' && scheme !== 'tls') throw new RangeError(`must begin with nats:// or tls://, not with ${scheme}://`);
  const rest = text.replace(SCHEME, '');
  const at = rest.lastIndexOf('@');
  const [, host, port = String(DEFAULT_PORT)] = HOST_AND_PORT.exec(rest.slice(at + 1)) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) {
    throw new RangeError(
      'must be host:port, nats://host:port or tls://host:port; / ? # @ and commas in a password are written as %2F %3F %23 %40 %2C'
    );
  }
  const server = `${host}:${port}`;
  return {
    server,
    shown: `${scheme}://${server}`,
    secure: scheme === 'tls',
    credentials: at < 0 ? null : credentialsOf(rest.slice(0, at))
  };
}

/**
 * Returns the credentials that all addresses of a cluster share.
 * @throws {RangeError} if they differ
 */
export function sharedCredentials(addresses: readonly ServerAddress[]): ServerCredentials | null {
  const named = addresses.flatMap(({ credentials }) => (credentials === null ? [] : [credentials]));
  const [first = null] = named;
  if (named.some(other => JSON.stringify(other) !== JSON.stringify(first))) {
    throw new RangeError('must use the same user and password in every address that has them');
  }
  return first;
}

function credentialsOf(text: string): ServerCredentials {
  const colon = text.indexOf(':');
  const [user, password] = (colon < 0 ? [text, null] : [text.slice(0, colon), text.slice(colon + 1)]).map(decoded);
  if (user === '' || user === undefined || user === null) throw new RangeError('must have a user before the colon');
  return typeof password === 'string' ? { user, password } : { token: user };
}

function decoded(text: string | null): string | null {
  if (text === null) return null;
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RangeError('must have a URL-encoded user and password: write % as %25');
  }
}
