import type { Rate } from '@wabus/runtime';
import type { CreatorSettings } from './creators.js';
import type { ClaimNames } from './jwt/jwt-claims.policy.js';

/** How this edge knows its callers. */
export abstract class AuthSettings {
  abstract readonly tokenFile: string;
  /** How often the token file is checked. */
  abstract readonly tokenFilePollMs: number;
  /** Whether a token may be in the query string. */
  abstract readonly tokenInQuery: boolean;
  /** Wrong tokens from one address. */
  abstract readonly failureRate: Rate;
  /** Addresses and networks of proxies that say which address a client has. */
  abstract readonly trustedProxies: readonly string[];
  abstract readonly jwt: JwtOptions;
  abstract readonly creators: CreatorSettings;
}

export interface JwtOptions {
  readonly secret: string | null;
  /** Path of a file or an https URL. */
  readonly jwks: { readonly file: string } | { readonly url: string } | null;
  readonly issuer: string | null;
  readonly audience: string | null;
  readonly claims: ClaimNames;
}

/** Whether and how handshakes may carry a token in the query string. */
export abstract class HandshakeSettings {
  abstract readonly tokenInQuery: boolean;
}
