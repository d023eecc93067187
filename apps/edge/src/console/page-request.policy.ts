/** What of a request says whether a browser wants a page. */
export interface PageRequest {
  readonly method: string;
  /** Path of the URL, without the query. */
  readonly path: string;
  /** The header `Accept`. */
  readonly accept: string | undefined;
}

/** Addresses of the edge itself: what is not found there is an error and not the console. `/health` alone is a page of the console. */
const OWN = /^\/(api|metrics|socket\.io|assets|passkey)(\/|$)|^\/health\//;

/** A dot in the last part, unless an `@` comes before it: that is a jid, as in the address of a chat. */
const FILE = /\/(?:(?!@|%40)[^/])*\.[^/]*$/i;

/**
 * Whether to answer with the page of the console, which finds its own way from the address. Only for browsers that navigate: programs that ask for JSON,
 * for files (`.aspx` of the connection API too) or for an address of the edge get what they would get without a console.
 */
export function wantsPage({ method, path, accept }: PageRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  if (OWN.test(path) || FILE.test(path)) return false;
  return (accept ?? '').split(',').some(type => type.trim().startsWith('text/html'));
}
