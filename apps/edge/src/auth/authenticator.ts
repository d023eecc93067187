import { Injectable } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import { RateLimiter } from '@wabus/runtime';
import { AuthSettings } from './auth.settings.js';
import { narrowed } from './authorise.policy.js';
import type { Credentials } from './credentials.policy.js';
import { JwtVerifier, looksLikeJwt } from './jwt/jwt.verifier.js';
import { KnownTokens } from './tokens/known-tokens.state.js';
import type { Principal } from './principal.js';

/** Authenticates credentials. This is the only place that checks tokens, for sockets and HTTP alike. */
@Injectable()
export class Authenticator {
  private readonly failures: RateLimiter;

  constructor(
    private readonly tokens: KnownTokens,
    private readonly jwt: JwtVerifier,
    settings: AuthSettings
  ) {
    this.failures = new RateLimiter(settings.failureRate);
  }

  /**
   * Returns the principal of the credentials, restricted to `identifier` if there is one. Throws `UNAUTHORIZED`; `FORBIDDEN` or
   * `INVALID_REQUEST` for the identifier; `RATE_LIMITED` after too many wrong tokens from this address. A valid static token is accepted
   * even then: it cannot be guessed, and its holder may share the address with an attacker.
   */
  async authenticate(credentials: Credentials, address: string): Promise<Principal> {
    const { token, type, identifier } = credentials;
    const principal =
      (type === 'jwt' ? null : this.tokens.identify(token, Date.now())) ?? (await this.principalOfJwt(credentials, address));
    if (principal === null) throw this.failed(address, unknownToken(credentials));
    return identifier === undefined ? principal : narrowed(principal, identifier);
  }

  /** Counts a wrong token, and returns the error for the response. */
  failed(address: string, error: WabusError): WabusError {
    const retryAfterMs = this.failures.take(address, performance.now());
    return retryAfterMs === 0 ? error : tooManyFailures(retryAfterMs);
  }

  private async principalOfJwt({ token, type }: Credentials, address: string): Promise<Principal | null> {
    if (type === 'static' || !looksLikeJwt(token)) return null;
    const retryAfterMs = this.failures.waitMs(address, performance.now());
    if (retryAfterMs > 0) throw tooManyFailures(retryAfterMs);
    try {
      const principal = await this.jwt.verify(token);
      if (this.tokens.isDenied(principal))
        throw new WabusError('UNAUTHORIZED', { message: 'The token has been revoked. Use another token.', details: { reason: 'revoked' } });
      return principal;
    } catch (thrown) {
      throw this.failed(address, WabusError.from(thrown));
    }
  }
}

/** Judges by the form of the token alone. The error does not reveal whether another type would be accepted. */
function unknownToken({ token, type }: Credentials): WabusError {
  const form = looksLikeJwt(token) ? 'jwt' : 'static';
  if (type === undefined || type === form) return new WabusError('UNAUTHORIZED');
  const what = form === 'jwt' ? 'This token is a JWT' : 'This token is not a JWT';
  return new WabusError('UNAUTHORIZED', {
    message: `${what}: leave \`type\` out, or set it to "${form}".`,
    details: { field: 'type', reason: 'type' }
  });
}

function tooManyFailures(retryAfterMs: number): WabusError {
  return new WabusError('RATE_LIMITED', {
    message: 'Too many invalid tokens came from this address. Try again after `details.retryAfterMs`.',
    details: { retryAfterMs }
  });
}
