import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import type { Principal } from '../principal.js';
import { TrustedProxies } from '../trusted-proxies.js';
import { secretOfCookie } from './login-cookie.policy.js';
import { LoginStore } from './login.store.js';
import { isHttpsPage, isOwnPage } from './own-page.policy.js';

/** The parts of a request that identify its login. */
export type LoginRequest = Pick<IncomingMessage, 'headers' | 'method' | 'socket'>;

/**
 * Authenticates browsers by the cookie of their login, on HTTP and at the handshake. The principal of the token behind the login determines what they may do.
 */
@Injectable()
export class LoginAuthenticator {
  constructor(
    private readonly logins: LoginStore,
    private readonly proxies: TrustedProxies
  ) {}

  /**
   * Returns the principal for the cookie of a request, or `null` without one. Throws `FORBIDDEN` if no page of this edge makes the request,
   * because browsers add cookies for any page. Throws `UNAUTHORIZED` if the login has ended.
   */
  async principalOf(request: LoginRequest): Promise<Principal | null> {
    if (secretOfCookie(request.headers, false) === null) return null;
    // This must precede the check of the cookie's name: what a foreign page states about itself must not matter.
    this.requireOwnPage(request);
    const secret = this.secretOf(request);
    if (secret === null) return null;
    const principal = await this.logins.principalOf(secret, this.addressOf(request));
    if (principal === null)
      throw new WabusError('UNAUTHORIZED', { message: 'This login is no longer valid. Log in again.', details: { reason: 'login' } });
    return principal;
  }

  /** Returns the secret in the cookie of a request. */
  secretOf(request: LoginRequest): string | null {
    return secretOfCookie(request.headers, this.isHttps(request));
  }

  /** Throws `FORBIDDEN` unless a page of this edge makes the request. */
  requireOwnPage({ method = 'GET', headers, socket }: LoginRequest): void {
    const hosts = this.proxies.hostsOf(socket.remoteAddress ?? '', headers);
    if (isOwnPage({ method, headers, hosts })) return;
    throw new WabusError('FORBIDDEN', {
      message: 'Only pages served by this edge can use a browser login. Other programs must send a token.',
      details: { header: 'Origin' }
    });
  }

  isHttps({ headers, socket }: LoginRequest): boolean {
    const protocol = (socket as { encrypted?: boolean }).encrypted === true ? 'https' : 'http';
    return isHttpsPage({ headers }, this.proxies.originOf({ headers, protocol, socket }));
  }

  addressOf({ headers, socket }: LoginRequest): string {
    return this.proxies.clientOf(socket.remoteAddress ?? '', headers);
  }
}
