import type { Scope, SessionId } from '@wabus/contracts';

/** Who makes a request, and what the token permits. */
export interface Principal {
  /** Names the token, or the subject of a JWT, in logs and limits without revealing it. */
  readonly id: string;
  /** The sessions it may reach; `*` for all, also those created later. */
  readonly sessions: '*' | readonly SessionId[];
  readonly scopes: readonly Scope[];
  /** From when on it permits nothing any more, ms since 1970; forever if missing. */
  readonly expiresAt?: number;
  /** What the token permitted when it was checked: a token that permits something else now has another grant. */
  readonly grant?: string;
  /** By what a JWT can be revoked. */
  readonly jwt?: JwtIdentity;
}

export interface JwtIdentity {
  readonly jti?: string;
  readonly subject?: string;
  /** When it was issued, ms since 1970. */
  readonly issuedAt?: number;
}
