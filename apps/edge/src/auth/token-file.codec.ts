import { createHash } from 'node:crypto';
import { isSessionId, SCOPES, type Scope, type SessionId } from '@wabus/contracts';
import type { Principal } from './principal.js';

const MIN_TOKEN_LENGTH = 16;

/** A token as it is kept in memory: only its hash. */
export interface KnownToken {
  readonly hash: Buffer;
  readonly principal: Principal;
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/**
 * The tokens in a token file. One per line: `<token> [sessions=<id>,…] [scopes=<scope>,…]`; what is left out is not restricted.
 * Empty lines and lines that begin with `#` do not count. Throws an `Error` that names the line, never the token.
 */
export function parseTokenFile(text: string): KnownToken[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const content = line.trim();
    return content === '' || content.startsWith('#') ? [] : [parseLine(content, index + 1)];
  });
}

function parseLine(line: string, number: number): KnownToken {
  const [token = '', ...restrictions] = line.split(/\s+/);
  if (token.length < MIN_TOKEN_LENGTH) throw problem(number, `a token needs at least ${MIN_TOKEN_LENGTH} characters`);
  const hash = hashToken(token);
  const principal = { id: hash.toString('hex').slice(0, 12), sessions: '*' as Principal['sessions'], scopes: SCOPES as readonly Scope[] };
  for (const restriction of restrictions) {
    const [name, value = ''] = restriction.split('=', 2);
    if (name === 'sessions') principal.sessions = parseSessions(value, number);
    else if (name === 'scopes') principal.scopes = parseScopes(value, number);
    else throw problem(number, 'after the token only sessions=… and scopes=… may follow');
  }
  return { hash, principal };
}

function parseSessions(value: string, number: number): SessionId[] {
  const sessions = value.split(',');
  if (!sessions.every(isSessionId)) throw problem(number, 'sessions= takes session ids separated by commas');
  return sessions;
}

function parseScopes(value: string, number: number): Scope[] {
  const isScope = (name: string): name is Scope => (SCOPES as readonly string[]).includes(name);
  const scopes = value.split(',');
  if (!scopes.every(isScope)) throw problem(number, `scopes= takes ${SCOPES.join(', ')}, separated by commas`);
  return scopes;
}

function problem(number: number, what: string): Error {
  return new Error(`line ${number} of the token file: ${what}`);
}
