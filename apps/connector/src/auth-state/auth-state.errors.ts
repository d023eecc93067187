/** `unknown-key`: encrypted with a key that is not in the key file; `damaged`: changed, moved to another name, or not ours at all. */
export type UnreadableReason = 'unknown-key' | 'damaged';

/** Stored auth state cannot be decrypted. It is left as it is: an operator must bring back the key, or delete the session. */
export class AuthStateUnreadableError extends Error {
  override readonly name = 'AuthStateUnreadableError';

  constructor(
    readonly reason: UnreadableReason,
    message: string
  ) {
    super(message);
  }
}
