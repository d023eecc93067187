import type { Scope } from './token-record.js';

export const LOGIN_KEYS = 'login.*';
export const loginKey = (id: string): string => `login.${id}`;
export const loginCodeKey = (id: string): string => `code.${id}`;
export const LAST_USE_KEYS = 'used.*';
export const lastUseKey = (shard: string): string => `used.${shard}`;

/** Where the page of the console logs in and out. */
export const LOGIN_PATH = '/api/login';
/** A header that the page sends with each request: other sites cannot, so it stands for `Origin` where browsers leave that out. */
export const CONSOLE_HEADER = 'x-wabus-console';

/** A browser that is logged in to the console, as administrators see it. */
export interface LoginView {
  /** Identifies the login without revealing its cookie. */
  id: string;
  /** Id of the token that the login was made with. The login permits what this token permits, and ends with it. */
  token: string;
  /** The user agent of the browser; `null` if it sent none. */
  agent: string | null;
  /** ISO times. */
  createdAt: string;
  expiresAt: string;
  /** When the login was last used, to the minute; `null` before the first use is stored. */
  lastUsedAt: string | null;
  /** Whether this request was made with this login. */
  current: boolean;
}

/** The reply to a login: what it permits. The secret is in the cookie alone. */
export interface LoginReply {
  id: string;
  expiresAt: string;
}

/** A code that logs one browser in, once. */
export interface LoginCode {
  code: string;
  /** ISO time. */
  expiresAt: string;
}

/** To which token something belongs that outlives a request. */
export interface TokenBond {
  /** Id of the principal. */
  token: string;
  /** What a static token permitted: one that permits something else now is another one. `null` for a JWT. */
  grant: string | null;
  /** What a JWT permitted, of which nothing else is kept. */
  jwt: null | {
    sessions: '*' | string[];
    scopes: Scope[];
    expiresAt: string | null;
    /** Ids of the denials that would end it. */
    denials: string[];
    /** ms since 1970; missing when the JWT does not say. */
    issuedAt?: number;
    /** When what it made has lost its maker, ms since 1970; missing when the next JWT of its subject counts as the same. */
    endsAt?: number;
  };
}

/** What is stored of a login. */
export interface LoginRecord extends TokenBond {
  id: string;
  /** SHA-256 of the secret in the cookie, hexadecimal. */
  hash: string;
  agent: string | null;
  createdAt: string;
  expiresAt: string;
}

/** What is stored of a code. */
export interface LoginCodeRecord extends TokenBond {
  hash: string;
  expiresAt: string;
}
