import { WabusError } from '@wabus/contracts';

const MAX_URL_LENGTH = 2_048;

/** The target of a URL in canonical notation: `0x7f.1` and `2130706433` have become `127.0.0.1`. */
export interface Destination {
  readonly url: URL;
  /** A name without a trailing dot, or an address without brackets. */
  readonly host: string;
  readonly secure: boolean;
}

/** Checks the text alone, before names are resolved. Throws `EGRESS_DENIED`. */
export function parseDestination(text: string): Destination {
  if (text.length > MAX_URL_LENGTH) throw denied(`The address is longer than ${MAX_URL_LENGTH} characters.`);
  // The same text must have the same meaning for every parser on the way.
  if (!/^[\x21-\x7e]+$/.test(text) || text.includes('\\'))
    throw denied('The address contains spaces, backslashes or characters outside ASCII.');
  const url = parse(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw denied('The address must begin with https://.');
  if (url.username !== '' || url.password !== '') throw denied('The address must not contain a user name or password: use a header.');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (host === '') throw denied('The address has no host.');
  return { url, host, secure: url.protocol === 'https:' };
}

export function denied(message: string): WabusError {
  return new WabusError('EGRESS_DENIED', { message });
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch (cause) {
    throw new WabusError('EGRESS_DENIED', { message: 'The address is not a URL.', cause });
  }
}
