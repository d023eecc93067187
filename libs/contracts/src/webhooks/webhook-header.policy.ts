/** Headers that belong to the connection or that Wabus sets itself. */
const RESERVED = new Set([
  'host',
  'content-length',
  'content-type',
  'content-encoding',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'via',
  'forwarded',
  'idempotency-key'
]);

const TOKEN = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
/** Visible ASCII, blanks and tabs: no line breaks, with which a value would become another header. */
const VALUE = /^[\t\x20-\x7e]{0,2048}$/;

/** What is wrong with a header that a webhook wants to send, `null` when nothing is. The value never appears in the answer. */
export function headerFault(name: string, value: unknown): string | null {
  if (!TOKEN.test(name)) return 'has a name that is not a header name';
  const lower = name.toLowerCase();
  if (RESERVED.has(lower) || lower.startsWith('webhook-') || lower.startsWith('x-forwarded-') || lower.startsWith('sec-')) {
    return `must not contain "${lower}": it is set by Wabus or belongs to the connection`;
  }
  if (typeof value !== 'string' || !VALUE.test(value))
    return `has a value for "${lower}" that is not a line of up to 2048 ASCII characters`;
  return null;
}
