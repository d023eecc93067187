import type { LinkedAccount } from '@wabus/contracts';
import type { AdoptedDevice } from '../auth-state/auth-state.types.js';
import type { SessionLease } from '../ownership/session-lease.js';
import type { ServedCommands } from './session-commands.js';

/** A device to take over, and the account that it belongs to. */
export interface IncomingDevice extends AdoptedDevice {
  readonly credentials: Readonly<Record<string, unknown>>;
  readonly account: LinkedAccount;
}

/** What transfers of credentials may do with a session, whether it runs or not. */
export interface TransferTarget {
  readonly lease: SessionLease;
  /** Throws `ALREADY_PAIRED` when an account is linked, and `NOT_CONNECTED` while another change of the credentials is in progress. */
  requireVacant(): Promise<void>;
  /**
   * Puts a device from elsewhere in the place of what is there and connects with it, when the session is wanted to run. Gives the number of records stored after each step;
   * one that is ended before leaves the session unlinked. Throws as `requireVacant`.
   */
  adopt(device: IncomingDevice): AsyncGenerator<number, void>;
  /** Credentials and keys, as they are stored. Throws `NOT_PAIRED`, and `INVALID_REQUEST` when the session is not stopped: its keys change while it runs. */
  give(): Promise<AdoptedDevice>;
  /** The credentials, `null` when no account is linked. */
  linkedCredentials(): Promise<Readonly<Record<string, unknown>> | null>;
}

/** Serves the transfers of owned sessions. */
export abstract class SessionTransfers {
  abstract serve(target: TransferTarget): Promise<ServedCommands>;
}
