import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import { isOpenEndpoint } from '@wabus/runtime';
import type { Request } from 'express';
import { Authenticator } from './authenticator.js';
import { credentialsOfRequest } from './credentials.policy.js';
import type { Principal } from './principal.js';
import type { TrustedProxies } from './trusted-proxies.js';

const principals = new WeakMap<Request, Principal>();

/** Authenticates HTTP requests. */
@Injectable()
export class RequestAuthenticator {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly proxies: TrustedProxies,
    private readonly tokenInQuery: boolean
  ) {}

  /** Whose request this is. Throws `UNAUTHORIZED` or `RATE_LIMITED`. */
  identify({ headers, query, socket }: Request): Promise<Principal> {
    return this.authenticator.authenticate(
      credentialsOfRequest(headers.authorization, query, this.tokenInQuery),
      this.proxies.clientOf(socket.remoteAddress ?? '', headers)
    );
  }
}

/** Lets only requests with a known bearer token through, except to open endpoints. Throws `UNAUTHORIZED`. Sockets are admitted at their handshake instead. */
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
