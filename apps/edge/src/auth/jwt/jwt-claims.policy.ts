import { createHash } from 'node:crypto';
import { isSessionId, WabusError, type Scope, type SessionId } from '@wabus/contracts';
import type { JWTPayload } from 'jose';
import type { Principal } from '../principal.js';
import { isScope } from '../tokens/token-file.codec.js';

/** The claims that contain the permissions of a JWT: claim names, or dotted paths to nested claims. */
export interface ClaimNames {
  readonly sessions: string;
  readonly scopes: string;
}

/** The permitted difference between the clocks of an issuer and an edge, in either direction. */
export const CLOCK_TOLERANCE_MS = 5_000;
/** The longest claim by which a token can be denied, because a denial cannot name a longer one. */
export const MAX_CLAIM_LENGTH = 512;
/** The last second that a `Date` can represent (ECMA-262, 21.4.1.1). */
const LAST_SECOND = 8.64e12;

/**
 * Returns the principal that verified claims describe. Sessions are a list of ids, one id, or `*`. Scopes are a list or a space-separated
 * text; scopes of other services are ignored. A missing claim permits nothing: throws `UNAUTHORIZED` if sessions or scopes are missing or
 * empty. Also throws for a registered claim that has the wrong type (RFC 7519, 4.1) or by which the token could not be denied.
 */
export function principalOfClaims(claims: JWTPayload, names: ClaimNames, now: number): Principal {
  checkRegistered(claims, now);
  const sessions = sessionsOf(claimAt(claims, names.sessions));
  const scopes = scopesOf(claimAt(claims, names.scopes));
  if (sessions === null) throw refused(`The claim "${names.sessions}" must be "*", a session id or a list of session ids.`);
  if (scopes.length === 0) throw refused(`The claim "${names.scopes}" must name at least one of the scopes read, send, control, admin.`);
  const { iss, sub, jti, iat, exp } = claims;
  return {
    id: identityOf({ iss, sub, jti }),
    sessions,
    scopes,
    expiresAt: exp! * 1_000 + CLOCK_TOLERANCE_MS,
    jwt: {
      ...(jti === undefined ? {} : { jti }),
      ...(sub === undefined ? {} : { subject: sub }),
      ...(iat === undefined ? {} : { issuedAt: iat * 1_000 })
    }
  };
}

function checkRegistered(claims: JWTPayload, now: number): void {
  for (const name of ['jti', 'sub', 'iss'] as const) {
    const value: unknown = claims[name];
    const isName = typeof value === 'string' && value !== '' && value.length <= MAX_CLAIM_LENGTH;
    if (value !== undefined && !isName) throw refused(`The claim "${name}" must be a string of 1 to ${MAX_CLAIM_LENGTH} characters.`);
  }
  for (const name of ['exp', 'iat', 'nbf'] as const) {
    const value: unknown = claims[name];
    const isDate = typeof value === 'number' && Math.abs(value) <= LAST_SECOND - CLOCK_TOLERANCE_MS;
    if (value !== undefined && !isDate) throw refused(`The claim "${name}" must be a time in seconds since 1970.`);
  }
  // Otherwise the token would escape a denial of all tokens issued to its subject so far.
  if (claims.iat !== undefined && claims.iat * 1_000 > now + CLOCK_TOLERANCE_MS)
    throw refused('The claim "iat" is in the future. Compare the clocks of the token issuer and the edge.');
}

/** All tokens of a subject count as one, so that a new token does not get a new budget. The subject is hashed, because it may be a name or a phone number. */
function identityOf(who: Pick<JWTPayload, 'iss' | 'sub' | 'jti'>): string {
  const { iss, sub, jti } = who;
  const digest = createHash('sha256').update(JSON.stringify([iss ?? null, sub ?? null, sub === undefined ? (jti ?? null) : null]));
  return `jwt-${digest.digest('hex').slice(0, 12)}`;
}

function claimAt(claims: JWTPayload, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((at, part) => {
    return typeof at === 'object' && at !== null && Object.hasOwn(at, part) ? (at as Record<string, unknown>)[part] : undefined;
  }, claims);
}

function sessionsOf(claim: unknown): '*' | SessionId[] | null {
  if (claim === '*') return '*';
  const list: unknown = typeof claim === 'string' ? [claim] : claim;
  return Array.isArray(list) && list.length > 0 && list.every(isSessionId) ? list : null;
}

function scopesOf(claim: unknown): Scope[] {
  const names: unknown = typeof claim === 'string' ? claim.split(' ') : claim;
  return Array.isArray(names) ? names.filter(isScope) : [];
}

function refused(message: string): WabusError {
  return new WabusError('UNAUTHORIZED', { message });
}
