import { createHash } from 'node:crypto';
import { isSessionId, SCOPES, type Scope, type SessionId } from '@wabus/contracts';
import type { Principal } from '../principal.js';

const MIN_TOKEN_LENGTH = 16;
const HASH = /^sha256:([0-9a-f]{64})$/;
const ID_LENGTH = 12;

/** A token as kept in memory: only its hexadecimal hash. */
export interface KnownToken {
  readonly hash: string;
  readonly principal: Principal;
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** Returns an id of a token that does not reveal it. */
export function tokenId(hash: string): string {
  return hash.slice(0, ID_LENGTH);
}

export function isScope(name: unknown): name is Scope {
  return (SCOPES as readonly unknown[]).includes(name);
}

/**
 * Parses a token file. Each line contains one token: `<token> [sessions=<id>,…] [scopes=<scope>,…]`. Without `sessions` or `scopes`, the
 * token is not restricted in that respect. A line may contain the token's hash instead: `sha256:<64 hexadecimal digits>`. Empty lines and
 * lines that start with `#` are ignored. Throws an `Error` that names the line, never the token.
 */
export function parseTokenFile(text: string): KnownToken[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const content = line.trim();
    return content === '' || content.startsWith('#') ? [] : [parseLine(content, index + 1)];
  });
}

function parseLine(line: string, number: number): KnownToken {
  const [token = '', ...restrictions] = line.split(/\s+/);
  const hash = parseHash(token, number);
  const permits = { sessions: '*' as Principal['sessions'], scopes: SCOPES as readonly Scope[] };
  for (const restriction of restrictions) {
    const [name, value = ''] = restriction.split('=', 2);
    if (name === 'sessions') permits.sessions = parseSessions(value, number);
    else if (name === 'scopes') permits.scopes = parseScopes(value, number);
    else throw problem(number, 'only sessions=… and scopes=… may follow the token');
  }
  return { hash, principal: { id: tokenId(hash), ...permits, grant: grantOf(permits) } };
}

function parseHash(token: string, number: number): string {
  if (token.startsWith('sha256:')) {
    const hash = HASH.exec(token)?.[1];
    if (hash === undefined) throw problem(number, 'sha256: must be followed by 64 lower-case hexadecimal digits');
    return hash;
  }
  if (token.length < MIN_TOKEN_LENGTH) throw problem(number, `a token needs at least ${MIN_TOKEN_LENGTH} characters`);
  return hashToken(token);
}

function parseSessions(value: string, number: number): SessionId[] {
  const sessions = value.split(',');
  if (!sessions.every(isSessionId)) throw problem(number, 'sessions= must be followed by session ids, separated by commas');
  return sessions;
}

function parseScopes(value: string, number: number): Scope[] {
  const scopes = value.split(',');
  if (!scopes.every(isScope)) throw problem(number, `scopes= must be followed by ${SCOPES.join(', ')}, separated by commas`);
  return scopes;
}

function problem(number: number, what: string): Error {
  return new Error(`line ${number} of the token file: ${what}`);
}

/** Returns the grant of a static token. */
export function grantOf({ sessions, scopes, expiresAt }: Pick<Principal, 'sessions' | 'scopes' | 'expiresAt'>): string {
  return JSON.stringify([sessions === '*' ? '*' : [...sessions].sort(), [...scopes].sort(), expiresAt ?? null]);
}
