import { WabusError } from '@wabus/contracts';

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
    message: `There may be no more than ${most} ${of}; ${setting} changes that.`,
    details: { limit: most, of, setting }
  });
}
