import { Injectable } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import type { Socket } from 'socket.io';
import { tokenOfHandshake } from '../auth/credentials.policy.js';
import type { Principal } from '../auth/principal.js';
import { TokenStore } from '../auth/token.store.js';

const principals = new WeakMap<Socket, Principal>();

/** Admits sockets with a known token to a namespace. */
@Injectable()
export class HandshakeAuthenticator {
  constructor(private readonly tokens: TokenStore) {}

  /** Socket.IO middleware: a refused client gets `connect_error` with the error code as message and the error body as data. */
  admit(socket: Socket, next: (refusal?: Error & { data?: unknown }) => void): void {
    try {
      const { auth, query } = socket.handshake;
      const principal = this.tokens.identify(tokenOfHandshake(auth, query));
      if (principal === null) throw new WabusError('UNAUTHORIZED');
      principals.set(socket, principal);
      next();
    } catch (thrown) {
      const error = WabusError.from(thrown);
      next(Object.assign(new Error(error.code), { data: error.toBody() }));
    }
  }
}

/** The principal of an admitted socket. Throws `UNAUTHORIZED` for any other. */
export function principalOf(socket: Socket): Principal {
  const principal = principals.get(socket);
  if (principal === undefined) throw new WabusError('UNAUTHORIZED');
  return principal;
}
