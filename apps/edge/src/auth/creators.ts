import { Injectable } from '@nestjs/common';
import type { Creator } from './creator.policy.js';
import type { Principal } from './principal.js';
import { KnownTokens } from './tokens/known-tokens.state.js';

/** What happens to webhooks and durable subscriptions whose token no longer exists. */
export const TOKEN_GONE_POLICIES = ['keep', 'pause', 'delete'] as const;
export type TokenGonePolicy = (typeof TOKEN_GONE_POLICIES)[number];

export abstract class CreatorSettings {
  abstract readonly whenTokenGoes: TokenGonePolicy;
  /** With `delete`: how long a token must be gone before its webhooks and durable subscriptions are deleted, in ms. */
  abstract readonly deleteAfterMs: number;
}

/** Checks whether the creators of something could still create it, for work that continues without a request. */
@Injectable()
export class Creators {
  constructor(
    private readonly known: KnownTokens,
    private readonly settings: CreatorSettings
  ) {}

  /**
   * Returns whether one of the creators' tokens is revoked, expired, or no longer permits what it created. Always `false` without recorded
   * creators, as in records of older releases, and with the policy `keep`.
   */
  anyInvalid(creators: readonly Creator[], permits: (principal: Principal) => boolean): boolean {
    if (this.settings.whenTokenGoes === 'keep') return false;
    const now = Date.now();
    return creators.some(creator => {
      const permissions = this.known.permissionsOf(creator, now);
      return permissions === null || (permissions !== 'unknown' && !permits(permissions));
    });
  }

  /** Calls the listener whenever the result of `anyInvalid` may have changed, except when a token expires. */
  listen(listener: () => void): void {
    if (this.settings.whenTokenGoes !== 'keep') this.known.listen(listener);
  }
}
