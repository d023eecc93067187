/**
 * The scopes of tokens: `read` (status, history), `send` (messages, groups, contacts), `control` (lifecycle of sessions, profile, and changes that cannot be
 * undone), `admin` (everything).
 */
export const SCOPES = ['read', 'send', 'control', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** The bucket of access tokens, which only edges use. It contains hashes and never tokens. */
export const TOKENS_BUCKET = 'WABUS_TOKENS';

export const TOKEN_KEYS = 'token.*';
export const DENIAL_KEYS = 'denied.*';
export const tokenKey = (id: string): string => `token.${id}`;
export const denialKey = (id: string): string => `denied.${id}`;

/** An access token as administrators see it. */
export interface TokenView {
  /** Identifies the token without revealing it: the first characters of its hash. */
  id: string;
  name: string;
  /** The sessions that the token may use; `*` for all, including those created later. */
  sessions: '*' | string[];
  scopes: Scope[];
  /** When the token was created, as an ISO time. */
  createdAt: string;
  /** The id of the token that created this one. */
  createdBy: string;
  /** When the token expires, as an ISO time; `null` for never. */
  expiresAt: string | null;
  /** When the token was last used, as an ISO time to the minute; `null` before its first use. */
  lastUsedAt: string | null;
}

/** The reply to the creation of a token. Only this reply contains the secret. */
export interface IssuedToken extends TokenView {
  token: string;
}

/** A token as stored. */
export interface TokenRecord extends Omit<TokenView, 'lastUsedAt'> {
  /** The SHA-256 of the token, in hex. */
  hash: string;
}

/** A denial of JWTs whose signature is valid: of one JWT by its `jti`, or of all JWTs that were issued to a subject until `deniedAt`. */
export interface TokenDenial {
  id: string;
  kind: 'jti' | 'subject';
  value: string;
  deniedAt: string;
  deniedBy: string;
}

/** What the token of the request permits, for clients that offer only permitted actions. */
export interface PrincipalView {
  /** Identifies the token, or the subject of the JWT, without revealing it. */
  id: string;
  /** The sessions that the token may use; `*` for all, including those created later. */
  sessions: '*' | string[];
  /** `admin` includes the other scopes. */
  scopes: Scope[];
  /** When the token expires, as an ISO time; `null` for never. */
  expiresAt: string | null;
}
