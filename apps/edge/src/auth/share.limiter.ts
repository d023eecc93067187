import { WabusError } from '@wabus/contracts';
import type { Principal } from './principal.js';

/** How many of something there may be. */
export interface Limit {
  readonly most: number;
  /** What is counted, in the plural: `webhooks of one token`. */
  readonly of: string;
  /** The setting that raises it. */
  readonly setting: `WABUS_${string}`;
}

/** Throws `LIMIT_REACHED` when there are as many as there may be. */
export function requireBelow({ most, of, setting }: Limit, count: number): void {
  if (count < most) return;
  throw new WabusError('LIMIT_REACHED', {
    message: `At most ${most} ${of} are permitted; ${setting} sets this limit.`,
    details: { limit: most, of, setting }
  });
}

export interface ShareLimits {
  readonly perToken: Limit;
  /** Over all tokens of this edge. */
  readonly inAll: Limit;
}

/** Bounds how much of one kind is under way at the same time, and so the memory it takes, and how much of it is one token's. */
export class ShareLimiter {
  private readonly underWay = new Map<string, number>();
  private inAll = 0;

  constructor(private readonly limits: ShareLimits) {}

  /** Runs `act`, or throws `LIMIT_REACHED` when the token, or all together, have as many under way already. */
  async pass<T>(principal: Principal, act: () => Promise<T>): Promise<T> {
    const release = this.take(principal);
    try {
      return await act();
    } finally {
      release();
    }
  }

  /** Takes a place, and returns what gives it back; throws as `pass` does. */
  take({ id }: Principal): () => void {
    requireBelow(this.limits.perToken, this.underWay.get(id) ?? 0);
    requireBelow(this.limits.inAll, this.inAll);
    this.count(id, 1);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.count(id, -1);
    };
  }

  private count(id: string, change: 1 | -1): void {
    this.inAll += change;
    const ofToken = (this.underWay.get(id) ?? 0) + change;
    if (ofToken === 0) this.underWay.delete(id);
    else this.underWay.set(id, ofToken);
  }
}
