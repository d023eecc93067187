/** A leader stores what it was sent within this time, ms. Older ones are safe when it shows life. */
const SETTLING_MS = 5_000;
const MOST = 10_000;

/**
 * What was acknowledged just now. The leader of a consumer that dies takes acknowledgements along, and while another one is elected nobody takes them: they are sent
 * again to the next one, to which a repeated one means nothing. Pure; times in ms of one monotonic clock.
 */
export class RecentSettlements<Item> {
  private kept: { readonly item: Item; readonly at: number }[] = [];
  private isDisturbed = false;

  note(item: Item, at: number): void {
    this.kept.push({ item, at });
    if (this.kept.length > MOST) this.kept.splice(0, this.kept.length - MOST);
  }

  /** What was sent may not have arrived. */
  disturbed(): void {
    this.isDisturbed = true;
  }

  /** The leader shows life. Answers what has to be sent again. */
  alive(now: number): Item[] {
    if (!this.isDisturbed) {
      const firstKept = this.kept.findIndex(({ at }) => at > now - SETTLING_MS);
      this.kept.splice(0, firstKept === -1 ? this.kept.length : firstKept);
      return [];
    }
    this.isDisturbed = false;
    // A second leader may follow.
    this.kept = this.kept.map(({ item }) => ({ item, at: now }));
    return this.kept.map(({ item }) => item);
  }
}
