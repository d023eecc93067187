import type { Scope, SessionId } from '@wabus/contracts';

/** Who makes a request, and what the token permits. */
export interface Principal {
  /** Names the token in logs without revealing it. */
  readonly id: string;
  /** The sessions it may reach; `*` for all, also those created later. */
  readonly sessions: '*' | readonly SessionId[];
  readonly scopes: readonly Scope[];
}
