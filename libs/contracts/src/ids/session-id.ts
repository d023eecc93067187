declare const brand: unique symbol;

/** The id of a session: one WhatsApp login. One to 64 characters of `A-Z a-z 0-9 _ -`, so it is a NATS token, a path segment and a key as it is. */
export type SessionId = string & { readonly [brand]: 'SessionId' };

export const SESSION_ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

export function isSessionId(value: unknown): value is SessionId {
  return typeof value === 'string' && SESSION_ID_PATTERN.test(value);
}
