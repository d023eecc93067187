/** The address of a server. */
export interface EdgeAddress {
  /** The scheme, host and port. */
  readonly origin: string;
  /** The prefix of all paths, without a trailing slash. It is empty unless a proxy serves Wabus below a path. */
  readonly prefix: string;
}

/**
 * Parses the address of a server: `https://host`, `host:3000` (over HTTP), `wss://host` or `https://host/below/a/path`.
 * @throws {TypeError} if it is not an address
 */
export function parseEdgeAddress(server: string): EdgeAddress {
  const text = server.trim().replace(/^ws(s?):\/\//i, 'http$1://');
  const url = urlOf(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new TypeError(`This is not the address of a server, such as https://wabus.example: ${JSON.stringify(server)}`);
  // Some programs pass the address with the namespace, as the protocol's documents show it.
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, '').replace(/\/api\/events$/, '') };
}

function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
