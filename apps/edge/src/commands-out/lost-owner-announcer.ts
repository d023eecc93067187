import { Injectable } from '@nestjs/common';
import { EventLog } from '@wabus/broker';
import { EVENT_SCHEMA_VERSION, WabusError, type SessionStatus } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';

/**
 * Publishes the `session.status` of sessions whose owner is gone, because no other process reports it. Each loss is published once, however
 * many edges run: the log accepts the event only if neither another edge nor the next owner has published a status in the meantime.
 */
@Injectable()
export class LostOwnerAnnouncer {
  private readonly logger: Logger;
  /** The epochs that were handled, by session. */
  private readonly said = new Map<string, number>();
  private working = false;

  constructor(
    private readonly eventLog: EventLog,
    log: Log
  ) {
    this.logger = log.for('commands-out');
  }

  /** Announces sessions that were not announced yet. Failures are retried at the next call. */
  async announce(lost: readonly SessionStatus[]): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      for (const session of this.said.keys()) if (!lost.some(status => status.session === session)) this.said.delete(session);
      for (const status of lost) if (this.said.get(status.session) !== status.epoch) await this.say(status);
    } catch (err) {
      if (!(err instanceof WabusError)) this.logger.warn({ err }, 'failed to publish the status of sessions without an owner');
    } finally {
      this.working = false;
    }
  }

  private async say(status: SessionStatus): Promise<void> {
    const { session, epoch } = status;
    const id = `${session}.${epoch}.gone`;
    const newest = await this.eventLog.newest(session, 'session.status');
    // Either the next owner or another edge has published a status, or the log no longer contains the owner's last one, so that there is nothing to correct.
    const isAnnounced = newest === null || newest.facts.epoch > epoch || newest.facts.id === id;
    if (!isAnnounced) {
      const facts = {
        id,
        session,
        event: 'session.status',
        epoch,
        at: new Date().toISOString(),
        schemaVersion: EVENT_SCHEMA_VERSION
      } as const;
      if (!(await this.eventLog.publishAfter(facts, JSON.stringify(status), newest.sequence))) return;
      this.logger.warn({ session, epoch }, 'the connector of a session is gone and no other has taken over');
    }
    this.said.set(session, epoch);
  }
}
