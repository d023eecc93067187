import { randomBytes } from 'node:crypto';
import type { Change, KeyValue, Watch } from '@wabus/broker';
import { PROJECTOR_KEY } from '@wabus/contracts';

/**
 * Which edge projects. The key is renewed by compare-and-set, and its revision is the epoch that the store checks with each write: two edges that both take themselves
 * for the projector cost work, and no harm. Silence is measured on the clock of this edge.
 */
export class ProjectorLease {
  private readonly edge = randomBytes(9).toString('base64url');
  private holder: { edge: string | null; revision: number } = { edge: null, revision: 0 };
  private heardAt = performance.now();
  private renewedAt = -Infinity;
  private watch: Watch | null = null;
  /** Epoch of this edge, `null` while another one projects. */
  epoch: number | null = null;

  constructor(
    private readonly bucket: KeyValue,
    private readonly leaseMs: number
  ) {}

  async start(): Promise<void> {
    this.watch = await this.bucket.watch(PROJECTOR_KEY, change => this.hear(change));
    await this.watch.ready;
  }

  /** Makes this edge the projector if nobody else is. */
  async take(): Promise<boolean> {
    if (this.holder.edge !== null && this.holder.edge !== this.edge && performance.now() - this.heardAt < this.leaseMs) return false;
    return this.renew(this.holder.revision);
  }

  /** Shows life, when it is time for that. Whether this edge is still the projector. */
  async keep(): Promise<boolean> {
    if (this.epoch === null) return false;
    return performance.now() - this.renewedAt < this.leaseMs / 4 ? true : this.renew(this.epoch);
  }

  /** This edge does not know any more whether it is the projector. */
  doubt(): void {
    this.epoch = null;
  }

  async stop(): Promise<void> {
    await this.watch?.stop();
    if (this.epoch !== null) await this.bucket.compareAndSet(PROJECTOR_KEY, encode(null), this.epoch).catch(() => undefined);
    this.epoch = null;
  }

  private async renew(revision: number): Promise<boolean> {
    const began = performance.now();
    const outcome = await this.bucket.compareAndSet(PROJECTOR_KEY, encode(this.edge), revision);
    this.epoch = outcome.written ? outcome.revision : null;
    if (outcome.written) {
      this.renewedAt = began;
      this.know(this.edge, outcome.revision);
    }
    return outcome.written;
  }

  private hear(change: Change): void {
    if (change.kind === 'delete') this.know(null, change.revision);
    else this.know(edgeIn(change.entry.value), change.entry.revision);
  }

  private know(edge: string | null, revision: number): void {
    if (revision <= this.holder.revision) return;
    this.holder = { edge, revision };
    this.heardAt = performance.now();
  }
}

const encode = (edge: string | null): Uint8Array => Buffer.from(JSON.stringify({ edge }), 'utf8');

function edgeIn(value: Uint8Array): string | null {
  return (JSON.parse(Buffer.from(value).toString('utf8')) as { edge?: string | null }).edge ?? null;
}
