import { createHash } from 'node:crypto';
import type { TokenDenial } from '@wabus/contracts';

/** Names a denial without revealing what it denies. */
export function denialId(kind: TokenDenial['kind'], value: string): string {
  return createHash('sha256').update(`${kind}:${value}`).digest('hex').slice(0, 16);
}
