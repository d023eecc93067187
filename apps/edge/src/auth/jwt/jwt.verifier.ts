import { WabusError } from '@wabus/contracts';
import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import { CLOCK_TOLERANCE_MS, principalOfClaims, type ClaimNames } from './jwt-claims.policy.js';
import type { JwksKeys } from './jwks.source.js';
import type { Principal } from '../principal.js';

const MAX_TOKEN_LENGTH = 8_192;
const PUBLIC_KEY_ALGORITHMS = ['RS256', 'ES256'];

export interface JwtSettings {
  /** The secret for HS256. Without it, no HS256 token is accepted. */
  readonly secret: Uint8Array | null;
  /** The keys for RS256 and ES256. Without them, no such token is accepted. */
  readonly keys: JwksKeys | null;
  readonly issuer: string | null;
  readonly audience: string | null;
  readonly claims: ClaimNames;
}

/** Returns whether a token has the form of a signed JWT. */
export function looksLikeJwt(token: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]*$/.test(token);
}

/**
 * Verifies JWTs. The algorithm determines which key may verify a token before any key is used: the secret only for HS256, and public keys
 * only for RS256 and ES256, so that a public key can never be mistaken for a secret. `none` and all other algorithms are refused. Keys that
 * a token contains or links (`jwk`, `jku`, `x5u`) are never used.
 */
export class JwtVerifier {
  constructor(private readonly settings: JwtSettings) {}

  get isEnabled(): boolean {
    return this.settings.secret !== null || this.settings.keys !== null;
  }

  /** Returns the principal of a token. Throws `UNAUTHORIZED`, with `details.reason` `expired` if the token was valid before. */
  async verify(token: string): Promise<Principal> {
    if (!this.isEnabled)
      throw new WabusError('UNAUTHORIZED', {
        message:
          'This edge accepts no JWTs: set WABUS_JWT_SECRET, WABUS_JWT_JWKS_URL or WABUS_JWT_JWKS_PATH, or use a token of this installation.'
      });
    if (token.length > MAX_TOKEN_LENGTH) throw new WabusError('UNAUTHORIZED');
    const claims = await this.claimsOf(token);
    return principalOfClaims(claims, this.settings.claims, Date.now());
  }

  private async claimsOf(token: string): Promise<JWTPayload> {
    try {
      const { alg } = decodeProtectedHeader(token);
      const { secret, keys } = this.settings;
      if (alg === 'HS256' && secret !== null) return (await jwtVerify(token, secret, this.demands('HS256'))).payload;
      if (alg !== undefined && PUBLIC_KEY_ALGORITHMS.includes(alg) && keys !== null) {
        return (await jwtVerify(token, (header, jws) => keys.keyFor(header, jws), this.demands(alg))).payload;
      }
    } catch (error) {
      throw refusal(error);
    }
    throw new WabusError('UNAUTHORIZED', { message: 'Tokens signed with this algorithm are not accepted.' });
  }

  private demands(algorithm: string): JWTVerifyOptions {
    const { issuer, audience } = this.settings;
    return {
      algorithms: [algorithm],
      clockTolerance: CLOCK_TOLERANCE_MS / 1_000,
      requiredClaims: ['exp'],
      ...(issuer === null ? {} : { issuer }),
      ...(audience === null ? {} : { audience })
    };
  }
}

function refusal(error: unknown): WabusError {
  if (error instanceof errors.JWTExpired)
    return new WabusError('UNAUTHORIZED', {
      message: 'The token has expired. Use a new token.',
      details: { reason: 'expired' },
      cause: error
    });
  return new WabusError('UNAUTHORIZED', { message: 'The token is invalid.', cause: error });
}
