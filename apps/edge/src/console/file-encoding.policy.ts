/** The compressed variants of the console's files, by the name of the encoding, smallest first. */
export const FILE_ENCODINGS: readonly (readonly [encoding: string, suffix: string])[] = [
  ['br', '.br'],
  ['gzip', '.gz']
];

/** Returns the available encodings that a client accepts, smallest first (RFC 9110, 12.5.3). */
export function takenEncodings(accept: string | undefined): (readonly [encoding: string, suffix: string])[] {
  const weights = new Map<string, number>();
  for (const part of (accept ?? '').split(',')) {
    const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = parameters.map(one => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find(one => one !== undefined);
    if (name.trim() !== '') weights.set(name.trim(), weight === undefined ? 1 : Number(weight));
  }
  return FILE_ENCODINGS.filter(([encoding]) => (weights.get(encoding) ?? weights.get('*') ?? 0) > 0);
}
