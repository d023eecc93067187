import { randomBytes } from 'node:crypto';
import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { KeyValueBuckets, type Change, type KeyValue, type Watch } from '@wabus/broker';
import {
  LOGIN_KEYS,
  TOKENS_BUCKET,
  WabusError,
  decodeJsonRecord,
  encodeJsonRecord,
  loginCodeKey,
  loginKey,
  type LoginCode,
  type LoginCodeRecord,
  type LoginRecord,
  type LoginView
} from '@wabus/contracts';
import { Log, RateLimiter, type Logger } from '@wabus/runtime';
import { requireScope } from '../authorise.policy.js';
import { LastUses } from '../last-use/last-uses.js';
import { PrincipalWatch } from '../principal-revocations.js';
import type { Principal } from '../principal.js';
import { KnownTokens } from '../tokens/known-tokens.state.js';
import { hashToken, tokenId } from '../tokens/token-file.codec.js';
import { mayAdminister } from '../tokens/token-grant.policy.js';
import { bondOf, isBond } from './token-bond.policy.js';

const HOUR_MS = 3_600_000;
/** Lifetimes of a login that the browser remembers, and of one that ends with the browser. */
export const REMEMBERED_MS = 30 * 24 * HOUR_MS;
export const SESSION_MS = 12 * HOUR_MS;
const CODE_MS = 600_000;
const SECRET_BYTES = 32;
/** The most logins of one token. Beyond it, the oldest one ends. */
const MAX_LOGINS = 100;
/**
 * The permitted rate of look-ups. An edge looks up unknown logins, for example those that another edge has just created; forged logins must
 * not cause more requests than this.
 */
const LOOK_UPS = { perSecond: 1, burst: 20 };

/**
 * The browser logins to the console, which stand for tokens, and the one-time codes for logging in. Both are stored in NATS as hashes, so
 * that every edge recognizes them.
 */
