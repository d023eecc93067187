import type { KeyValue, Watch } from '@wabus/broker';
import { REBUILD_KEYS } from '@wabus/contracts';

/** Reports when the list of rebuilds must be read, because reading it before every step would cost more than the step. */
export class RebuildWatch {
  private watch: Watch | null = null;
  private changed = false;

  constructor(private readonly models: KeyValue) {}

  async start(): Promise<void> {
    this.watch = await this.models.watch(REBUILD_KEYS, () => (this.changed = true));
    await this.watch.ready;
  }

  async stop(): Promise<void> {
    await this.watch?.stop();
  }

  /** Returns whether a rebuild was requested or has changed since the previous call. */
  takeChange(): boolean {
    const { changed } = this;
    this.changed = false;
    return changed;
  }
}
