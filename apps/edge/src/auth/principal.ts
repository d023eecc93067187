import type { Scope, SessionId } from '@wabus/contracts';
import type { Creator } from './creator.policy.js';

/** The sender of a request, and the permissions of its token. */
export interface Principal {
  /** Identifies the token, or the subject of a JWT, in logs and limits without revealing it. */
  readonly id: string;
  /** The sessions that the token may use; `*` for all, including those created later. */
  readonly sessions: '*' | readonly SessionId[];
  readonly scopes: readonly Scope[];
  /** When the token expires, in ms since 1970. Never if missing. */
  readonly expiresAt?: number;
  /** The permissions of the token when it was checked. If the permissions change, the token has a different grant. */
  readonly grant?: string;
  /** The properties by which a JWT can be revoked. */
  readonly jwt?: JwtIdentity;
  /** The browser login that stands for the token, if there is one. */
  readonly login?: LoginIdentity;
}

export interface LoginIdentity {
  readonly id: string;
  /** ms since 1970. The token itself may be valid for longer. */
  readonly expiresAt: number;
  /** The holder of the token, as stored with the objects it creates, because a JWT is no longer available then. */
  readonly creator: Creator;
}

export interface JwtIdentity {
  readonly jti?: string;
  readonly subject?: string;
  /** When the token was issued, in ms since 1970. */
  readonly issuedAt?: number;
}

/** Returns when requests and connections of this principal become invalid, in ms since 1970. */
export function endOf({ expiresAt, login }: Principal): number {
  return Math.min(expiresAt ?? Infinity, login?.expiresAt ?? Infinity);
}
