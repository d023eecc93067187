import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { LOGIN_PATH, WabusError, type LoginCode, type LoginReply, type LoginView } from '@wabus/contracts';
import { OpenEndpoint } from '@wabus/runtime';
import type { Request, Response } from 'express';
import { Authenticator } from '../auth/authenticator.js';
import { CurrentPrincipal } from '../auth/bearer.guard.js';
import { clearedCookies, loginCookie } from '../auth/logins/login-cookie.policy.js';
import { LoginAuthenticator } from '../auth/logins/login-authenticator.js';
import { LoginStore, REMEMBERED_MS } from '../auth/logins/login.store.js';
import type { Principal } from '../auth/principal.js';

const MAX_AGENT_LENGTH = 200;

/** Logs browsers in and out, only for pages of this edge: another site could otherwise log a user in under a different login. */
@OpenEndpoint()
@Controller(LOGIN_PATH)
export class LoginController {
  constructor(
    private readonly logins: LoginStore,
    private readonly pages: LoginAuthenticator,
    private readonly authenticator: Authenticator
  ) {}

  @Post()
  @HttpCode(200)
  async logIn(@Req() request: Request, @Body() body: unknown, @Res({ passthrough: true }) response: Response): Promise<LoginReply> {
    this.pages.requireOwnPage(request);
    const { token, code, remember = false } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
    if (typeof remember !== 'boolean') throw invalid('remember must be true or false.', 'remember');
    const principal = await this.principalOf(request, { token, code });
    const before = this.pages.secretOf(request);
    const { id, secret, expiresAt } = await this.logins.start(principal, { remember, agent: agentOf(request) });
    if (before !== null) await this.logins.endOf(before);
    const isHttps = this.pages.isHttps(request);
    response.setHeader('Set-Cookie', loginCookie(secret, { isHttps, maxAgeMs: remember ? REMEMBERED_MS : null }));
    return { id, expiresAt };
  }

  @Delete()
  @HttpCode(204)
  async logOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    this.pages.requireOwnPage(request);
    // The cookie is cleared even if the login cannot be ended now, so that this browser forgets it.
    response.setHeader('Set-Cookie', clearedCookies());
    const secret = this.pages.secretOf(request);
    if (secret !== null) await this.logins.endOf(secret);
  }

  private async principalOf(request: Request, { token, code }: Record<string, unknown>): Promise<Principal> {
    if ((token === undefined) === (code === undefined)) throw invalid('The body must contain either token or code.', 'token');
    const address = this.pages.addressOf(request);
    if (code === undefined) {
      if (typeof token !== 'string' || token === '') throw invalid('token must be a string.', 'token');
      return this.authenticator.authenticate({ token }, address);
    }
    if (typeof code !== 'string') throw invalid('code must be a string.', 'code');
    const principal = await this.logins.redeem(code, address);
    if (principal !== null) return principal;
    const message =
      'This one-time login has already been used or has expired. Log in with an access token, or create a code with POST /api/logins/codes.';
    throw this.authenticator.failed(address, new WabusError('UNAUTHORIZED', { message, details: { reason: 'code' } }));
  }
}

/** Serves the logins as resources. Requires `admin`. */
@Controller('api/logins')
export class LoginsController {
  constructor(private readonly logins: LoginStore) {}

  @Get()
  list(@CurrentPrincipal() principal: Principal): { logins: LoginView[] } {
    return { logins: this.logins.list(principal) };
  }

  @Post('codes')
  createCode(@CurrentPrincipal() principal: Principal): Promise<LoginCode> {
    return this.logins.createCode(principal);
  }

  @Delete(':id')
  revoke(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<LoginView> {
    return this.logins.revoke(principal, id);
  }
}

function agentOf({ headers }: Request): string | null {
  const agent = (headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '').trim();
  return agent === '' ? null : agent.slice(0, MAX_AGENT_LENGTH);
}

function invalid(message: string, field: string): WabusError {
  return new WabusError('INVALID_REQUEST', { message, details: { field } });
}
