/** What one client is permitted however many others wait, so that nobody starves behind clients that do not read. */
const LEAST_BYTES = 16 * 1024;
/** One client may take this part of what is left, so that the last of it is shared. */
const PART = 8;

export interface BudgetLimits {
  /** The most that may wait for one client. */
  readonly clientBytes: number;
  /** The most that may wait for all clients of this edge together; beyond it each client gets the least only. */
  readonly edgeBytes: number;
}

/**
 * What may wait in this process for clients that read slowly. The nearer all of them together come to the limit, the less is permitted to each: those for whom most
 * waits then leave their rooms first, and nobody is written more than a little at a time. Pure.
 */
export class ClientBudget {
  private readonly counted = new Map<object, number>();
  private added = 0;

  constructor(private readonly limits: BudgetLimits) {}

  /** Bytes that wait for all clients: as counted, and what was written for them since. */
  get waitingBytes(): number {
    let sum = this.added;
    for (const bytes of this.counted.values()) sum += bytes;
    return sum;
  }

  /** Bytes that may wait for one client now. */
  get allowanceBytes(): number {
    const part = (this.limits.edgeBytes - this.waitingBytes) / PART;
    return Math.min(this.limits.clientBytes, Math.max(LEAST_BYTES, Math.floor(part)));
  }

  /** Bytes that may wait for each of so many clients when they wait for the same ones. */
  allowanceAmong(sharers: number): number {
    return Math.min(this.limits.clientBytes, this.allowanceBytes * sharers);
  }

  /** Whether one client may be given all that its own limit permits. */
  get isAmple(): boolean {
    return this.allowanceBytes === this.limits.clientBytes;
  }

  /** What waits for the clients of one counter, all of them counted anew. */
  count(counter: object, bytes: number): void {
    this.counted.set(counter, bytes);
    this.added = 0;
  }

  /** So much was written for one client only. */
  add(bytes: number): void {
    this.added += bytes;
  }

  forget(counter: object): void {
    this.counted.delete(counter);
  }
}
