import type { DeviceWire } from '../accounts/account.js';
import type { FinishedHandshake } from '../noise/noise-handshake.js';

/** A connection as pairing sees it: that of a companion which is not linked yet. */
export interface UnlinkedConnection {
  readonly id: string;
  readonly phoneNumber: string | null;
  readonly wire: DeviceWire;
  /** What the client said in the handshake. */
  readonly client: FinishedHandshake | undefined;
  readonly isClosed: boolean;
}
