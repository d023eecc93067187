import type { PairingCodeIssued, PasskeyRecord, PasskeyRequest, RestoredSession } from '@wabus/contracts';
import type { ExpiringRecords } from '../auth-state/auth-state.types.js';
import type { SessionLease } from '../ownership/session-lease.js';
import type { WhatsAppSocket } from '../whatsapp/whatsapp-engine.js';

/** What commands may do with a passkey link. Each throws `PASSKEY_NOT_REQUESTED` with the current stage when it does not fit it. */
export interface PasskeyCommands {
  /** How far it is, the data to sign, and the path of a new one-time address when `link` is said. */
  get(link: boolean): PasskeyRequest;
  /** Settles when WhatsApp took the assertion. Throws `INVALID_ARGUMENTS`, `REFUSED_BY_WHATSAPP` and `TIMEOUT`. */
  submit(assertion: unknown, signal: AbortSignal): Promise<PasskeyRecord>;
  /** Throws `REFUSED_BY_WHATSAPP` and `TIMEOUT`. */
  confirm(equal: boolean): Promise<PasskeyRecord>;
  cancel(): PasskeyRecord;
}

/** What commands may do with a session. */
export interface CommandTarget {
  readonly lease: SessionLease;
  /** The store of outcomes of a command that may be repeated. */
  readonly records: ExpiringRecords;
  /** The socket of a session that is open. Throws `NOT_PAIRED` when no account is linked and `NOT_CONNECTED` when there is no connection at the moment. */
  connected(): WhatsAppSocket;
  /**
   * Waits until WhatsApp offers to link, and asks for a pairing code. `phoneNumber` may hold spaces and the like.
   * Throws `ALREADY_PAIRED`, `NOT_CONNECTED` when the session does not try to connect, `TIMEOUT` when `signal` is aborted, `QR_NOT_AVAILABLE` while a passkey link is in progress, and
   * `REFUSED_BY_WHATSAPP`.
   */
  requestPairingCode(request: { phoneNumber: string; customCode?: string; signal: AbortSignal }): Promise<PairingCodeIssued>;
  readonly passkey: PasskeyCommands;
  /**
   * Puts the newest snapshot of the credentials back and connects with it. Throws `ALREADY_PAIRED`, `NOT_FOUND` when there is no snapshot, and `NOT_CONNECTED`
   * when the session is not wanted to run.
   */
  restore(): Promise<RestoredSession>;
}

export interface ServedCommands {
  /** Serves no further command. Settles when those in progress are answered. */
  stop(): Promise<void>;
}

/** Serves the commands of running sessions. */
export abstract class SessionCommands {
  abstract serve(target: CommandTarget): Promise<ServedCommands>;
}
