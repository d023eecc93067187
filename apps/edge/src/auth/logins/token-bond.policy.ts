import { isSessionId, type TokenBond } from '@wabus/contracts';
import { creatorOf } from '../creator.policy.js';
import type { Principal } from '../principal.js';
import { isScope } from '../tokens/token-file.codec.js';

/** Returns the link between a login and the token with which it was created. It contains no token and no claims of a JWT. */
export function bondOf(principal: Principal): TokenBond {
  const { id, sessions, scopes, expiresAt, grant = null } = principal;
  const { jwt } = principal.login?.creator ?? creatorOf(principal);
  if (jwt === undefined) return { token: id, grant, jwt: null };
  const { denials, issuedAt, expiresAt: endsAt } = jwt;
  return {
    token: id,
    grant: null,
    jwt: {
      sessions: sessions === '*' ? '*' : [...sessions],
      scopes: [...scopes],
      expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
      denials: [...denials],
      ...(issuedAt === undefined ? {} : { issuedAt }),
      ...(endsAt === undefined ? {} : { endsAt })
    }
  };
}

/** Returns whether a stored value is a bond. An invalid bond permits nothing. */
export function isBond<Record extends TokenBond>(value: Partial<Record>): value is Partial<Record> & TokenBond {
  const { token, grant, jwt } = value;
  if (typeof token !== 'string') return false;
  if (jwt === null) return typeof grant === 'string';
  if (typeof jwt !== 'object') return false;
  const { sessions, scopes, expiresAt, denials } = jwt;
  return (
    (sessions === '*' || (Array.isArray(sessions) && sessions.every(isSessionId))) &&
    Array.isArray(scopes) &&
    scopes.every(isScope) &&
    (expiresAt === null || !Number.isNaN(Date.parse(expiresAt))) &&
    Array.isArray(denials)
  );
}
