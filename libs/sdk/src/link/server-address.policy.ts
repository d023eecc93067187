/** The address of a server. */
export interface EdgeAddress {
  /** Scheme, host and port. */
  readonly origin: string;
  /** The prefix of every path, without a trailing slash; empty unless a proxy serves the server below a path. */
  readonly prefix: string;
}

/**
 * The address in what people type: `https://host`, `host:3000` (http), `wss://host`, `https://host/below/a/path`.
 * @throws TypeError if it is not an address
 */
export function parseEdgeAddress(server: string): EdgeAddress {
  const text = server.trim().replace(/^ws(s?):\/\//i, 'http$1://');
  const url = urlOf(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new TypeError(`This is not the address of a server, such as https://wabus.example: ${JSON.stringify(server)}`);
  // Written in full, as the documents of the protocol have it.
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, '').replace(/\/api\/events$/, '') };
}

function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
