export interface WantedRange {
  readonly first: number;
  readonly last: number;
}

/**
 * What of a file a `Range` header asks for (RFC 9110): one range of bytes, with both ends in it. `null`: all of it, also when several ranges or other units are asked for,
 * which a server need not know.
 */
export function wantedRange(header: string | undefined, bytes: number): WantedRange | 'unsatisfiable' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') {
    const suffix = Number(match[2]);
    return suffix === 0 || bytes === 0 ? 'unsatisfiable' : { first: Math.max(0, bytes - suffix), last: bytes - 1 };
  }
  const first = Number(match[1]);
  const last = match[2] === '' ? bytes - 1 : Number(match[2]);
  if (match[2] !== '' && last < first) return null;
  return first >= bytes ? 'unsatisfiable' : { first, last: Math.min(last, bytes - 1) };
}
