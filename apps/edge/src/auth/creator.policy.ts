import type { Principal } from './principal.js';
import { denialId } from './tokens/token-grant.policy.js';

/**
 * The creator of something that outlives its request, stored with it. It suffices to determine later whether the token is still valid, but
 * contains no token and none of its claims. A JWT with a subject has no end of its own: the next JWT of the subject is the same principal.
 */
export interface Creator {
  /** The id of the principal. */
  readonly id: string;
  readonly jwt?: {
    /** Ids of the denials that would revoke the JWT. */
    readonly denials: readonly string[];
    /** ms since 1970. */
    readonly issuedAt?: number;
    readonly expiresAt?: number;
  };
}

export function creatorOf({ id, jwt, expiresAt, login }: Principal): Creator {
  if (login !== undefined) return login.creator;
  if (jwt === undefined) return { id };
  const { jti, subject, issuedAt } = jwt;
  const denials = [...(jti === undefined ? [] : [denialId('jti', jti)]), ...(subject === undefined ? [] : [denialId('subject', subject)])];
  const end = subject === undefined && expiresAt !== undefined ? { expiresAt } : {};
  return { id, jwt: { denials, ...(issuedAt === undefined ? {} : { issuedAt }), ...end } };
}
