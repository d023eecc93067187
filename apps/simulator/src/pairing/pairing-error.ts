import type { LinkRefusal } from '@wabus/testing';

/** Thrown if a phone cannot link: the message for the user, and a reason for programs. */
export class PairingError extends Error {
  override readonly name = 'PairingError';

  constructor(
    readonly reason: LinkRefusal,
    message: string
  ) {
    super(message);
  }
}
