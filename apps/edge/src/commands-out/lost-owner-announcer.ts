import { Injectable } from '@nestjs/common';
import { EventLog } from '@wabus/broker';
import { EVENT_SCHEMA_VERSION, WabusError, type SessionStatus } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';

/**
 * Says `session.status` of a session whose owner is gone, since nobody else is there to say it. Once, however many edges run: the log takes it only if nothing was said about the
 * session meanwhile, by another edge or by the next owner.
 */
@Injectable()
export class LostOwnerAnnouncer {
  private readonly logger: Logger;
  /** Epochs that were dealt with, by session. */
  private readonly said = new Map<string, number>();
  private working = false;

  constructor(
    private readonly eventLog: EventLog,
    log: Log
  ) {
    this.logger = log.for('commands-out');
  }

  /** Deals with those that are new. What fails is tried at the next call. */
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
    // The next owner has spoken, or another edge; or the log is past what its owner said, which leaves nothing to correct.
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
