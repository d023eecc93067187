import type { Scope } from './token-record.js';

export const LOGIN_KEYS = 'login.*';
export const loginKey = (id: string): string => `login.${id}`;
export const loginCodeKey = (id: string): string => `code.${id}`;
export const LAST_USE_KEYS = 'used.*';
export const lastUseKey = (shard: string): string => `used.${shard}`;

/** The path at which the console logs in and out. */
export const LOGIN_PATH = '/api/login';
/** A header that the console sends with every request. Other sites cannot send it, so it replaces `Origin` where browsers omit that header. */
export const CONSOLE_HEADER = 'x-wabus-console';

/** A browser that is logged in to the console, as administrators see it. */
export interface LoginView {
  /** Identifies the login without revealing its cookie. */
  id: string;
  /** The id of the token that was used to log in. The login permits what this token permits, and ends with it. */
  token: string;
  /** The user agent of the browser; `null` if it sent none. */
  agent: string | null;
  /** ISO times. */
  createdAt: string;
  expiresAt: string;
  /** When the login was last used, as an ISO time to the minute; `null` before the first use is stored. */
  lastUsedAt: string | null;
  /** Whether this login was used for the request. */
  current: boolean;
}

/** The reply to a login. Only the cookie contains the secret. */
export interface LoginReply {
  id: string;
  expiresAt: string;
}

/** A code that logs in one browser, once. */
export interface LoginCode {
  code: string;
  /** When the code expires, as an ISO time. */
  expiresAt: string;
}

/** The token to which a stored object, such as a login, belongs. */
export interface TokenBond {
  /** The id of the principal. */
  token: string;
  /** What a static token permitted. A token that now permits something else counts as another one. `null` for a JWT. */
  grant: string | null;
  /** What a JWT permitted. Nothing else of the JWT is stored. */
  jwt: null | {
    sessions: '*' | string[];
    scopes: Scope[];
    expiresAt: string | null;
    /** The ids of the denials that would end it. */
    denials: string[];
    /** When the JWT was issued, in ms since 1970; missing if the JWT does not state it. */
    issuedAt?: number;
    /**
     * When the objects that it created lose their creator, in ms since 1970. Missing for a JWT with a subject, because the next JWT of the subject counts as
     * the same creator.
     */
    endsAt?: number;
  };
}

/** A login as stored. */
export interface LoginRecord extends TokenBond {
  id: string;
  /** The SHA-256 of the secret in the cookie, in hex. */
  hash: string;
  agent: string | null;
  createdAt: string;
  expiresAt: string;
}

/** A login code as stored. */
export interface LoginCodeRecord extends TokenBond {
  hash: string;
  expiresAt: string;
}
