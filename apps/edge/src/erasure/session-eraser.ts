import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { EventLog, KeyValueBuckets, type KeyValue, type Watch } from '@wabus/broker';
import {
  decodeJsonRecord,
  GONE_KEYS,
  parseGone,
  parseRegistryKey,
  RECORD_KEYS,
  recordKey,
  REGISTRY_BUCKET,
  type SessionId,
  type SessionRecord
} from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import { Erasures } from './erasures.registry.js';

const RETRY_MS = 500;

/**
 * Performs the last step of deleting a session: erases the data that edges store about it, then deletes its record, which makes its name available. Every
 * edge does so, and all of it may be repeated. If an edge stops halfway, the record remains, and the next edge starts again.
 */
@Injectable()
export class SessionEraser implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly registry: KeyValue;
  private readonly logger: Logger;
  private readonly stopped = new AbortController();
  private readonly underWay = new Map<SessionId, Promise<void>>();
  private watches: Watch[] = [];

  constructor(
    buckets: KeyValueBuckets,
    private readonly eventLog: EventLog,
    private readonly erasures: Erasures,
    log: Log
  ) {
    this.registry = buckets.bucket(REGISTRY_BUCKET);
    this.logger = log.for('erasure');
  }

  async onModuleInit(): Promise<void> {
    const watch = await this.registry.watch(GONE_KEYS, change => {
      const gone = change.kind === 'put' ? parseGone(change.entry.key, change.entry.value) : null;
      if (gone === null) return;
      this.eventLog.retire(gone.session, gone.epoch);
      this.erasures.gone(gone.session, gone.epoch);
    });
    this.watches.push(watch);
    await watch.ready;
  }

  async onApplicationBootstrap(): Promise<void> {
    this.watches.push(
      await this.registry.watch(RECORD_KEYS, change => {
        if (change.kind !== 'put') return;
        const session = parseRegistryKey(change.entry.key)?.session;
        if (session === undefined || !isErased(change.entry.value) || this.underWay.has(session)) return;
        this.underWay.set(
          session,
          this.erase(session, change.entry.revision).finally(() => this.underWay.delete(session))
        );
      })
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.watches.map(watch => watch.stop()));
    await Promise.all(this.underWay.values());
  }

  private async erase(session: SessionId, revision: number): Promise<void> {
    const { signal } = this.stopped;
    for (let attempt = 1; !signal.aborted; attempt++) {
      try {
        const isWanted = async (): Promise<boolean> =>
          !signal.aborted && (await this.registry.get(recordKey(session)))?.revision === revision;
        if ((await Promise.race([this.erasures.erase(session, isWanted), aborted(signal)])) !== true) return;
        const { written } = await this.registry.delete(recordKey(session), revision);
        if (written) this.logger.info({ session }, 'session deleted');
        return;
      } catch (err) {
        if (attempt % 10 === 1) this.logger.warn({ err, session }, 'failed to erase the data of a deleted session, retrying');
        await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}

/** The session of a damaged record is not erased. Its remaining data stays until its record is written again. */
function isErased(value: Uint8Array): boolean {
  return decodeJsonRecord<SessionRecord>(value, ({ desired, erased }) => desired === 'deleted' && erased === true) !== null;
}

function aborted(signal: AbortSignal): Promise<false> {
  return new Promise(resolve => {
    if (signal.aborted) resolve(false);
    else signal.addEventListener('abort', () => resolve(false), { once: true });
  });
}
