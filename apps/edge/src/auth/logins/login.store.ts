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
/** Of a login that the browser keeps, and of one that ends with it. */
export const REMEMBERED_MS = 30 * 24 * HOUR_MS;
export const SESSION_MS = 12 * HOUR_MS;
const CODE_MS = 600_000;
const SECRET_BYTES = 32;
/** Of one token; the oldest ends when there is one more. */
const MAX_LOGINS = 100;
/** Logins that an edge does not know yet, as when another one has just made them, are looked up; forged ones no more often than this. */
const LOOK_UPS = { perSecond: 1, burst: 20 };

/** The logins of browsers to the console, which stand for tokens; and the codes that make one. Both are in NATS as hashes, so that every edge knows them. */
@Injectable()
export class LoginStore implements OnModuleInit, BeforeApplicationShutdown {
  private readonly bucket: KeyValue;
  private readonly logger: Logger;
  private readonly lookUps = new RateLimiter(LOOK_UPS);
  private watch: Watch | null = null;
  /** Of the changes that the watch has seen. */
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

  /** Logs a browser in. The secret is new, and nowhere else than in the answer. */
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
    this.logger.info({ login: record.id, token: record.token }, 'browser logged in');
    await this.endOldest(record.token);
    return { ...record, secret };
  }

  /** Whom the secret of a cookie stands for, `null` when nobody. */
  async principalOf(secret: string, address: string): Promise<Principal | null> {
    const hash = hashToken(secret);
    const id = tokenId(hash);
    let record = this.recordOf(id);
    if (record === undefined && this.lookUps.take(address, performance.now()) === 0) {
      const entry = await this.bucket.get(loginKey(id));
      // One that the watch has passed has been ended since.
      if (entry !== null && entry.revision > this.newest) this.set(id, decodeLogin(entry.value));
      record = this.recordOf(id);
    }
    return record?.hash === hash ? this.known.principalOfLogin(id, Date.now()) : null;
  }

  /** A code for one login with the token of the principal. Throws `FORBIDDEN` without `admin`. */
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

  /** Whom a code stands for; it is worth nothing afterwards. `null` for one that is unknown, used or too old. */
  async redeem(code: string, address: string): Promise<Principal | null> {
    const hash = hashToken(code);
    const key = loginCodeKey(tokenId(hash));
    if (this.lookUps.take(address, performance.now()) > 0) return null;
    const entry = await this.bucket.get(key);
    const record = entry && decodeJsonRecord<Partial<LoginCodeRecord>>(entry.value);
    if (entry === null || record?.hash !== hash || !isBond(record)) return null;
    // Of several edges that are asked at once, one deletes it.
    const { written } = await this.bucket.delete(key, entry.revision);
    const now = Date.now();
    return written && Date.parse(record.expiresAt ?? '') > now ? this.known.principalOfBond(record, now) : null;
  }

  /** The logins whose tokens the principal may administer, the newest first. Throws `FORBIDDEN` without `admin`. */
  list(principal: Principal): LoginView[] {
    requireScope(principal, 'admin');
    return this.newestFirst(record => this.mayEnd(principal, record)).map(record => this.viewOf(record, principal));
  }

  /** Ends a login. Throws `NOT_FOUND`, also for one that the principal may not administer. */
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

  /** A login is seen by whoever may administer its token; none that permits nothing any more. */
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

/** The record of a login, `null` if the value is not one. */
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
