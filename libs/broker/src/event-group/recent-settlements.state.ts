/** A leader stores acknowledgements within this time, ms. Older ones are safe once it responds. */
const SETTLING_MS = 5_000;
const MOST = 10_000;

/**
 * The most recent acknowledgements.
 * If the leader of a consumer dies, its unstored acknowledgements are lost, and until a new leader is elected none are accepted.
 * They are therefore sent again to the new leader, which ignores repeated ones. Pure; times in ms of one monotonic clock.
 */
export class RecentSettlements<Item> {
  private kept: { readonly item: Item; readonly at: number }[] = [];
  private isDisturbed = false;

  note(item: Item, at: number): void {
    this.kept.push({ item, at });
    if (this.kept.length > MOST) this.kept.splice(0, this.kept.length - MOST);
  }

  /** Records that recent messages may not have arrived. */
  disturbed(): void {
    this.isDisturbed = true;
  }

  /** Records a response of the leader. Returns the items to send again. */
  alive(now: number): Item[] {
    if (!this.isDisturbed) {
      const firstKept = this.kept.findIndex(({ at }) => at > now - SETTLING_MS);
      this.kept.splice(0, firstKept === -1 ? this.kept.length : firstKept);
      return [];
    }
    this.isDisturbed = false;
    // The new leader may also die.
    this.kept = this.kept.map(({ item }) => ({ item, at: now }));
    return this.kept.map(({ item }) => item);
  }
}
