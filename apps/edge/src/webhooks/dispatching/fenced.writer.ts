import type { Fence, KeyValue } from '@wabus/broker';
import { setTimeout as delay } from 'node:timers/promises';

const RETRY_MS = 250;
/** After a write the next one waits for so long, so that the outcomes of many deliveries go in one. */
const LINGER_MS = 100;

export interface FencedWriterOptions {
  readonly bucket: KeyValue;
  /** Nothing is written any more once this does not hold. */
  readonly fence: Fence;
  /** What to write besides the changes of its own, asked for right before each write. */
  readonly snapshot: () => ReadonlyMap<string, Uint8Array>;
  /** Called once, when the fence did not hold: somebody else writes now. */
  readonly lost: () => void;
}

/** Writes the state of one dispatcher, one atomic write at a time; what changes meanwhile goes along with the next one. */
export class FencedWriter {
  private changes = new Map<string, Uint8Array | null>();
  private dirty = false;
  private running: Promise<void> | null = null;
  private ended = false;
  private readonly ending = new AbortController();

  constructor(private readonly options: FencedWriterOptions) {}

  /** The snapshot has changed, or these keys besides. `null` deletes a key. */
  mark(changes: ReadonlyMap<string, Uint8Array | null> = new Map()): void {
    for (const [key, value] of changes) this.changes.set(key, value);
    this.dirty = true;
    if (!this.ended) this.running ??= this.run().finally(() => (this.running = null));
  }

  /** Settles when all that was marked so far is written, or cannot be any more. */
  async settled(): Promise<void> {
    await this.running;
  }

  /** Settles when all that was marked is written, or cannot be any more; nothing is written after it. */
  async end(limitMs: number): Promise<void> {
    this.ending.abort();
    const limit = delay(limitMs, undefined, { ref: false });
    await Promise.race([this.running, limit]);
    this.ended = true;
  }

  private async run(): Promise<void> {
    while (this.dirty && !this.ended) {
      this.dirty = false;
      const changes = this.changes;
      this.changes = new Map();
      try {
        const outcome = await this.options.bucket.commit(new Map([...this.options.snapshot(), ...changes]), this.options.fence);
        if (outcome.written) {
          await this.linger();
          continue;
        }
        this.ended = true;
        this.options.lost();
      } catch {
        // The broker does not answer, which it says in the log itself. It may have written: the same again does no harm.
        this.changes = new Map([...changes, ...this.changes]);
        this.dirty = true;
        await delay(RETRY_MS);
      }
    }
  }

  private async linger(): Promise<void> {
    if (!this.ending.signal.aborted) await delay(LINGER_MS, undefined, { signal: this.ending.signal }).catch(() => undefined);
  }
}
