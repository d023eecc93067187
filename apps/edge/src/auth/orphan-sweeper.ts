import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Log, type Logger } from '@wabus/runtime';
import { CreatorSettings } from './creators.js';

const MOST_PAUSE_MS = 30_000;

/** An object that was created with a token that no longer exists. */
export interface Orphan {
  /** Identifies it among all objects that tokens create. */
  readonly key: string;
  /** Deletes the object. Several edges may call it, even after the object is gone. */
  remove(): Promise<void>;
}

/**
 * With the policy `delete`: deletes objects whose token has been gone for a while. The delay protects against a token file that is briefly
 * wrong, or older on this edge than on another.
 */
@Injectable()
export class OrphanSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger: Logger;
  private readonly sources: (() => Promise<readonly Orphan[]>)[] = [];
  /** The time since which each object has had no token. */
  private since = new Map<string, number>();
  private timer: NodeJS.Timeout | null = null;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly settings: CreatorSettings,
    log: Log
  ) {
    this.logger = log.for('auth');
  }

  /**
   * Registers a source of orphans.
   * @param orphans returns all objects of a room whose token no longer exists
   */
  add(orphans: () => Promise<readonly Orphan[]>): void {
    this.sources.push(orphans);
  }

  onApplicationBootstrap(): void {
    const { whenTokenGoes, deleteAfterMs } = this.settings;
    if (whenTokenGoes !== 'delete') return;
    this.timer = setInterval(
      () => {
        this.sweeping = this.sweeping.then(() => this.sweep());
      },
      Math.min(MOST_PAUSE_MS, Math.ceil(deleteAfterMs / 4))
    );
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.sweeping;
  }

  private async sweep(): Promise<void> {
    const now = performance.now();
    const since = new Map<string, number>();
    try {
      for (const orphans of this.sources) {
        for (const orphan of await orphans()) {
          const { key } = orphan;
          const from = this.since.get(key) ?? now;
          since.set(key, from);
          if (now - from < this.settings.deleteAfterMs) continue;
          await orphan.remove();
          this.logger.warn({ deleted: key }, 'deleted a webhook or subscription because its token is no longer valid');
        }
      }
      this.since = since;
    } catch (err) {
      this.logger.warn({ err }, 'failed to delete the webhooks or subscriptions of an invalid token, retrying');
    }
  }
}
