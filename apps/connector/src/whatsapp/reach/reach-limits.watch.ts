import { isDeepStrictEqual } from 'node:util';
import type { AccountRestriction, NewChatQuota } from '@wabus/contracts';
import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { QueryIds, XWAPaths } from '../baileys.js';
import { mexContent } from '../queries/mex.query.js';
import { readLock, readMexData, readQuota } from './reach-limits.codec.js';

/** The limits of an account; `undefined` until WhatsApp has reported them. Kept across connections. */
export interface ReachLimits {
  lock: AccountRestriction | null | undefined;
  newChats: NewChatQuota | null | undefined;
}

export interface ReachWatchParts {
  readonly socket: Pick<WASocket, 'query' | 'ws'>;
  readonly limits: ReachLimits;
  /** The interval between queries. */
  readonly intervalMs: number;
  /** Receives only the changes. `asked`: they are from an answer, for which Baileys emits no event. May not throw. */
  readonly changed: (news: Partial<ReachLimits>, asked: boolean) => void;
  readonly logger: Logger;
  readonly ended: AbortSignal;
}

/** The minimum time between queries after refusals. */
const PAUSE_MS = 60_000;
/** The delay of the query after the end of a lock, since WhatsApp rounds this time. */
const SLACK_MS = 1_000;
const LONGEST_TIMER_MS = 2_147_483_647;
const PUSHED_LOCK = 'xwa2_notify_account_reachout_timelock';
const PUSHED_QUOTA = 'xwa2_notify_new_chat_messages_capping_info_update';

/**
 * Follows the reach-out time lock and the quota of new chats: queries them after each login like the official client (whatsapp-rust 572), then every
 * `intervalMs` and after a refusal, and reads WhatsApp's notifications (`NotificationUserReachoutTimelockUpdate`, `MessageCappingInfoNotification`).
 */
export class ReachWatch {
  private timer: NodeJS.Timeout | undefined;
  private asking: Promise<void> | null = null;
  private askedAt = -Infinity;

  constructor(private readonly parts: ReachWatchParts) {
    // Registered before Baileys, which loses the kind of the lock.
    parts.socket.ws.prependListener('CB:notification', (notification: BinaryNode) => this.pushed(notification));
    parts.ended.addEventListener('abort', () => clearTimeout(this.timer), { once: true });
  }

  /** The lock that is in force; `null` if there is none or it has ended. */
  get lock(): AccountRestriction | null {
    const { lock } = this.parts.limits;
    return lock && (lock.until === null || Date.parse(lock.until) > Date.now()) ? lock : null;
  }

  get newChats(): NewChatQuota | null {
    return this.parts.limits.newChats ?? null;
  }

  /** Resolves once the lock is known or the pending query has settled, at the latest after the limit. Never rejects. */
  async known(limitMs: number): Promise<void> {
    if (this.parts.limits.lock !== undefined || this.asking === null) return;
    await Promise.race([this.asking, new Promise(resolve => setTimeout(resolve, limitMs).unref())]);
  }

  /** Starts the first query. Call it after the login. */
  start(): void {
    this.ask().catch(() => undefined);
  }

  /** Queries the limits again after WhatsApp refused a message, possibly because of a lock, unless a query was recent. Never rejects. */
  async refused(): Promise<void> {
    if (this.asking === null && performance.now() - this.askedAt < PAUSE_MS) return;
    await this.ask();
  }

  private ask(): Promise<void> {
    this.asking ??= this.askBoth().finally(() => (this.asking = null));
    return this.asking;
  }

  private async askBoth(): Promise<void> {
    const { logger, limits, ended } = this.parts;
    this.askedAt = performance.now();
    try {
      const [lock, quota] = await Promise.all([
        this.query(QueryIds.REACHOUT_TIMELOCK, {}),
        this.query(QueryIds.MESSAGE_CAPPING_INFO, { input: { type: 'INDIVIDUAL_NEW_CHAT_MSG' } })
      ]);
      if (ended.aborted) return;
      const found: Partial<ReachLimits> = {};
      if (lock) found.lock = readLock(lock[XWAPaths.xwa2_fetch_account_reachout_timelock]);
      if (quota) found.newChats = readQuota(quota[XWAPaths.xwa2_message_capping_info]) ?? limits.newChats;
      this.take(found, true);
    } catch (err) {
      if (!ended.aborted) logger.debug({ err }, 'whatsapp did not report whether the account is restricted');
    } finally {
      if (!ended.aborted) this.plan();
    }
  }

  private async query(id: string, variables: Record<string, unknown>): Promise<Record<string, unknown> | null> {
    return readMexData(await mexContent(this.parts.socket, id, variables));
  }

  private pushed({ attrs, content }: BinaryNode): void {
    if (attrs['type'] !== 'mex' || !Array.isArray(content)) return;
    for (const update of content) {
      const data = readMexData(update.content);
      if (data === null) continue;
      if (PUSHED_LOCK in data) this.take({ lock: readLock(data[PUSHED_LOCK]) }, false);
      if (PUSHED_QUOTA in data) this.take({ newChats: readQuota(data[PUSHED_QUOTA]) }, false);
    }
    this.plan();
  }

  private take(found: Partial<ReachLimits>, asked: boolean): void {
    const { limits, changed } = this.parts;
    const news = Object.fromEntries(
      Object.entries(found).filter(([name, value]) => !isDeepStrictEqual(value, limits[name as keyof ReachLimits]))
    ) as Partial<ReachLimits>;
    Object.assign(limits, news);
    if (Object.keys(news).length > 0) changed(news, asked);
  }

  private plan(): void {
    clearTimeout(this.timer);
    const { intervalMs } = this.parts;
    const until = this.lock?.until;
    const leftMs = until ? Date.parse(until) - Date.now() + SLACK_MS : intervalMs;
    this.timer = setTimeout(() => this.start(), Math.min(leftMs, intervalMs, LONGEST_TIMER_MS)).unref();
  }
}
