/**
 * The scopes of tokens: `read` (status, history), `send` (messages, groups, contacts), `control` (lifecycle of sessions, profile, and giving something up),
 * `admin` (everything).
 */
export const SCOPES = ['read', 'send', 'control', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** The bucket of access tokens, of edges only: hashes, never tokens. */
export const TOKENS_BUCKET = 'WABUS_TOKENS';

export const TOKEN_KEYS = 'token.*';
export const DENIAL_KEYS = 'denied.*';
export const tokenKey = (id: string): string => `token.${id}`;
export const denialKey = (id: string): string => `denied.${id}`;

/** An access token as its administrators see it. */
export interface TokenView {
  /** Identifies the token without revealing it: the first characters of its hash. */
  id: string;
  name: string;
  /** The sessions that the token may use; `*` for all, including those created later. */
  sessions: '*' | string[];
  scopes: Scope[];
  /** ISO times. */
  createdAt: string;
  /** Id of the token that created this one. */
  createdBy: string;
  /** When the token expires; `null` for never. */
  expiresAt: string | null;
  /** When the token was last used, to the minute; `null` before its first use. */
  lastUsedAt: string | null;
}

/** The reply to creating a token: the only time its secret is shown. */
export interface IssuedToken extends TokenView {
  token: string;
}

/** What is stored of a token. */
export interface TokenRecord extends Omit<TokenView, 'lastUsedAt'> {
  /** SHA-256 of the token, hexadecimal. */
  hash: string;
}

/** JWTs that are refused although their signature is valid: one by its `jti`, or all that were issued to a subject until `deniedAt`. */
export interface TokenDenial {
  id: string;
  kind: 'jti' | 'subject';
  value: string;
  deniedAt: string;
  deniedBy: string;
}

/** What the token of a request permits, for clients that offer only what they may do. */
export interface PrincipalView {
  /** Identifies the token, or the subject of the JWT, without revealing it. */
  id: string;
  /** The sessions that the token may use; `*` for all, including those created later. */
  sessions: '*' | string[];
  /** `admin` includes the other scopes. */
  scopes: Scope[];
  /** ISO time at which the token expires; `null` for never. */
  expiresAt: string | null;
}
