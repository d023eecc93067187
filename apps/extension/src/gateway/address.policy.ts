const TOKEN_PATH = /^\/passkey\/[A-Za-z0-9_-]{43}\/?$/;
const THIS_COMPUTER: readonly string[] = ['localhost', '127.0.0.1'];

export type AddressFault = 'empty' | 'unreadable' | 'insecure' | 'other-page';

/** A one-time address, and the origin for which it needs a permission. */
export interface OneTimeAddress {
  /** Without a trailing slash. */
  readonly url: string;
  /** A Chrome match pattern for this origin only. */
  readonly pattern: string;
}

/** Parses an address that the user pasted or that a tab shows. Accepts https only, and http on this computer, because the address is a secret. */
export function readAddress(text: string): OneTimeAddress | AddressFault {
  const trimmed = text.trim();
  if (trimmed === '') return 'empty';
  if (!URL.canParse(trimmed)) return 'unreadable';
  const { protocol, hostname, origin, pathname } = new URL(trimmed);
  if (protocol !== 'https:' && protocol !== 'http:') return 'unreadable';
  if (protocol === 'http:' && !THIS_COMPUTER.includes(hostname)) return 'insecure';
  if (!TOKEN_PATH.test(pathname)) return 'other-page';
  return { url: `${origin}${pathname.replace(/\/$/, '')}`, pattern: `${origin}/*` };
}
