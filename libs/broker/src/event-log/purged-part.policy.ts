/**
 * A part at the beginning of the log from which only deleted sessions are missing: readers that stand in it have lost nothing. Sequences; `to` is the first that is left after
 * the purge, `null` while one is in progress.
 */
export interface PurgedPart {
  /** Distinguishes the log from others of its name. */
  readonly stream: string;
  readonly from: number;
  readonly to: number | null;
}

/** The part as it is while a purge begins that finds the log beginning at `first`. Pure. */
export function purgeBegins(before: PurgedPart | null, stream: string, first: number): PurgedPart {
  const goesOn = before !== null && before.stream === stream && (before.to === null || before.to === first);
  return { stream, from: goesOn ? before.from : first, to: null };
}

/** The first sequence of a log as its readers should see it. Pure. */
export function firstOf(part: PurgedPart | null, stream: string, first: number): number {
  if (part === null || part.stream !== stream || (part.to !== null && part.to !== first)) return first;
  return Math.min(part.from, first);
}
