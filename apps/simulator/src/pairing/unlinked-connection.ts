import type { DeviceWire } from '../accounts/account.js';
import type { FinishedHandshake } from '../noise/noise-handshake.js';

/** The parts of a connection that pairing uses, for a companion that is not linked yet. */
export interface UnlinkedConnection {
  readonly id: string;
  readonly phoneNumber: string | null;
  readonly wire: DeviceWire;
  /** The client's data from the handshake. */
  readonly client: FinishedHandshake | undefined;
  readonly isClosed: boolean;
}
