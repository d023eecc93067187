import type { SessionId } from '@wabus/contracts';

export interface IncomingCommand {
  readonly session: SessionId;
  readonly method: string;
  /** JSON text as it was sent. */
  readonly body: string;
  /** When the caller stops waiting, in ms since 1970. */
  readonly deadlineAt: number | null;
  readonly idempotencyKey: string | null;
}

/** Turns a command into the JSON text of its outcome. It must not reject: an error is an outcome. */
export type CommandHandler = (command: IncomingCommand) => Promise<string>;

export interface CommandBinding {
  /** Stops serving: a later caller gets `NO_OWNER` at once. Settles when commands under way are answered. */
  unbind(): Promise<void>;
}

export interface OutgoingCommand {
  readonly session: SessionId;
  readonly method: string;
  readonly body: string;
  readonly deadlineMs: number;
  readonly idempotencyKey?: string;
}

/** Request and reply between whoever wants something of a session and the connector that owns it. */
export abstract class CommandBus {
  /** Serves the commands of one session, at run time, for as long as this process owns it. `epoch` goes with each reply. Settles when the server knows of it. */
  abstract serve(session: SessionId, epoch: number, handler: CommandHandler): Promise<CommandBinding>;

  /**
   * Sends a command and settles with the JSON text of its outcome.
   * Throws `NO_OWNER` (nobody serves the session; nothing was done), `TIMEOUT` (no answer in `deadlineMs`; it may have been done), `BROKER_UNAVAILABLE`, `PAYLOAD_TOO_LARGE`.
   */
  abstract request(command: OutgoingCommand): Promise<string>;
}

/** The same between the same two, for credentials that move: on subjects of their own, which nobody else may read or write. */
export abstract class TransferBus extends CommandBus {}
