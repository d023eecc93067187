import { Injectable } from '@nestjs/common';
import type { Creator } from './creator.policy.js';
import type { Principal } from './principal.js';
import { KnownTokens } from './tokens/known-tokens.state.js';

/** The policy for webhooks and durable subscriptions of a token that is gone. */
export const TOKEN_GONE_POLICIES = ['keep', 'pause', 'delete'] as const;
export type TokenGonePolicy = (typeof TOKEN_GONE_POLICIES)[number];

export abstract class CreatorSettings {
  abstract readonly whenTokenGoes: TokenGonePolicy;
  /** With `delete`: how long a token must be gone before what it made is deleted, in ms. */
  abstract readonly deleteAfterMs: number;
}

/** Whether the creators of something could still create it: for work that continues without a request. */
@Injectable()
export class Creators {
  constructor(
    private readonly known: KnownTokens,
    private readonly settings: CreatorSettings
  ) {}

  /**
   * Whether one of the tokens behind something is revoked, expired, or no longer permits it. `false` for what has no creator on record, as in records of older releases,
   * and always with the policy `keep`.
   */
  anyInvalid(creators: readonly Creator[], permits: (principal: Principal) => boolean): boolean {
    if (this.settings.whenTokenGoes === 'keep') return false;
    const now = Date.now();
    return creators.some(creator => {
      const permissions = this.known.permissionsOf(creator, now);
      return permissions === null || (permissions !== 'unknown' && !permits(permissions));
    });
  }

  /** Calls the listener whenever the answer of `anyGone` may have changed, apart from tokens that expire. */
  listen(listener: () => void): void {
    if (this.settings.whenTokenGoes !== 'keep') this.known.listen(listener);
  }
}
