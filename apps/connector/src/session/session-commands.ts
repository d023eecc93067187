import type { PairingCodeIssued, PasskeyRecord, PasskeyRequest, RestoredSession } from '@wabus/contracts';
import type { ExpiringRecords } from '../auth-state/auth-state.types.js';
import type { SessionLease } from '../ownership/session-lease.js';
import type { WhatsAppSocket } from '../whatsapp/whatsapp-engine.js';

/** The commands for a passkey link. Each throws `PASSKEY_NOT_REQUESTED` with the current stage if it does not fit that stage. */
export interface PasskeyCommands {
  /** Returns the stage, the data to sign and, with `link`, the path of a new one-time address. */
  get(link: boolean): PasskeyRequest;
  /** Resolves once WhatsApp has accepted the assertion. Throws `INVALID_ARGUMENTS`, `REFUSED_BY_WHATSAPP` and `TIMEOUT`. */
  submit(assertion: unknown, signal: AbortSignal): Promise<PasskeyRecord>;
  /** Throws `REFUSED_BY_WHATSAPP` and `TIMEOUT`. */
  confirm(equal: boolean): Promise<PasskeyRecord>;
  cancel(): PasskeyRecord;
}

/** The operations of a session for commands. */
export interface CommandTarget {
  readonly lease: SessionLease;
  /** The store of outcomes of repeatable commands. */
  readonly records: ExpiringRecords;
  /** Returns the socket of an open session. Throws `NOT_PAIRED` if no account is linked and `NOT_CONNECTED` if there is no connection at the moment. */
  connected(): WhatsAppSocket;
  /**
   * Waits until WhatsApp offers to link, and requests a pairing code. `phoneNumber` may contain spaces and punctuation.
   * Throws `ALREADY_PAIRED`, `NOT_CONNECTED` if the session does not try to connect, `TIMEOUT` if `signal` is aborted, `QR_NOT_AVAILABLE` while a passkey link
   * is in progress, and `REFUSED_BY_WHATSAPP`.
   */
  requestPairingCode(request: { phoneNumber: string; customCode?: string; signal: AbortSignal }): Promise<PairingCodeIssued>;
  readonly passkey: PasskeyCommands;
  /**
   * Restores the newest snapshot of the credentials and connects with it.
   * Throws `ALREADY_PAIRED`, `NOT_FOUND` if there is no snapshot, and `NOT_CONNECTED` if its record does not request the session to run.
   */
  restore(): Promise<RestoredSession>;
}

export interface ServedCommands {
  /** Accepts no further command. Resolves once those in progress are answered. */
  stop(): Promise<void>;
}

/** Serves the commands of running sessions. */
export abstract class SessionCommands {
  abstract serve(target: CommandTarget): Promise<ServedCommands>;
}
