import type { LinkRefusal } from '@wabus/testing';

/** Why a phone could not link: what the person reads, and a reason for programs. */
export class PairingError extends Error {
  override readonly name = 'PairingError';

  constructor(
    readonly reason: LinkRefusal,
    message: string
  ) {
    super(message);
  }
}
