import type { KeyValue, Watch } from '@wabus/broker';
import { REBUILD_KEYS } from '@wabus/contracts';

/** Says when the list of rebuilds is worth reading: asking for it before every step costs more than the step. */
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

  /** Whether a rebuild was asked for, or one has changed, since this was last asked. */
  takeChange(): boolean {
    const { changed } = this;
    this.changed = false;
    return changed;
  }
}
