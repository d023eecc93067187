import type { Account } from '../accounts/account.js';
import type { Stanza } from '../stanza/stanza.js';
import { worldSlot } from './world-slot.js';

/** What a business account says about itself. */
export interface Business {
  /** The profile's elements by tag (`address`, `email`, several `website` …). */
  readonly profile: Map<string, Stanza[]>;
  /** `<product>` elements by product id, oldest first. */
  readonly products: Map<string, Stanza>;
}

/** The businesses of one world: accounts become one by saying something about it. */
export class BusinessRegistry {
  private readonly businesses = new Map<Account, Business>();
  private sequence = 0;

  of(account: Account): Business {
    const known = this.businesses.get(account);
    if (known) return known;
    const fresh: Business = { profile: new Map(), products: new Map() };
    this.businesses.set(account, fresh);
    return fresh;
  }

  find(account: Account): Business | undefined {
    return this.businesses.get(account);
  }

  nextProductId(): string {
    return String(7_000_000_000 + ++this.sequence);
  }
}

export const businessesOf = worldSlot(() => new BusinessRegistry());
