import { timingSafeEqual } from 'node:crypto';
import type { Principal } from './principal.js';
import { hashToken, parseTokenFile, type KnownToken } from './token-file.codec.js';

const MAX_TOKEN_LENGTH = 8_192;

/** The access tokens this edge accepts: hashes in memory, never the tokens. */
export class TokenStore {
  private readonly tokens: readonly KnownToken[];

  /** Takes the content of a token file, see `parseTokenFile`. Throws when it holds no token: an edge without tokens would be open or useless. */
  constructor(content: string) {
    this.tokens = parseTokenFile(content);
    if (this.tokens.length === 0) throw new Error('the token file holds no token');
  }

  /** Whose token this is, `null` when nobody's. Takes the same time for every wrong token. */
  identify(token: string): Principal | null {
    if (token.length === 0 || token.length > MAX_TOKEN_LENGTH) return null;
    const hash = hashToken(token);
    let found: Principal | null = null;
    for (const known of this.tokens) if (timingSafeEqual(known.hash, hash)) found ??= known.principal;
    return found;
  }
}
