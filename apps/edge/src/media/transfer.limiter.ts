import { WabusError } from '@wabus/contracts';
import type { Principal } from '../auth/principal.js';

export interface TransferLimits {
  /** Over all tokens. */
  readonly inAll: number;
  readonly perToken: number;
}

/** Bounds how many files are on their way at the same time, and so the memory they take, and how many of them one token may have. */
export class TransferLimiter {
  private readonly underWay = new Map<string, number>();
  private inAll = 0;

  constructor(private readonly limits: TransferLimits) {}

  /** Runs `act`, or throws `LIMIT_REACHED` when the token, or all together, have as many on their way already. */
  async pass<T>({ id }: Principal, act: () => Promise<T>): Promise<T> {
    const ofToken = this.underWay.get(id) ?? 0;
    if (ofToken >= this.limits.perToken) throw reached(this.limits.perToken, 'media transfers of one token');
    if (this.inAll >= this.limits.inAll) throw reached(this.limits.inAll, 'media transfers of this edge');
    this.count(id, 1);
    try {
      return await act();
    } finally {
      this.count(id, -1);
    }
  }

  private count(id: string, change: 1 | -1): void {
    this.inAll += change;
    const ofToken = (this.underWay.get(id) ?? 0) + change;
    if (ofToken === 0) this.underWay.delete(id);
    else this.underWay.set(id, ofToken);
  }
}

function reached(limit: number, of: string): WabusError {
  return new WabusError('LIMIT_REACHED', { details: { limit, of } });
}
