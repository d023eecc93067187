import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { KeyValueBuckets, type KeyValue, type Watch } from '@wabus/broker';
import { LAST_USE_KEYS, TOKENS_BUCKET, decodeJsonRecord, encodeJsonRecord, lastUseKey } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import type { Principal } from '../principal.js';
import { PrincipalWatch } from '../principal-revocations.js';
import { decodeUses, encodeUses, mergeUses, minuteOf, minuteText, shardOf } from './last-use.state.js';

const WRITE_EVERY_MS = 60_000;
const STOP_LIMIT_MS = 1_000;
/** The number of attempts if several edges write the same record at the same time. */
const ATTEMPTS = 5;

/**
 * Records when each token, and each browser login, was last used on any edge. A request costs one entry in memory; new entries are
 * written together, once a minute.
 */
@Injectable()
export class LastUses implements OnModuleInit, BeforeApplicationShutdown {
  private readonly bucket: KeyValue;
  private readonly logger: Logger;
  private readonly known = new Map<string, number>();
  private news = new Map<string, number>();
  private watch: Watch | null = null;
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    buckets: KeyValueBuckets,
    private readonly doors: PrincipalWatch,
    log: Log
  ) {
    this.bucket = buckets.bucket(TOKENS_BUCKET);
    this.logger = log.for('auth');
  }

  async onModuleInit(): Promise<void> {
    this.watch = await this.bucket.watch(LAST_USE_KEYS, change => {
      if (change.kind !== 'put') return;
      for (const [id, minute] of decodeUses(decodeJsonRecord(change.entry.value))) this.learn(id, minute);
    });
    this.timer = setInterval(() => void this.write(), WRITE_EVERY_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    // Limits the delay of an edge that stops without NATS.
    await Promise.race([this.write(), delay(STOP_LIMIT_MS, undefined, { ref: false })]);
    await this.watch?.stop();
  }

  note({ id, jwt, login }: Principal): void {
    const minute = minuteOf(Date.now());
    // JWTs are not listed, so their use is not recorded.
    if (jwt === undefined) this.noteId(id, minute);
    if (login !== undefined) this.noteId(login.id, minute);
  }

  /** Returns the ISO time of the last use, to the minute, or `null` if there was none. */
  of(id: string): string | null {
    const minute = this.known.get(id);
    return minute === undefined ? null : minuteText(minute);
  }

  private noteId(id: string, minute: number): void {
    if (this.learn(id, minute)) this.news.set(id, minute);
  }

  private learn(id: string, minute: number): boolean {
    if (minute <= (this.known.get(id) ?? -1)) return false;
    this.known.set(id, minute);
    return true;
  }

  /** Entries whose write fails are written next time. */
  private write(): Promise<void> {
    this.writing = this.writing.then(async () => {
      // An open connection counts as continuous use.
      this.doors.each(principal => this.note(principal));
      const shards = [...byShard(this.news)];
      this.news = new Map();
      try {
        for (let next = shards[0]; next !== undefined; next = shards[0]) {
          await this.writeShard(...next);
          shards.shift();
        }
      } catch (err) {
        this.logger.debug({ err }, 'failed to store when tokens were last used, retrying');
        // The other records wait as well, because without NATS each write would take until its time limit.
        for (const [id, minute] of shards.flatMap(([, uses]) => [...uses]))
          if (minute > (this.news.get(id) ?? -1)) this.news.set(id, minute);
      }
    });
    return this.writing;
  }

  private async writeShard(shard: string, uses: ReadonlyMap<string, number>): Promise<void> {
    const key = lastUseKey(shard);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const entry = await this.bucket.get(key);
      const merged = mergeUses(decodeUses(entry && decodeJsonRecord(entry.value)), uses, Date.now());
      if (merged === null) return;
      const { written } = await this.bucket.compareAndSet(key, encodeJsonRecord(encodeUses(merged)), entry?.revision ?? 0);
      if (written) return;
    }
  }
}

function byShard(uses: ReadonlyMap<string, number>): Map<string, Map<string, number>> {
  const shards = new Map<string, Map<string, number>>();
  for (const [id, minute] of uses) {
    const shard = shardOf(id);
    if (shard !== null) shards.set(shard, (shards.get(shard) ?? new Map<string, number>()).set(id, minute));
  }
  return shards;
}
