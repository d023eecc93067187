import type { LoginRecord, SessionId, TokenBond, TokenDenial } from '@wabus/contracts';
import type { Creator } from '../creator.policy.js';
import { CLOCK_TOLERANCE_MS } from '../jwt/jwt-claims.policy.js';
import type { JwtIdentity, Principal } from '../principal.js';
import { hashToken, tokenId, type KnownToken } from './token-file.codec.js';

const MAX_TOKEN_LENGTH = 8_192;

/**
 * What this edge knows of tokens: those of the token file, those of the records, and the JWTs that are denied. Hashes only. Looking one up by its hash tells
 * somebody with a stopwatch nothing, since nobody can choose the hash of a guess.
 */
export class KnownTokens {
  /** By id, which is the beginning of the hash. */
  private fromFile: ReadonlyMap<string, KnownToken> = new Map();
  private readonly recorded = new Map<string, KnownToken>();
  private readonly denials = new Map<string, TokenDenial>();
  private readonly logins = new Map<string, LoginRecord>();
  private readonly listeners = new Set<() => void>();
  private records: 'coming' | 'complete' = 'coming';

  /** Replaces the tokens of the file. Of two lines for one token the first counts. */
  replaceFile(tokens: readonly KnownToken[]): void {
    this.fromFile = new Map([...tokens].reverse().map(token => [token.principal.id, token]));
    this.notify();
  }

  /** A record as it is now, `null` when it is gone. */
  setRecord(id: string, token: KnownToken | null): void {
    if (token === null) this.recorded.delete(id);
    else this.recorded.set(id, token);
    this.notify();
  }

  /** All records that there were at the start are known. */
  complete(): void {
    this.records = 'complete';
    this.notify();
  }

  /** Calls the listener after each change of what is known. */
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

  /** Whose static token this is, `null` when nobody's or no longer valid. */
  identify(token: string, now: number): Principal | null {
    if (token.length === 0 || token.length > MAX_TOKEN_LENGTH) return null;
    const hash = hashToken(token);
    const known = this.known(tokenId(hash)).find(one => one.hash === hash && !hasExpired(one.principal, now));
    return known?.principal ?? null;
  }

  /** Whether a principal that was let in before still holds what it held then. */
  isValid(principal: Principal, now: number): boolean {
    if (hasExpired(principal, now)) return false;
    if (principal.login !== undefined) {
      const asNow = this.principalOfLogin(principal.login.id, now);
      return asNow !== null && asNow.grant === principal.grant;
    }
    if (principal.jwt !== undefined) return !this.isDenied(principal);
    return this.known(principal.id).some(one => one.principal.grant === principal.grant);
  }

  /** Whom a login stands for: the principal of its token, as that is now. `null` when the login or the token is gone, or the token permits something else than at the login. */
  principalOfLogin(id: string, now: number): Principal | null {
    const login = this.logins.get(id);
    const expiresAt = Date.parse(login?.expiresAt ?? '');
    if (login === undefined || !(expiresAt > now)) return null;
    const principal = this.principalOfBond(login, now);
    return principal && { ...principal, login: { id, expiresAt, creator: creatorOfBond(login) } };
  }

  /** The principal of a token that something belongs to; `null` when it is gone or has changed. */
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

  /** Whether a JWT of this identity was revoked: it alone, or every one that its subject was issued until then. */
  isDenied({ jwt }: Principal): boolean {
    if (jwt === undefined) return false;
    for (const denial of this.denials.values()) {
      if (denial.kind === 'jti' ? denial.value === jwt.jti : denial.value === jwt.subject && wasIssuedUntil(denial.deniedAt, jwt))
        return true;
    }
    return false;
  }

  /**
   * What the token of a creator permits now; `null` when it is gone: revoked, expired, or no longer in the token file. `unknown` for a JWT that nobody denied, whose claims
   * nobody kept, and for everybody while records are still coming.
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

  /** The token of the file comes before a record of the same one. */
  private known(id: string): KnownToken[] {
    return [this.fromFile.get(id), this.recorded.get(id)].filter(one => one !== undefined);
  }
}

/** The clock of an issuer that is ahead lets no token escape. */
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
