import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import { isOpenEndpoint } from '@wabus/runtime';
import type { Request } from 'express';
import { HandshakeSettings } from './auth.settings.js';
import { Authenticator } from './authenticator.js';
import { authorizationOfKey, credentialsOfRequest, hasTokenParameter, QUERY_TOKEN } from './credentials.policy.js';
import { LastUses } from './last-use/last-uses.js';
import { LoginAuthenticator } from './logins/login-authenticator.js';
import type { Principal } from './principal.js';
import { TrustedProxies } from './trusted-proxies.js';

const principals = new WeakMap<Request, Principal>();

/** Authenticates HTTP requests. */
@Injectable()
export class RequestAuthenticator {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly logins: LoginAuthenticator,
    private readonly proxies: TrustedProxies,
    private readonly uses: LastUses,
    private readonly settings: HandshakeSettings
  ) {}

  /**
   * Returns the principal of a request. `keys` are tokens from headers with other names. A token in the query is removed from it, so that
   * the endpoint does not see it as a parameter. The cookie of a login counts only if the request contains no token. Throws `UNAUTHORIZED`,
   * `RATE_LIMITED`, or `FORBIDDEN` if a foreign page sends such a cookie.
   */
  async identify(request: Request, keys: readonly string[] = []): Promise<Principal> {
    const principal = await this.principalOf(request, keys);
    this.uses.note(principal);
    return principal;
  }

  private async principalOf(request: Request, keys: readonly string[]): Promise<Principal> {
    const { headers, query, socket } = request;
    if (headers.authorization === undefined && keys.length === 0 && !hasTokenParameter(query)) {
      const principal = await this.logins.principalOf(request);
      if (principal !== null) return principal;
    }
    const authorization = keys.reduce<string | undefined>((known, key) => authorizationOfKey(key, known), headers.authorization);
    const credentials = credentialsOfRequest(authorization, query, this.settings.tokenInQuery);
    const { [QUERY_TOKEN]: token, ...parameters } = query;
    // Express parses the query on every access.
    if (token !== undefined) Object.defineProperty(request, 'query', { value: parameters, configurable: true, enumerable: true });
    return this.authenticator.authenticate(credentials, this.proxies.clientOf(socket.remoteAddress ?? '', headers));
  }
}

/** Identifies the holders of tokens that other requests contain. */
@Injectable()
export class TokenInquiry {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly proxies: TrustedProxies
  ) {}

  /**
   * Returns the holder of a token, or `null` if the token is not accepted. A wrong token counts against the address of the request. Throws `RATE_LIMITED`.
   */
  async holderOf(token: string, { headers, socket }: Request): Promise<Principal | null> {
    try {
      return await this.authenticator.authenticate({ token }, this.proxies.clientOf(socket.remoteAddress ?? '', headers));
    } catch (thrown) {
      const error = WabusError.from(thrown);
      if (error.code === 'UNAUTHORIZED') return null;
      throw error;
    }
  }
}

/** Admits only requests with a known bearer token, except to open endpoints. Throws `UNAUTHORIZED`. Sockets are admitted at their handshake instead. */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(private readonly requests: RequestAuthenticator) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http' || isOpenEndpoint(context)) return true;
    const request = context.switchToHttp().getRequest<Request>();
    principals.set(request, await this.requests.identify(request));
    return true;
  }
}

/** The principal of the request. Throws `UNAUTHORIZED` at an open endpoint. */
export const CurrentPrincipal = createParamDecorator((_data: unknown, context: ExecutionContext): Principal => {
  const principal = principals.get(context.switchToHttp().getRequest<Request>());
  if (principal === undefined) throw new WabusError('UNAUTHORIZED');
  return principal;
});
