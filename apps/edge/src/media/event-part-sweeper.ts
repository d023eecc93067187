import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { EventLog, ObjectStores, type ObjectStore } from '@wabus/broker';
import { EVENT_PARTS_BUCKET } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import { Erasures } from '../erasure/erasures.registry.js';

const SWEEP_MS = 60_000;
/** The longest time by which a part is stored before its event, unless the log accepted no events for longer. */
const GRACE_MS = 3_600_000;

/**
 * Deletes large parts of events together with their events: those of a deleted session, and those whose events the log dropped before their
 * age limit because it exceeded its size limit. Every edge sweeps; repeated sweeps are harmless.
 */
@Injectable()
export class EventPartSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly parts: ObjectStore;
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    stores: ObjectStores,
    erasures: Erasures,
    private readonly eventLog: EventLog,
    log: Log
  ) {
    this.parts = stores.store(EVENT_PARTS_BUCKET);
    this.logger = log.for('media');
    erasures.add('event parts', session => this.parts.removeAll(session));
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweep(GRACE_MS).catch((err: unknown) => this.logger.debug({ err }, 'failed to remove parts of dropped events'));
    }, SWEEP_MS).unref();
  }

  beforeApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }

  /** Deletes the parts stored more than `graceMs` before the oldest remaining event. If the log is empty, nothing has been dropped. */
  async sweep(graceMs: number): Promise<void> {
    const oldest = await this.eventLog.oldestAt();
    if (oldest !== null) await this.parts.removeBefore(new Date(oldest.getTime() - graceMs));
  }
}
