/** Events in a row that an endpoint refused for what they are: 400, 422 and the like. */
export interface Refusals {
  readonly inRow: number;
  /** ISO time of the first of them. */
  readonly since: string;
}

/** An endpoint that has refused so many in a row is taken for one that refuses everything. */
export const REFUSING_FROM = 3;

export function afterRefusal(before: Refusals | null, events: number, at: string): Refusals {
  return { inRow: (before?.inRow ?? 0) + events, since: before?.since ?? at };
}

export function isRefusing(refusals: Refusals | null | undefined): boolean {
  return refusals != null && refusals.inRow >= REFUSING_FROM;
}
