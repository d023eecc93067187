/** The ids of recent events. */
export class RecentIds {
  private readonly ids = new Set<string>();

  constructor(private readonly capacity: number) {}

  /** Adds an id, and returns whether it is new. */
  add(id: string): boolean {
    if (this.ids.has(id)) return false;
    this.ids.add(id);
    // A set iterates over its members in insertion order.
    if (this.ids.size > this.capacity) for (const oldest of this.ids) return this.ids.delete(oldest);
    return true;
  }
}
