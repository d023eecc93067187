import { createHash } from 'node:crypto';
import { isSessionId, WabusError, type Scope, type SessionId } from '@wabus/contracts';
import type { JWTPayload } from 'jose';
import type { Principal } from './principal.js';
import { isScope } from './token-file.codec.js';

/** Where in a JWT its permissions are: names of claims, or paths into nested ones with dots. */
export interface ClaimNames {
  readonly sessions: string;
  readonly scopes: string;
}

/**
 * Whom verified claims describe. Sessions are a list of ids, one id, or `*`; scopes a list, or a text with blanks in between, of which those of other services are
 * passed over. Nothing is permitted by leaving it out: throws `UNAUTHORIZED` when sessions or scopes are missing or name nothing.
 */
export function principalOfClaims(claims: JWTPayload, names: ClaimNames, toleranceMs: number): Principal {
  const sessions = sessionsOf(claimAt(claims, names.sessions));
  const scopes = scopesOf(claimAt(claims, names.scopes));
  if (sessions === null) throw refused(`The claim "${names.sessions}" must be "*", a session id or a list of session ids.`);
  if (scopes.length === 0) throw refused(`The claim "${names.scopes}" names no scope of read, send, control, admin.`);
  const { iss, sub, jti, iat, exp } = claims;
  return {
    id: identityOf({ iss, sub, jti }),
    sessions,
    scopes,
    expiresAt: exp! * 1_000 + toleranceMs,
    jwt: {
      ...(jti === undefined ? {} : { jti }),
      ...(sub === undefined ? {} : { subject: sub }),
      ...(iat === undefined ? {} : { issuedAt: iat * 1_000 })
    }
  };
}

/** Tokens of one subject count as one: whoever gets a new one gets no new budget. A subject may be a name or a number, so it is not told. */
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
