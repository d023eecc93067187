/** The part of the simulator's control API that controls whom an account may contact. docs/simulator.md lists the source of each rule. */

/** A reach-out time lock: messages to people whose token the account does not have are refused with 463. */
export interface ReachLock {
  /** The name that the service uses, such as `RESTRICT_ALL_COMPANIONS`. */
  kind: string;
  /** ISO time. */
  until: string;
}

export interface SetReachArgs {
  phoneNumber: string;
  /** Locks the account for this time; `null` removes the lock. */
  lock?: { kind: string; forMs: number } | null;
  /** Number of new chats that the service allows per cycle, and those already started. */
  quota?: { total: number; used?: number };
  /** Whether the account has a salt for `cstoken`. Without one, the service requires no token unless the account is locked. */
  salt?: boolean;
  /** Whether linked devices are notified of a changed lock, quota or salt. Default: true. */
  announce?: boolean;
}

/** Number of requests that need a token, with and without a valid one. */
export interface TokenTally {
  with: number;
  without: number;
}

export interface ReachReport {
  lock: ReachLock | null;
  quota: { total: number; used: number; state: string };
  salt: boolean;
  /** Messages to numbers and LIDs without an account. */
  toNobody: number;
  /** Messages that were refused with 463. */
  refused: number;
  /** By kind of request: `message`, `resend`, `presence`, `picture`, `about` and `group`. */
  tokens: Record<string, TokenTally>;
}

/** How strict the service is about new chats, for all accounts. */
export interface ReachTerms {
  /** Which accounts have a salt: those with an even phone number, all, or none. */
  salts: 'even' | 'all' | 'none';
  /** Number of messages to numbers without an account that locks the sender; 0: never. */
  nobodyUntilLock: number;
  /** Whether a contact's messages contain the contact's token. */
  tokensInMessages: boolean;
}
