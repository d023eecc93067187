import { Injectable } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import { RateLimiter } from '@wabus/runtime';
import { AuthSettings } from './auth.settings.js';
import { narrowed } from './authorise.policy.js';
import type { Credentials } from './credentials.policy.js';
import { JwtVerifier, looksLikeJwt } from './jwt/jwt.verifier.js';
import { KnownTokens } from './tokens/known-tokens.state.js';
import type { Principal } from './principal.js';

/** Turns what a client presents into a principal: the one place where tokens are looked at, for sockets and HTTP alike. */
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
   * Whose credentials these are, restricted to `identifier` if they say so. Throws `UNAUTHORIZED`; `FORBIDDEN` or `INVALID_REQUEST` for the identifier;
   * `RATE_LIMITED` when there were too many wrong tokens from this address. A right static token is let in even then: it cannot be guessed, and its holder may
   * share the address with whoever tries.
   */
  async authenticate(credentials: Credentials, address: string): Promise<Principal> {
    const { token, type, identifier } = credentials;
    const principal =
      (type === 'jwt' ? null : this.tokens.identify(token, Date.now())) ?? (await this.principalOfJwt(credentials, address));
    if (principal === null) throw this.failed(address, unknownToken(credentials));
    return identifier === undefined ? principal : narrowed(principal, identifier);
  }

  /** Counts a wrong token, and gives the error to answer with. */
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

/** By its form alone: whether another type would let it in is not said. */
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