@Injectable()
export class LoginStore implements OnModuleInit, BeforeApplicationShutdown {
  private readonly bucket: KeyValue;
  private readonly logger: Logger;
  private readonly lookUps = new RateLimiter(LOOK_UPS);
  private watch: Watch | null = null;
  /** The highest revision that the watch has reported. */
  private newest = 0;

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
    this.watch = await this.bucket.watch(LOGIN_KEYS, change => this.take(change));
    await this.watch.ready;
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.watch?.stop();
  }

  /** Logs a browser in. The secret is newly generated, and exists only in the response. */
  async start(
    principal: Principal,
    { remember, agent }: { remember: boolean; agent: string | null }
  ): Promise<LoginRecord & { secret: string }> {
    const now = Date.now();
    const end = Math.min(now + (remember ? REMEMBERED_MS : SESSION_MS), principal.expiresAt ?? Infinity);
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const hash = hashToken(secret);
    const record: LoginRecord = {
      id: tokenId(hash),
      ...bondOf(principal),
      hash,
      agent,
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(end).toISOString()
    };
    const value = { value: encodeJsonRecord(record), ttlMs: Math.max(1_000, end - now) };
    const { written } = await this.bucket.compareAndSet(loginKey(record.id), value, 0);
    if (!written) throw new WabusError('INTERNAL', { cause: new Error('two logins have the same id') });
    this.set(record.id, record);
    this.logger.info({ login: record.id, by: record.token }, 'browser logged in');
    await this.endOldest(record.token);
    return { ...record, secret };
  }

  /** Returns the principal for the secret of a cookie, or `null` if it is unknown. */
  async principalOf(secret: string, address: string): Promise<Principal | null> {
    const hash = hashToken(secret);
    const id = tokenId(hash);
    let record = this.recordOf(id);
    if (record === undefined && this.lookUps.take(address, performance.now()) === 0) {
      const entry = await this.bucket.get(loginKey(id));
      // If the watch is past this revision but does not list the login, the login has ended.
      if (entry !== null && entry.revision > this.newest) this.set(id, decodeLogin(entry.value));
      record = this.recordOf(id);
    }
    return record?.hash === hash ? this.known.principalOfLogin(id, Date.now()) : null;
  }

  /** Creates a code for one login with the token of the principal. Throws `FORBIDDEN` without `admin`. */
  async createCode(principal: Principal): Promise<LoginCode> {
    requireScope(principal, 'admin');
    const code = randomBytes(SECRET_BYTES).toString('base64url');
    const hash = hashToken(code);
    const expiresAt = new Date(Date.now() + CODE_MS).toISOString();
    const record: LoginCodeRecord = { ...bondOf(principal), hash, expiresAt };
    await this.bucket.put(loginCodeKey(tokenId(hash)), { value: encodeJsonRecord(record), ttlMs: CODE_MS });
    this.logger.info({ by: principal.id }, 'one-time login created');
    return { code, expiresAt };
  }

  /** Redeems a code and returns its principal. The code cannot be used again. Returns `null` if it is unknown, used or expired. */
  async redeem(code: string, address: string): Promise<Principal | null> {
    const hash = hashToken(code);
    const key = loginCodeKey(tokenId(hash));
    if (this.lookUps.take(address, performance.now()) > 0) return null;
    const entry = await this.bucket.get(key);
    const record = entry && decodeJsonRecord<Partial<LoginCodeRecord>>(entry.value);
    if (entry === null || record?.hash !== hash || !isBond(record)) return null;
    // If several edges redeem a code at the same time, only one deletes it.
    const { written } = await this.bucket.delete(key, entry.revision);
    const now = Date.now();
    return written && Date.parse(record.expiresAt ?? '') > now ? this.known.principalOfBond(record, now) : null;
  }

  /** Returns the logins whose tokens the principal may administer, newest first. Throws `FORBIDDEN` without `admin`. */
  list(principal: Principal): LoginView[] {
    requireScope(principal, 'admin');
    return this.newestFirst(record => this.mayEnd(principal, record)).map(record => this.viewOf(record, principal));
  }

  /** Ends a login. Throws `NOT_FOUND`, also for a login that the principal may not administer. */
  async revoke(principal: Principal, id: string): Promise<LoginView> {
    requireScope(principal, 'admin');
    const record = this.recordOf(id);
    if (record === undefined || !this.mayEnd(principal, record))
      throw new WabusError('NOT_FOUND', { message: 'There is no login with this id.' });
    await this.end(id);
    this.logger.info({ login: id, by: principal.id }, 'login revoked');
    return this.viewOf(record, principal);
  }

  /** Ends the login with this secret, if there is one. */
  async endOf(secret: string): Promise<void> {
    const hash = hashToken(secret);
    const id = tokenId(hash);
    if (this.recordOf(id)?.hash === hash) await this.end(id);
  }

  private async end(id: string): Promise<void> {
    await this.bucket.delete(loginKey(id));
    this.set(id, null);
  }

  private async endOldest(token: string): Promise<void> {
    const tooMany = this.newestFirst(login => login.token === token).slice(MAX_LOGINS);
    for (const { id } of tooMany) await this.end(id);
  }

  /** A login is visible to principals that may administer its token, unless it no longer permits anything. */
  private mayEnd(principal: Principal, { id }: LoginRecord): boolean {
    const sessions = this.known.principalOfLogin(id, Date.now())?.sessions;
    return sessions !== undefined && mayAdminister(principal, { sessions: sessions === '*' ? '*' : [...sessions] });
  }

  private viewOf({ id, token, agent, createdAt, expiresAt }: LoginRecord, { login }: Principal): LoginView {
    return { id, token, agent, createdAt, expiresAt, lastUsedAt: this.uses.of(id), current: login?.id === id };
  }

  private newestFirst(wanted: (login: LoginRecord) => boolean): LoginRecord[] {
    return [...this.known.allLogins].filter(wanted).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  }

  private recordOf(id: string): LoginRecord | undefined {
    return this.known.loginOf(id);
  }

  private take(change: Change): void {
    const { key, revision } = change.kind === 'put' ? change.entry : change;
    this.newest = Math.max(this.newest, revision);
    this.set(key.slice(loginKey('').length), change.kind === 'put' ? decodeLogin(change.entry.value) : null);
  }

  private set(id: string, record: LoginRecord | null): void {
    this.known.setLogin(id, record?.id === id ? record : null);
    if (record !== null) return;
    const now = Date.now();
    this.doors.review(principal => this.known.isValid(principal, now));
  }
}

/** Returns the record of a login, or `null` if the value is invalid. */
function decodeLogin(value: Uint8Array): LoginRecord | null {
  const record = decodeJsonRecord<Partial<LoginRecord>>(value);
  if (record === null || !isBond(record)) return null;
  const { id, hash, createdAt, expiresAt } = record;
  const valid =
    typeof hash === 'string' &&
    id === tokenId(hash) &&
    !Number.isNaN(Date.parse(createdAt ?? '')) &&
    !Number.isNaN(Date.parse(expiresAt ?? ''));
  return valid ? (record as LoginRecord) : null;
}
