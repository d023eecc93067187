import { randomBytes } from 'node:crypto';
import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { KeyValueBuckets, type Change, type KeyValue, type Watch } from '@wabus/broker';
import {
  TOKENS_BUCKET,
  WabusError,
  decodeJsonRecord,
  denialKey,
  encodeJsonRecord,
  isSessionId,
  tokenKey,
  type IssuedToken,
  type TokenDenial,
  type TokenRecord,
  type TokenView
} from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import { requireScope } from '../authorise.policy.js';
import { MAX_CLAIM_LENGTH } from '../jwt/jwt-claims.policy.js';
import { LastUses } from '../last-use/last-uses.js';
import { PrincipalWatch } from '../principal-revocations.js';
import type { Principal } from '../principal.js';
import { KnownTokens } from './known-tokens.state.js';
import { grantOf, hashToken, isScope, tokenId, type KnownToken } from './token-file.codec.js';
import { checkGrant, denialId, mayAdminister } from './token-grant.policy.js';

/** Returns the record of a token, or `null` if the value is invalid. An invalid record permits nothing. */
export function decodeTokenRecord(value: Uint8Array): TokenRecord | null {
  const record = decodeJsonRecord<Partial<TokenRecord>>(value);
  const valid =
    typeof record?.hash === 'string' &&
    /^[0-9a-f]{64}$/.test(record.hash) &&
    record.id === tokenId(record.hash) &&
    (record.sessions === '*' || (Array.isArray(record.sessions) && record.sessions.every(isSessionId))) &&
    Array.isArray(record.scopes) &&
    record.scopes.every(isScope) &&
    (record.expiresAt === null || !Number.isNaN(Date.parse(record.expiresAt ?? '')));
  return valid ? (record as TokenRecord) : null;
}

export function decodeDenial(value: Uint8Array): TokenDenial | null {
  const denial = decodeJsonRecord<Partial<TokenDenial>>(value);
  const valid =
    (denial?.kind === 'jti' || denial?.kind === 'subject') &&
    typeof denial.id === 'string' &&
    typeof denial.value === 'string' &&
    !Number.isNaN(Date.parse(denial.deniedAt ?? ''));
  return valid ? (denial as TokenDenial) : null;
}

export function knownToken({ hash, id, sessions, scopes, expiresAt }: TokenRecord): KnownToken {
  const permits = {
    sessions: sessions as Principal['sessions'],
    scopes,
    ...(expiresAt === null ? {} : { expiresAt: Date.parse(expiresAt) })
  };
  return { hash, principal: { id, ...permits, grant: grantOf(permits) } };
}

/** Identifies Wabus tokens in third-party logs and repositories, where secret scanners search for such prefixes. */
const TOKEN_PREFIX = 'wabus_';
const TOKEN_BYTES = 32;
/** Kinds of keys that belong to logins and last uses. */
const OTHERS: ReadonlySet<string> = new Set(['login', 'code', 'used']);

/**
 * The access tokens stored in NATS, and the revoked JWTs. Every edge watches them. A token works on all edges, and a revocation closes its
 * connections on all edges as soon as the change arrives. While NATS is unreachable, an edge uses the tokens that it has.
 */
@Injectable()
export class TokenRecordStore implements OnModuleInit, BeforeApplicationShutdown {
  private readonly bucket: KeyValue;
  private readonly logger: Logger;
  private readonly records = new Map<string, TokenRecord>();
  private readonly denied = new Map<string, TokenDenial>();
  private watch: Watch | null = null;

  constructor(
    buckets: KeyValueBuckets,
    private readonly known: KnownTokens,
    private readonly doors: PrincipalWatch,
    private readonly uses: LastUses,
    log: Log
  ) {
    this.bucket = buckets.bucket(TOKENS_BUCKET);
    this.logger = log.for('auth');
  }

  async onModuleInit(): Promise<void> {
    this.watch = await this.bucket.watch('>', change => this.take(change));
    await this.watch.ready;
    this.known.complete();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.watch?.stop();
    this.doors.stop();
  }

  /** Creates a token (see `checkGrant`). Its text exists only in the response. */
  async create(creator: Principal, request: unknown): Promise<IssuedToken> {
    const grant = checkGrant(request, creator, Date.now());
    const token = TOKEN_PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
    const hash = hashToken(token);
    const record: TokenRecord = { id: tokenId(hash), ...grant, createdAt: new Date().toISOString(), createdBy: creator.id, hash };
    const outcome = await this.bucket.compareAndSet(tokenKey(record.id), encodeJsonRecord(record), 0);
    if (!outcome.written) throw new WabusError('INTERNAL', { cause: new Error('two tokens have the same id') });
    this.setRecord(record.id, record);
    this.logger.info({ tokenId: record.id, by: creator.id, scopes: record.scopes }, 'access token created');
    return { ...this.viewOf(record), token };
  }

