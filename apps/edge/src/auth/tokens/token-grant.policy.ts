import { createHash } from 'node:crypto';
import { WabusError, isSessionId, type Scope, type SessionId, type TokenDenial, type TokenView } from '@wabus/contracts';
import { hasScope, mayReach, requireScope } from '../authorise.policy.js';
import type { Principal } from '../principal.js';
import { isScope } from './token-file.codec.js';

const MAX_SESSIONS = 1_000;
const FIELDS = ['name', 'sessions', 'scopes', 'expiresAt'];

/** The permissions of a new token. */
export interface TokenGrant {
  readonly name: string;
  readonly sessions: '*' | SessionId[];
  readonly scopes: Scope[];
  /** ISO time; `null` for never. */
  readonly expiresAt: string | null;
}

/**
 * Returns the grant for a request `{name, scopes, sessions?, expiresAt?}`. A creator cannot grant more than it has: throws `FORBIDDEN` for
 * another session, a scope that the creator lacks, or a later expiry. Without `sessions`, the token gets those of the creator. Throws
 * `INVALID_REQUEST` for a malformed request.
 */
export function checkGrant(request: unknown, creator: Principal, now: number): TokenGrant {
  requireScope(creator, 'admin');
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw invalid('The body must be a JSON object {"name", "scopes", "sessions"?, "expiresAt"?}', 'body');
  }
  const unknown = Object.keys(request).find(field => !FIELDS.includes(field));
  if (unknown !== undefined) throw invalid(`The body may contain only the fields ${FIELDS.join(', ')}`, unknown.slice(0, 100));
  const { name, sessions, scopes, expiresAt } = request as Record<string, unknown>;
  return {
    name: checkName(name),
    sessions: checkSessions(sessions, creator),
    scopes: checkScopes(scopes, creator),
    expiresAt: checkExpiry(expiresAt, creator, now)
  };
}

/** Returns whether an administrator may see and revoke a token, which is limited to tokens for the administrator's own sessions. */
export function mayAdminister(principal: Principal, { sessions }: Pick<TokenView, 'sessions'>): boolean {
  if (!hasScope(principal, 'admin')) return false;
  return principal.sessions === '*' || (sessions !== '*' && sessions.every(session => mayReach(principal, session as SessionId)));
}

function checkName(name: unknown): string {
  if (typeof name === 'string' && /^[^\p{C}]{1,100}$/u.test(name)) return name;
  throw invalid('name must be a string of 1 to 100 visible characters', 'name');
}

function checkSessions(sessions: unknown, creator: Principal): '*' | SessionId[] {
  if (sessions === undefined) return creator.sessions === '*' ? '*' : [...creator.sessions];
  if (sessions === '*') {
    if (creator.sessions !== '*') throw new WabusError('FORBIDDEN', { message: 'The token does not permit access to every session.' });
    return '*';
  }
  if (!Array.isArray(sessions) || sessions.length === 0 || sessions.length > MAX_SESSIONS || !sessions.every(isSessionId)) {
    throw invalid(`sessions must be "*" or a list of 1 to ${MAX_SESSIONS} session ids`, 'sessions');
  }
  const foreign = sessions.find(session => !mayReach(creator, session));
  if (foreign !== undefined) {
    throw new WabusError('FORBIDDEN', {
      message: `The token does not permit access to session "${foreign}".`,
      details: { session: foreign }
    });
  }
  return [...new Set(sessions)];
}

function checkScopes(scopes: unknown, creator: Principal): Scope[] {
  if (!Array.isArray(scopes) || scopes.length === 0 || !scopes.every(isScope)) {
    throw invalid('scopes must be a list with one or more of read, send, control and admin', 'scopes');
  }
  for (const scope of scopes) requireScope(creator, scope);
  return [...new Set(scopes)];
}

function checkExpiry(expiresAt: unknown, creator: Principal, now: number): string | null {
  const at = expiresAt === undefined || expiresAt === null ? Infinity : typeof expiresAt === 'string' ? Date.parse(expiresAt) : NaN;
  if (!(at > now)) throw invalid('expiresAt must be an ISO time in the future', 'expiresAt');
  const latest = creator.expiresAt ?? Infinity;
  if (at !== Infinity && at > latest) {
    throw new WabusError('FORBIDDEN', {
      message: 'A token cannot outlive the token that creates it. Choose an earlier expiresAt.',
      details: { field: 'expiresAt' }
    });
  }
  const chosen = Math.min(at, latest);
  return chosen === Infinity ? null : new Date(chosen).toISOString();
}

function invalid(message: string, field: string): WabusError {
  return new WabusError('INVALID_REQUEST', { message: `${message}.`, details: { field } });
}

/** Returns an id of a denial that does not reveal the denied value. */
export function denialId(kind: TokenDenial['kind'], value: string): string {
  return createHash('sha256').update(`${kind}:${value}`).digest('hex').slice(0, 16);
}
