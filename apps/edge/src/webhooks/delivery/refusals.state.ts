/** Consecutive events that an endpoint refused because of their content, with 400, 422 and similar statuses. */
export interface Refusals {
  readonly inRow: number;
  /** ISO time of the first refusal. */
  readonly since: string;
}

/** After this many consecutive refusals, the endpoint is considered to refuse all events. */
export const REFUSING_FROM = 3;

export function afterRefusal(before: Refusals | null, events: number, at: string): Refusals {
  return { inRow: (before?.inRow ?? 0) + events, since: before?.since ?? at };
}

export function isRefusing(refusals: Refusals | null | undefined): boolean {
  return refusals != null && refusals.inRow >= REFUSING_FROM;
}
