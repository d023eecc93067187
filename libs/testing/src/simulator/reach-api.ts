/** The part of the simulator's control API that is about whom an account may write to. docs/simulator.md says where each rule comes from. */

/** A reach-out time lock: messages to people whose token the account does not have are refused with 463. */
export interface ReachLock {
  /** As the service names it, such as `RESTRICT_ALL_COMPANIONS`. */
  kind: string;
  /** ISO time. */
  until: string;
}

export interface SetReachArgs {
  phoneNumber: string;
  /** Locks the account for this long; `null` lifts the lock. */
  lock?: { kind: string; forMs: number } | null;
  /** New chats that the service lets the account begin in a cycle, and those begun already. */
  quota?: { total: number; used?: number };
  /** Whether the account has a salt for `cstoken`. Without one the service demands no token of it while it is not locked. */
  salt?: boolean;
  /** Whether linked devices are notified of a changed lock, quota or salt; yes if missing. */
  announce?: boolean;
}

/** Requests in which the service expects a token, by whether there was one that counts. */
export interface TokenTally {
  with: number;
  without: number;
}

export interface ReachReport {
  lock: ReachLock | null;
  quota: { total: number; used: number; state: string };
  salt: boolean;
  /** Messages to numbers and LIDs that nobody has. */
  toNobody: number;
  /** Messages that were refused with 463. */
  refused: number;
  /** By kind of request: `message`, `resend`, `presence`, `picture`, `about` and `group`. */
  tokens: Record<string, TokenTally>;
}

/** How strict the service is about it, for all accounts. */
export interface ReachTerms {
  /** Which accounts have a salt: those with an even phone number, all, or none. */
  salts: 'even' | 'all' | 'none';
  /** So many messages to numbers that nobody has lock the account; 0: never. */
  nobodyUntilLock: number;
  /** Whether what a contact writes carries the contact's token. */
  tokensInMessages: boolean;
}
