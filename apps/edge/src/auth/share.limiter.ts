import { WabusError } from '@wabus/contracts';
import type { Principal } from './principal.js';

/** The maximum number of something. */
export interface Limit {
  readonly most: number;
  /** What is counted, in the plural: `webhooks of one token`. */
  readonly of: string;
  /** The setting that raises the limit. */
  readonly setting: `WABUS_${string}`;
}

/** Throws `LIMIT_REACHED` if `count` has reached the limit. */
export function requireBelow({ most, of, setting }: Limit, count: number): void {
  if (count < most) return;
  throw new WabusError('LIMIT_REACHED', {
    message: `At most ${most} ${of} are permitted; ${setting} sets this limit.`,
    details: { limit: most, of, setting }
  });
}

export interface ShareLimits {
  readonly perToken: Limit;
  /** The limit over all tokens of this edge. */
  readonly inAll: Limit;
}

/** Limits how much work of one kind is in progress at the same time, and so the memory that it uses, in total and for each token. */
export class ShareLimiter {
  private readonly underWay = new Map<string, number>();
  private inAll = 0;

  constructor(private readonly limits: ShareLimits) {}

  /** Runs `act`. Throws `LIMIT_REACHED` if the token or the edge already has the maximum in progress. */
  async pass<T>(principal: Principal, act: () => Promise<T>): Promise<T> {
    const release = this.take(principal);
    try {
      return await act();
    } finally {
      release();
    }
  }

  /** Takes a place, and returns a function that releases it. Throws `LIMIT_REACHED` like `pass`. */
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
