/** The protocols for the connection to a proxy. */
export const PROXY_PROTOCOLS = ['http', 'https', 'socks5'] as const;
export type ProxyProtocol = (typeof PROXY_PROTOCOLS)[number];

/** The proxy of one session or of a whole connector. */
export interface ProxyAddress {
  readonly protocol: ProxyProtocol;
  /** A host name without a trailing dot, or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
  /** The credentials; `null` if the proxy requires none. */
  readonly credentials: ProxyCredentials | null;
}

export interface ProxyCredentials {
  readonly username: string;
  readonly password: string;
}

const DEFAULT_PORTS: Readonly<Record<ProxyProtocol, number>> = { http: 80, https: 443, socks5: 1080 };
/** `socks5h` stands for name resolution by the proxy, which Wabus always uses. */
const PROTOCOLS: Readonly<Record<string, ProxyProtocol>> = {
  'http:': 'http',
  'https:': 'https',
  'socks5:': 'socks5',
  'socks5h:': 'socks5'
};
const MAX_LENGTH = 1_024;
/** SOCKS5 stores the lengths of user and password in single bytes (RFC 1929). */
const MAX_CREDENTIAL_BYTES = 255;

/** The error for a text that is not the address of a proxy. The message never quotes the text, which may contain a password. */
export class ProxyAddressError extends Error {
  override readonly name = 'ProxyAddressError';
}

/**
 * Parses a proxy address such as `http://user:password@proxy.example:3128`. User and password are percent-decoded.
 * @throws {ProxyAddressError} with the fault, without quoting the address
 */
export function parseProxyAddress(text: string): ProxyAddress {
  if (text.length > MAX_LENGTH) throw new ProxyAddressError(`must have at most ${MAX_LENGTH} characters`);
  if (!/^[\x21-\x7e]+$/.test(text) || text.includes('\\'))
    throw new ProxyAddressError('must not contain spaces, backslashes or non-ASCII characters: percent-encode them');
  if (!URL.canParse(text)) throw new ProxyAddressError('must be a URL such as http://user:password@proxy.example:3128');
  const url = new URL(text);
  const protocol = PROTOCOLS[url.protocol];
  if (!protocol) throw new ProxyAddressError('must begin with http://, https:// or socks5://');
  const host = hostOf(url);
  if (host === '') throw new ProxyAddressError('must have a host name');
  if ((url.pathname !== '' && url.pathname !== '/') || url.search !== '' || url.hash !== '')
    throw new ProxyAddressError('must have no path, query or fragment');
  const port = url.port === '' ? DEFAULT_PORTS[protocol] : Number(url.port);
  if (port === 0) throw new ProxyAddressError('must have a port from 1 to 65535');
  return { protocol, host, port, credentials: credentialsOf(url) };
}

/** Returns the address without user and password, which is safe to show. */
export function shownProxy({ protocol, host, port }: Pick<ProxyAddress, 'protocol' | 'host' | 'port'>): string {
  return `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Returns the host in the canonical notation of web addresses, so that `0x7f.1` becomes `127.0.0.1`. The URL parser does not do this for `socks5://`. */
function hostOf({ hostname }: URL): string {
  const web = `http://${hostname}`;
  return (URL.canParse(web) ? new URL(web).hostname : '').replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

function credentialsOf({ username, password }: URL): ProxyCredentials | null {
  if (username === '' && password === '') return null;
  if (username === '') throw new ProxyAddressError('must have a user if it has a password');
  const credentials = { username: decoded(username), password: decoded(password) };
  for (const part of Object.values(credentials)) {
    if (new TextEncoder().encode(part).length > MAX_CREDENTIAL_BYTES)
      throw new ProxyAddressError(`must have a user and a password of at most ${MAX_CREDENTIAL_BYTES} bytes each`);
    // A line break would end the header that contains the credentials.
    if (/[\0-\x1f\x7f]/.test(part)) throw new ProxyAddressError('must not contain control characters in the user or password');
  }
  if (credentials.username.includes(':')) throw new ProxyAddressError('must not contain a colon in the user name');
  return credentials;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ProxyAddressError('must have a correctly percent-encoded user and password');
  }
}
