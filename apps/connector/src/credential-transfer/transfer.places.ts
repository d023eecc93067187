import { WabusError, type SessionId } from '@wabus/contracts';

/** Who claims a device for a session. */
interface Claim {
  readonly account: string;
  readonly device: number;
  readonly session: SessionId;
}

/** Bounds how many imports a process holds in memory at once, and gives a device to one of them only. */
export class TransferPlaces {
  private readonly taken = new Set<object>();
  private readonly claims = new Map<object, Claim>();

  constructor(private readonly most: number) {}

  /** Throws `LIMIT_REACHED` when every place is taken. */
  take(who: object): void {
    if (this.taken.size >= this.most && !this.taken.has(who))
      throw new WabusError('LIMIT_REACHED', { details: { limit: 'imports of one connector at once', most: this.most } });
    this.taken.add(who);
  }

  /** Throws `ALREADY_PAIRED` while another import takes the same device over. */
  claim(who: object, claim: Claim): void {
    for (const [other, { account, device, session }] of this.claims)
      if (other !== who && account === claim.account && device === claim.device)
        throw new WabusError('ALREADY_PAIRED', {
          message: `This device is being imported into session "${session}" at the moment. Two sessions cannot share one: they would push each other out.`,
          details: { session }
        });
    this.claims.set(who, claim);
  }

  giveBack(who: object): void {
    this.taken.delete(who);
    this.claims.delete(who);
  }
}
