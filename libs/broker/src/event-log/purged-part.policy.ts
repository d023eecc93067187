/**
 * A part at the beginning of the log in which only events of deleted sessions are missing: readers positioned in it have lost nothing.
 * `from` and `to` are sequences; `to` is the first one left after the purge, `null` while a purge is in progress.
 */
export interface PurgedPart {
  /** Distinguishes the log from other logs with the same name. */
  readonly stream: string;
  readonly from: number;
  readonly to: number | null;
}

/** Returns the purged part as it is while a purge runs whose log begins at `first`. Pure. */
export function purgeBegins(before: PurgedPart | null, stream: string, first: number): PurgedPart {
  const goesOn = before !== null && before.stream === stream && (before.to === null || before.to === first);
  return { stream, from: goesOn ? before.from : first, to: null };
}

/** Returns the first sequence of a log from the point of view of its readers. Pure. */
export function firstOf(part: PurgedPart | null, stream: string, first: number): number {
  if (part === null || part.stream !== stream || (part.to !== null && part.to !== first)) return first;
  return Math.min(part.from, first);
}
