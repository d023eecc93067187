import { createParamDecorator, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import { isOpenEndpoint } from '@wabus/runtime';
import type { Request } from 'express';
import { tokenOfHeader } from './credentials.policy.js';
import type { Principal } from './principal.js';
import { TokenStore } from './token.store.js';

const principals = new WeakMap<Request, Principal>();

/** Lets only requests with a known bearer token through, except to open endpoints. Throws `UNAUTHORIZED`. Sockets are admitted at their handshake instead. */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(private readonly tokens: TokenStore) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http' || isOpenEndpoint(context)) return true;
    const request = context.switchToHttp().getRequest<Request>();
    principals.set(request, identifyRequest(this.tokens, request));
    return true;
  }
}

/** Whose request this is. Throws `UNAUTHORIZED`. */
export function identifyRequest(tokens: TokenStore, { headers, query }: Request): Principal {
  const principal = tokens.identify(tokenOfHeader(headers.authorization, query));
  if (principal === null) throw new WabusError('UNAUTHORIZED');
  return principal;
}

/** The principal of the request. Throws `UNAUTHORIZED` at an open endpoint. */
export const CurrentPrincipal = createParamDecorator((_data: unknown, context: ExecutionContext): Principal => {
  const principal = principals.get(context.switchToHttp().getRequest<Request>());
  if (principal === undefined) throw new WabusError('UNAUTHORIZED');
  return principal;
});
