import type { LoginRecord, SessionId, TokenBond, TokenDenial } from '@wabus/contracts';
import type { Creator } from '../creator.policy.js';
import { CLOCK_TOLERANCE_MS } from '../jwt/jwt-claims.policy.js';
import type { JwtIdentity, Principal } from '../principal.js';
import { hashToken, tokenId, type KnownToken } from './token-file.codec.js';

const MAX_TOKEN_LENGTH = 8_192;

/**
 * The tokens that this edge recognizes: those of the token file and of the records, and the denied JWTs. Contains hashes only. The duration
 * of a look-up reveals nothing to an attacker, because nobody can choose the hash of a guess.
 */
export class KnownTokens {
  /** By id, which is the beginning of the hash. */
  private fromFile: ReadonlyMap<string, KnownToken> = new Map();
  private readonly recorded = new Map<string, KnownToken>();
  private readonly denials = new Map<string, TokenDenial>();
  private readonly logins = new Map<string, LoginRecord>();
  private readonly listeners = new Set<() => void>();
  private records: 'coming' | 'complete' = 'coming';

  /** Replaces the tokens of the file. If two lines contain the same token, the first one counts. */
  replaceFile(tokens: readonly KnownToken[]): void {
    this.fromFile = new Map([...tokens].reverse().map(token => [token.principal.id, token]));
    this.notify();
  }

  /** Sets a record to its current value, or removes it if the value is `null`. */
  setRecord(id: string, token: KnownToken | null): void {
    if (token === null) this.recorded.delete(id);
    else this.recorded.set(id, token);
    this.notify();
  }

  /** Marks all records that existed at the start as loaded. */
  complete(): void {
    this.records = 'complete';
    this.notify();
  }

  /** Calls the listener after each change. */
  listen(listener: () => void): void {
    this.listeners.add(listener);
  }

  setDenial(id: string, denial: TokenDenial | null): void {
    if (denial === null) this.denials.delete(id);
    else this.denials.set(id, denial);
    this.notify();
  }

  setLogin(id: string, login: LoginRecord | null): void {
    if (login === null) this.logins.delete(id);
    else this.logins.set(id, login);
  }

  loginOf(id: string): LoginRecord | undefined {
    return this.logins.get(id);
  }

  get allLogins(): Iterable<LoginRecord> {
    return this.logins.values();
  }

  /** Returns the principal of a static token, or `null` if the token is unknown or no longer valid. */
  identify(token: string, now: number): Principal | null {
    if (token.length === 0 || token.length > MAX_TOKEN_LENGTH) return null;
    const hash = hashToken(token);
    const known = this.known(tokenId(hash)).find(one => one.hash === hash && !hasExpired(one.principal, now));
    return known?.principal ?? null;
  }

  /** Returns whether a principal that was admitted before still has the same permissions. */
  isValid(principal: Principal, now: number): boolean {
    if (hasExpired(principal, now)) return false;
    if (principal.login !== undefined) {
      const asNow = this.principalOfLogin(principal.login.id, now);
      return asNow !== null && asNow.grant === principal.grant;
    }
    if (principal.jwt !== undefined) return !this.isDenied(principal);
    return this.known(principal.id).some(one => one.principal.grant === principal.grant);
  }

  /**
   * Returns the principal of a login, which is the current principal of its token. Returns `null` if the login or the token no longer
   * exists, or if the token's permissions have changed since the login.
   */
  principalOfLogin(id: string, now: number): Principal | null {
    const login = this.logins.get(id);
    const expiresAt = Date.parse(login?.expiresAt ?? '');
    if (login === undefined || !(expiresAt > now)) return null;
    const principal = this.principalOfBond(login, now);
    return principal && { ...principal, login: { id, expiresAt, creator: creatorOfBond(login) } };
  }

  /** Returns the principal of a token from a stored bond, or `null` if the token no longer exists or has changed. */
  principalOfBond(bond: TokenBond, now: number): Principal | null {
    const { token: id, grant, jwt } = bond;
    if (jwt === null)
      return this.known(id).find(({ principal }) => principal.grant === grant && !hasExpired(principal, now))?.principal ?? null;
    const principal: Principal = {
      id,
      sessions: jwt.sessions as '*' | SessionId[],
      scopes: jwt.scopes,
      ...(jwt.expiresAt === null ? {} : { expiresAt: Date.parse(jwt.expiresAt) })
    };
    return hasExpired(principal, now) || this.permissionsOf(creatorOfBond(bond), now) === null ? null : principal;
  }

  /** Returns whether a JWT with this identity was revoked, either alone or with all tokens issued to its subject until then. */
  isDenied({ jwt }: Principal): boolean {
    if (jwt === undefined) return false;
    for (const denial of this.denials.values()) {
      if (denial.kind === 'jti' ? denial.value === jwt.jti : denial.value === jwt.subject && wasIssuedUntil(denial.deniedAt, jwt))
        return true;
    }
    return false;
  }

  /**
   * Returns the current permissions of a creator's token, or `null` if it was revoked, has expired or is no longer in the token file.
   * Returns `unknown` for a JWT that is not denied, because its claims are not stored, and for every token while records are still loading.
   */
  permissionsOf({ id, jwt }: Creator, now: number): Principal | 'unknown' | null {
    if (this.records === 'coming') return 'unknown';
    if (jwt === undefined) return this.known(id).find(({ principal }) => !hasExpired(principal, now))?.principal ?? null;
    if (jwt.expiresAt !== undefined && jwt.expiresAt <= now) return null;
    const denials = jwt.denials.flatMap(denial => this.denials.get(denial) ?? []);
    const isDenied = denials.some(({ kind, deniedAt }) => kind === 'jti' || wasIssuedUntil(deniedAt, jwt));
    return isDenied ? null : 'unknown';
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }

  /** The token of the file takes precedence over a record of the same token. */
  private known(id: string): KnownToken[] {
    return [this.fromFile.get(id), this.recorded.get(id)].filter(one => one !== undefined);
  }
}

/** An issuer's clock that is ahead must not let a token escape. */
function wasIssuedUntil(deniedAt: string, { issuedAt }: Pick<JwtIdentity, 'issuedAt'>): boolean {
  return issuedAt === undefined || issuedAt <= Date.parse(deniedAt) + CLOCK_TOLERANCE_MS;
}

function hasExpired({ expiresAt }: Principal, now: number): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}

function creatorOfBond({ token, jwt }: TokenBond): Creator {
  if (jwt === null) return { id: token };
  const { denials, issuedAt, endsAt } = jwt;
  return {
    id: token,
    jwt: { denials, ...(issuedAt === undefined ? {} : { issuedAt }), ...(endsAt === undefined ? {} : { expiresAt: endsAt }) }
  };
}
