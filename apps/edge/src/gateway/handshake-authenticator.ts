import { Injectable } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import type { Socket } from 'socket.io';
import { HandshakeSettings } from '../auth/auth.settings.js';
import { Authenticator } from '../auth/authenticator.js';
import { credentialsOfHandshake, hasTokenParameter } from '../auth/credentials.policy.js';
import { LastUses } from '../auth/last-use/last-uses.js';
import { LoginAuthenticator } from '../auth/logins/login-authenticator.js';
import { PrincipalRevocations, type PrincipalEnd } from '../auth/principal-revocations.js';
import type { Principal } from '../auth/principal.js';
import { TrustedProxies } from '../auth/trusted-proxies.js';

const principals = new WeakMap<Socket, Principal>();

/** Admits sockets with a known token to a namespace, and closes them when the token is revoked or expires. */
@Injectable()
export class HandshakeAuthenticator {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly logins: LoginAuthenticator,
    private readonly uses: LastUses,
    private readonly proxies: TrustedProxies,
    private readonly revocations: PrincipalRevocations,
    private readonly settings: HandshakeSettings
  ) {}

  /**
   * Socket.IO middleware. A refused client gets `connect_error` with the error code as the message and the error body as data. If the token of an admitted
   * client ends later, the client gets `exception` with `UNAUTHORIZED` and `details.reason`, `revoked` or `expired`, and is disconnected.
   */
  async admit(socket: Socket, next: (refusal?: Error & { data?: unknown }) => void): Promise<void> {
    try {
      const principal = await this.principalOf(socket);
      this.uses.note(principal);
      principals.set(socket, principal);
      const forget = this.revocations.watch(principal, why => end(socket, why));
      socket.conn.once('close', forget);
      socket.once('disconnect', forget);
      next();
    } catch (thrown) {
      const error = WabusError.from(thrown);
      next(Object.assign(new Error(error.code), { data: error.toBody() }));
    }
  }

  private async principalOf(socket: Socket): Promise<Principal> {
    const { auth, query, address, headers } = socket.handshake;
    if (!hasTokenParameter(query) && !auth['token']) {
      const principal = await this.logins.principalOf(socket.request);
      if (principal !== null) return principal;
    }
    const credentials = credentialsOfHandshake(auth, query, this.settings.tokenInQuery);
    return this.authenticator.authenticate(credentials, this.proxies.clientOf(address, headers));
  }
}

/** Returns the principal of an admitted socket. Throws `UNAUTHORIZED` for any other socket. */
export function principalOf(socket: Socket): Principal {
  const principal = principals.get(socket);
  if (principal === undefined) throw new WabusError('UNAUTHORIZED');
  return principal;
}

function end(socket: Socket, why: PrincipalEnd): void {
  const message = why === 'expired' ? 'The token has expired. Use a new token.' : 'The token has been revoked. Use another token.';
  socket.emit('exception', new WabusError('UNAUTHORIZED', { message, details: { reason: why } }).toBody());
  socket.disconnect(true);
}
