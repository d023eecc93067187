import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { KeyValueBuckets, type KeyValue, type Watch } from '@wabus/broker';
import { parseRegistryKey, RECORD_KEYS, recordKey, REGISTRY_BUCKET, WabusError, type SessionId, decodeJsonRecord } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import { Erasures } from '../../erasure/erasures.registry.js';
import { WebhookStore } from './webhook.store.js';

/**
 * Deletes the webhooks of a session when the session is deleted. A later session with the same name may belong to another person, whose
 * events must not reach a stranger.
 */
@Injectable()
export class WebhookSessions implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly registry: KeyValue;
  private readonly logger: Logger;
  private watch: Watch | null = null;

  constructor(
    buckets: KeyValueBuckets,
    private readonly store: WebhookStore,
    erasures: Erasures,
    log: Log
  ) {
    this.registry = buckets.bucket(REGISTRY_BUCKET);
    this.logger = log.for('webhooks');
    erasures.add('webhooks', session => this.erase(session));
  }

  async onApplicationBootstrap(): Promise<void> {
    const present = new Set<SessionId>();
    this.watch = await this.registry.watch(RECORD_KEYS, change => {
      const parsed = parseRegistryKey(change.kind === 'put' ? change.entry.key : change.key);
      if (parsed === null) return;
      if (change.kind === 'put') present.add(parsed.session);
      else if (present.delete(parsed.session)) this.removeOf(session => session === parsed.session);
    });
    await this.watch.ready;
    // Sessions may have been deleted while no edge was running.
    this.removeOf(session => !present.has(session));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.watch?.stop();
  }

  /** Throws `UNKNOWN_SESSION` if no session has this id, or if the session is being deleted. */
  async require(session: SessionId): Promise<void> {
    const entry = await this.registry.get(recordKey(session));
    const desired = entry && decodeJsonRecord(entry.value)?.['desired'];
    if (entry === null || desired === 'deleted') throw new WabusError('UNKNOWN_SESSION', { details: { session } });
  }

  /** Deletes the webhooks of a session, removes the session from the lists of other webhooks, and deletes the dead letters of its events. */
  private async erase(session: SessionId): Promise<void> {
    for (const { record } of this.store.all()) {
      const { id, sessions } = record;
      const isItsOwn = record.session === session || (sessions?.length === 1 && sessions[0] === session);
      if (isItsOwn) await this.store.delete(id);
      else {
        if (sessions?.includes(session))
          await this.store.edit(id, now => ({ ...now, sessions: now.sessions?.filter(one => one !== session) ?? null }));
        await this.store.deleteLetters(id, letter => letter['session'] === session);
      }
    }
  }

  private removeOf(gone: (session: SessionId) => boolean): void {
    for (const { record } of this.store.all()) {
      if (record.session === null || !gone(record.session)) continue;
      this.store.delete(record.id).then(
        () => this.logger.info({ webhook: record.id, session: record.session }, 'deleted a webhook because its session was deleted'),
        (err: unknown) => this.logger.warn({ err, webhook: record.id }, 'failed to delete the webhook of a deleted session')
      );
    }
  }
}
