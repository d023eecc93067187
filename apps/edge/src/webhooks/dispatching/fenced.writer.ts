import type { Fence, KeyValue } from '@wabus/broker';
import { setTimeout as delay } from 'node:timers/promises';

const RETRY_MS = 250;
/** The delay between two writes, so that one write contains the outcomes of many deliveries. */
const LINGER_MS = 100;

export interface FencedWriterOptions {
  readonly bucket: KeyValue;
  /** Once the fence fails, nothing is written any more. */
  readonly fence: Fence;
  /** Returns the values to write in addition to the marked changes. Called right before each write. */
  readonly snapshot: () => ReadonlyMap<string, Uint8Array>;
  /** Called once, when the fence fails because another edge now writes. */
  readonly lost: () => void;
}

/** Writes the state of one dispatcher, one atomic write at a time. Changes during a write are part of the next one. */
export class FencedWriter {
  private changes = new Map<string, Uint8Array | null>();
  private dirty = false;
  private running: Promise<void> | null = null;
  private ended = false;
  private readonly ending = new AbortController();

  constructor(private readonly options: FencedWriterOptions) {}

  /** Schedules a write of the snapshot and of these changes. `null` deletes a key. */
  mark(changes: ReadonlyMap<string, Uint8Array | null> = new Map()): void {
    for (const [key, value] of changes) this.changes.set(key, value);
    this.dirty = true;
    if (!this.ended) this.running ??= this.run().finally(() => (this.running = null));
  }

  /** Resolves when all changes so far are written or can no longer be written. */
  async settled(): Promise<void> {
    await this.running;
  }

  /** Resolves when all changes are written or can no longer be written. Nothing is written afterward. */
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
        // The broker does not respond, which the client logs itself. It may have executed the write; writing the same values again is harmless.
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
