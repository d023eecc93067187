import type { Rate } from '@wabus/runtime';
import type { CreatorSettings } from './creators.js';
import type { ClaimNames } from './jwt/jwt-claims.policy.js';

/** How this edge authenticates its callers. */
export abstract class AuthSettings {
  abstract readonly tokenFile: string;
  /** How often to check the token file, in ms. */
  abstract readonly tokenFilePollMs: number;
  /** Whether a token may be in the query string. */
  abstract readonly tokenInQuery: boolean;
  /** The permitted rate of wrong tokens from one address. */
  abstract readonly failureRate: Rate;
  /** Addresses and networks of the proxies whose statements about the client's address are trusted. */
  abstract readonly trustedProxies: readonly string[];
  abstract readonly jwt: JwtOptions;
  abstract readonly creators: CreatorSettings;
}

export interface JwtOptions {
  readonly secret: string | null;
  /** The path of a file, or an https URL. */
  readonly jwks: { readonly file: string } | { readonly url: string } | null;
  readonly issuer: string | null;
  readonly audience: string | null;
  readonly claims: ClaimNames;
}

/** Whether a handshake may contain a token in its query string. */
export abstract class HandshakeSettings {
  abstract readonly tokenInQuery: boolean;
}
