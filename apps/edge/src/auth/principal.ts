import type { Scope, SessionId } from '@wabus/contracts';
import type { Creator } from './creator.policy.js';

/** Who makes a request, and what the token permits. */
export interface Principal {
  /** Names the token, or the subject of a JWT, in logs and limits without revealing it. */
  readonly id: string;
  /** The sessions that the token may use; `*` for all, including those created later. */
  readonly sessions: '*' | readonly SessionId[];
  readonly scopes: readonly Scope[];
  /** From when on it permits nothing any more, ms since 1970; forever if missing. */
  readonly expiresAt?: number;
  /** What the token permitted when it was checked: a token that permits something else now has another grant. */
  readonly grant?: string;
  /** By what a JWT can be revoked. */
  readonly jwt?: JwtIdentity;
  /** The login of a browser that stands for the token here, if it is one. */
  readonly login?: LoginIdentity;
}

export interface LoginIdentity {
  readonly id: string;
  /** ms since 1970; the token may be valid for longer. */
  readonly expiresAt: number;
  /** Whoever holds the token, as kept with what they make: a JWT is not at hand any more. */
  readonly creator: Creator;
}

export interface JwtIdentity {
  readonly jti?: string;
  readonly subject?: string;
  /** When it was issued, ms since 1970. */
  readonly issuedAt?: number;
}

/** From when on a request or a connection of this principal is refused, ms since 1970. */
export function endOf({ expiresAt, login }: Principal): number {
  return Math.min(expiresAt ?? Infinity, login?.expiresAt ?? Infinity);
}
