import type { BaileysEventMap, CacheStore, GroupMetadata } from '@whiskeysockets/baileys';
import { CollectionMemory } from './app-state/collection-recovery.js';
import { BoundedCache } from './bounded.cache.js';
import { LookupMemory } from './reach/lookup-memory.js';
import type { ReachLimits } from './reach/reach-limits.watch.js';
import { ResendLimiter, type ResendTerms } from './resending/resend.limiter.js';
import { WaitingRequests } from './resending/waiting-requests.js';
import { LoginCounter } from './connecting/login-counter.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const GROUPS = 500;

/**
 * The bounded caches that one session keeps across its connections: retry counters of undecryptable messages, device lists and group members, among others.
 * They survive a reconnection, but not a restart of the process.
 */
export class SocketCaches {
  readonly msgRetryCounterCache = cacheStore(5_000, 60 * MINUTE);
  readonly placeholderResendCache = cacheStore(5_000, 60 * MINUTE);
  readonly callOfferCache = cacheStore(500, 5 * MINUTE);
  readonly userDevicesCache = cacheStore(10_000, 5 * MINUTE);
  /** Ids of messages that could not be read and were requested again. */
  readonly askedAgain = new BoundedCache<string, true>({ max: 10_000, ttl: DAY });
  /** Ids of assistants' answers whose events were emitted. */
  readonly botAnswers = new BoundedCache<string, true>({ max: 5_000, ttl: DAY });
  readonly resendLimiter: ResendLimiter;
  readonly waitingRequests = new WaitingRequests();
  readonly logins = new LoginCounter();
  /** Whether the last connection was closed because its backlog did not end. */
  backlogStalled = false;
  /** The limits on writing that WhatsApp has reported for the account. */
  readonly reachLimits: ReachLimits = { lock: undefined, newChats: undefined };
  readonly lookups: LookupMemory;
  readonly collections = new CollectionMemory();
  private readonly groups = new BoundedCache<string, GroupMetadata>({ max: GROUPS, ttl: 60 * MINUTE });

  constructor({ resends, numberLookupsPerHour = Number.MAX_SAFE_INTEGER }: { resends: ResendTerms; numberLookupsPerHour?: number }) {
    this.lookups = new LookupMemory(numberLookupsPerHour);
    this.resendLimiter = new ResendLimiter(resends);
  }

  group(jid: string): GroupMetadata | undefined {
    return this.groups.get(jid);
  }

  rememberGroup(metadata: GroupMetadata): void {
    this.groups.set(metadata.id, metadata);
  }

  /** Forgets a group whose members or settings changed: the next send requests its metadata again. */
  forgetGroup(jid: string | undefined): void {
    if (jid) this.groups.delete(jid);
  }

  /** Remembers the groups in Baileys' events, and forgets the groups that changed. */
  follow(events: Partial<BaileysEventMap>): void {
    events['groups.upsert']?.forEach(group => this.rememberGroup(group));
    events['groups.update']?.forEach(group => this.forgetGroup(group.id));
    // Baileys reports the timer of a group as a change of its chat.
    for (const { id, ephemeralExpiration } of events['chats.update'] ?? [])
      if (ephemeralExpiration !== undefined) this.forgetGroup(id ?? undefined);
    this.forgetGroup(events['group-participants.update']?.id);
  }

  /** Forgets all groups: they may have changed while there was no connection. */
  forgetGroups(): void {
    this.groups.clear();
  }
}

function cacheStore(max: number, ttl: number): CacheStore {
  const entries = new BoundedCache<string, NonNullable<unknown>>({ max, ttl });
  return {
    get: <T>(key: string) => entries.get(key) as T | undefined,
    set: (key, value) => void entries.set(key, value as NonNullable<unknown>),
    del: key => void entries.delete(key),
    flushAll: () => entries.clear()
  };
}
