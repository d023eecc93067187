import type { Scope } from '../commands/command-row.js';

/** What the token of a request permits, for clients that offer only what they may do. */
export interface PrincipalView {
  /** Names the token, or the subject of a JWT, without revealing it. */
  id: string;
  /** The sessions it may reach; `*` for all, also those created later. */
  sessions: '*' | string[];
  /** `admin` includes the others. */
  scopes: Scope[];
  /** ISO time from which on it permits nothing any more; `null` for never. */
  expiresAt: string | null;
}
