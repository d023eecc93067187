/** What this edge may keep of the past. */
export abstract class EventsInSettings {
  /** The newest events that are kept in memory, at most so many and so large together. */
  abstract readonly window: { readonly maxEvents: number; readonly maxBytes: number };
}