  /** Returns the tokens that the principal may administer, oldest first. Throws `FORBIDDEN` without `admin`. */
  list(principal: Principal): TokenView[] {
    requireScope(principal, 'admin');
    const records = [...this.records.values()].filter(record => mayAdminister(principal, record));
    return records.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)).map(record => this.viewOf(record));
  }

  /** Revokes a token. Throws `NOT_FOUND`, also for a token that the principal may not administer. */
  async revoke(principal: Principal, id: string): Promise<TokenView> {
    requireScope(principal, 'admin');
    const record = this.records.get(id);
    if (record === undefined || !mayAdminister(principal, record))
      throw new WabusError('NOT_FOUND', { message: 'There is no token with this id.' });
    await this.bucket.delete(tokenKey(id));
    this.setRecord(id, null);
    this.logger.info({ tokenId: id, by: principal.id }, 'access token revoked');
    return this.viewOf(record);
  }

  /** Revokes all tokens for which `hasEnded` returns `true`, including tokens that another edge has just created. */
  async revokeWhere(hasEnded: (token: TokenView) => boolean): Promise<void> {
    for (const { key, value } of await this.bucket.list(tokenKey('*'))) {
      const record = decodeTokenRecord(value);
      if (record === null || key !== tokenKey(record.id) || !hasEnded(this.viewOf(record))) continue;
      await this.bucket.delete(key);
      this.setRecord(record.id, null);
      this.logger.info({ tokenId: record.id }, 'removed an access token because its session was deleted');
    }
  }

  /** Denies the JWT `{jti}`, or all JWTs that were issued to `{subject}` until now. Requires `admin` for all sessions. */
  async deny(principal: Principal, request: unknown): Promise<TokenDenial> {
    requireUnrestricted(principal);
    const { kind, value } = parseDenial(request);
    const id = denialId(kind, value);
    const denial: TokenDenial = { id, kind, value, deniedAt: new Date().toISOString(), deniedBy: principal.id };
    await this.bucket.put(denialKey(id), encodeJsonRecord(denial));
    this.setDenial(id, denial);
    this.logger.info({ denial: id, kind, by: principal.id }, 'jwt revoked');
    return denial;
  }

  listDenials(principal: Principal): TokenDenial[] {
    requireUnrestricted(principal);
    return [...this.denied.values()].sort((a, b) => (a.deniedAt < b.deniedAt ? -1 : 1));
  }

  /** Removes a denial. Throws `NOT_FOUND`. */
  async permit(principal: Principal, id: string): Promise<TokenDenial> {
    requireUnrestricted(principal);
    const denial = this.denied.get(id);
    if (denial === undefined) throw new WabusError('NOT_FOUND', { message: 'There is no denial with this id.' });
    await this.bucket.delete(denialKey(id));
    this.setDenial(id, null);
    return denial;
  }

  private viewOf({ hash: _hash, ...view }: TokenRecord): TokenView {
    return { ...view, lastUsedAt: this.uses.of(view.id) };
  }

  private take(change: Change): void {
    const key = change.kind === 'put' ? change.entry.key : change.key;
    const [kind, id = ''] = key.split('.');
    const value = change.kind === 'put' ? change.entry.value : null;
    if (kind === 'token') this.setRecord(id, value && decodeTokenRecord(value));
    else if (kind === 'denied') this.setDenial(id, value && decodeDenial(value));
    else if (!OTHERS.has(kind ?? '')) this.logger.warn({ record: key }, 'skipping malformed token record');
  }

  private setRecord(id: string, record: TokenRecord | null): void {
    // A record under another record's key permits nothing.
    const own = record?.id === id ? record : null;
    if (own === null) this.records.delete(id);
    else this.records.set(id, own);
    this.known.setRecord(id, own && knownToken(own));
    this.review();
  }

  private setDenial(id: string, denial: TokenDenial | null): void {
    if (denial === null) this.denied.delete(id);
    else this.denied.set(id, denial);
    this.known.setDenial(id, denial);
    this.review();
  }

  private review(): void {
    const now = Date.now();
    this.doors.review(principal => this.known.isValid(principal, now));
  }
}

/** The owner of a JWT is not known until it is used, so only an administrator of all sessions may deny one. */
function requireUnrestricted(principal: Principal): void {
  requireScope(principal, 'admin');
  if (principal.sessions !== '*') throw new WabusError('FORBIDDEN', { message: 'This request requires a token for all sessions.' });
}

function parseDenial(request: unknown): { kind: TokenDenial['kind']; value: string } {
  const { jti, subject, ...rest } = (typeof request === 'object' && request !== null ? request : {}) as Record<string, unknown>;
  const value = jti ?? subject;
  const isOne = (jti === undefined) !== (subject === undefined) && Object.keys(rest).length === 0;
  if (!isOne || typeof value !== 'string' || value === '' || value.length > MAX_CLAIM_LENGTH) {
    throw new WabusError('INVALID_REQUEST', { message: 'The body must be {"jti": "…"} or {"subject": "…"}.' });
  }
  return { kind: jti === undefined ? 'subject' : 'jti', value };
}
