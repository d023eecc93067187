import { WabusError } from '@wabus/contracts';

/** Bounds how many imports a process holds in memory at once. */
export class TransferPlaces {
  private readonly taken = new Set<object>();

  constructor(private readonly most: number) {}

  /** Throws `LIMIT_REACHED` when every place is taken. */
  take(who: object): void {
    if (this.taken.size >= this.most && !this.taken.has(who))
      throw new WabusError('LIMIT_REACHED', { details: { limit: 'imports of one connector at once', most: this.most } });
    this.taken.add(who);
  }

  giveBack(who: object): void {
    this.taken.delete(who);
  }
}
