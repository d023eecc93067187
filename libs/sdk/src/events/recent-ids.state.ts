/** The ids seen lately. */
export class RecentIds {
  private readonly ids = new Set<string>();

  constructor(private readonly capacity: number) {}

  /** Whether the id is new, and remembers it. */
  add(id: string): boolean {
    if (this.ids.has(id)) return false;
    this.ids.add(id);
    // A set iterates its members in insertion order.
    if (this.ids.size > this.capacity) for (const oldest of this.ids) return this.ids.delete(oldest);
    return true;
  }
}
