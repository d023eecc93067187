import type { LinkedAccount } from '@wabus/contracts';
import type { AdoptedDevice } from '../auth-state/auth-state.types.js';
import type { SessionLease } from '../ownership/session-lease.js';
import type { ServedCommands } from './session-commands.js';

/** A device to adopt, and its account. */
export interface IncomingDevice extends AdoptedDevice {
  readonly credentials: Readonly<Record<string, unknown>>;
  readonly account: LinkedAccount;
}

/** The operations of a session for credential transfers, whether it runs or not. */
export interface TransferTarget {
  readonly lease: SessionLease;
  /** Throws `ALREADY_PAIRED` if an account is linked, and `NOT_CONNECTED` while another change of the credentials is in progress. */
  requireVacant(): Promise<void>;
  /**
   * Replaces the stored device with an imported one and, if the session is supposed to run, connects with it.
   * Yields the number of records stored after each step; an import that ends early leaves the session unlinked. Throws like `requireVacant`.
   */
  adopt(device: IncomingDevice): AsyncGenerator<number, void>;
  /**
   * Returns credentials and keys as stored. Throws `NOT_PAIRED`, and `INVALID_REQUEST` if the session is not stopped, because its keys change while it runs.
   */
  give(): Promise<AdoptedDevice>;
  /** Returns the credentials; `null` if no account is linked. */
  linkedCredentials(): Promise<Readonly<Record<string, unknown>> | null>;
}

/** Serves the transfers of owned sessions. */
export abstract class SessionTransfers {
  abstract serve(target: TransferTarget): Promise<ServedCommands>;
}
