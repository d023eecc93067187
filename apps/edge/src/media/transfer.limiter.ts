import { WabusError } from '@wabus/contracts';

/** Bounds how many files are on their way at the same time, and so the memory they take. */
export class TransferLimiter {
  private underWay = 0;

  constructor(private readonly most: number) {}

  /** Runs `act`, or throws `LIMIT_REACHED` when as many run already. */
  async pass<T>(act: () => Promise<T>): Promise<T> {
    if (this.underWay >= this.most) throw new WabusError('LIMIT_REACHED', { details: { limit: 'media transfers', most: this.most } });
    this.underWay++;
    try {
      return await act();
    } finally {
      this.underWay--;
    }
  }
}
