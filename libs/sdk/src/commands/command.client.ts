import { COMMANDS, type CommandArguments, type CommandName, type CommandReplies } from '../generated/command.catalog.js';
import { WabusError } from '../errors/wabus.error.js';
import type { EdgeLink } from '../link/edge-link.js';
import { bytesAsJson } from './argument-bytes.codec.js';

/** Additional time, after the server's own deadline, for the reply to arrive. */
const WAY_BACK_MS = 1_000;

/** Options of a command. */
export interface CommandOptions {
  /** The session. Default: the session of the client. */
  readonly session?: string;
  /** How long to wait for the reply, including repetitions, in ms. Default: the value of the catalog for the command. */
  readonly deadlineMs?: number;
  /**
   * The idempotency key: 1 to 128 visible ASCII characters. The command runs once, however often it is sent with the same key within a day. By default, each
   * call gets a new key, which protects against lost connections but not against a restart of this process.
   */
  readonly idempotencyKey?: string;
}

type Outcome = { ok: true; data: unknown } | { ok: false; error: unknown };

/** Sends commands and waits for their outcome. */
export class CommandSender {
  constructor(
    private readonly link: EdgeLink,
    private readonly defaultSession: string | undefined
  ) {}

  /**
   * Runs a command and returns the data of its reply. If the connection is lost, the command is sent again, provided that this is safe: it is repeatable, or it
   * has an idempotency key.
   * @throws {WabusError} the server's error; `INVALID_REQUEST` without a session; `UNREACHABLE` if the command was never sent; `TIMEOUT` if its outcome is
   * unknown; `CLOSED`, not `certain`, if the client was closed after sending it
   */
  async execute<M extends CommandName>(
    method: M,
    args: CommandArguments[M] | readonly unknown[],
    { session = this.defaultSession, deadlineMs = COMMANDS[method].deadlineMs, idempotencyKey }: CommandOptions = {}
  ): Promise<CommandReplies[M]> {
    if (session === undefined) {
      throw new WabusError('INVALID_REQUEST', {
        message: 'Pass a session: the client has no default session.',
        details: { field: 'session' }
      });
    }
    const { repeatable, takesKey } = COMMANDS[method];
    const key = idempotencyKey ?? (takesKey && !repeatable ? globalThis.crypto.randomUUID() : undefined);
    const deadlineAt = performance.now() + deadlineMs;
    const json = bytesAsJson(args);
    for (let wasSent = false; ; wasSent = true) {
      await this.connection(deadlineAt, wasSent);
      const remainingMs = Math.max(1, Math.ceil(deadlineAt - performance.now()));
      const outcome = await this.send({
        session,
        method,
        args: json,
        deadlineMs: remainingMs,
        ...(key === undefined ? {} : { idempotencyKey: key })
      });
      if (outcome === 'expired') throw new WabusError('TIMEOUT');
      if (outcome === 'disconnected') {
        if (this.link.isClosed) throw closedMeanwhile();
        if (key === undefined && !repeatable)
          throw new WabusError('TIMEOUT', { message: 'The connection was lost before the reply arrived.' });
        continue;
      }
      if (!outcome.ok) throw wasSent ? ofRepetition(WabusError.fromBody(outcome.error)) : WabusError.fromBody(outcome.error);
      return outcome.data as CommandReplies[M];
    }
  }

  private async connection(deadlineAt: number, wasSent: boolean): Promise<void> {
    this.link.open();
    try {
      await this.link.awaitConnection(Math.max(0, deadlineAt - performance.now()));
    } catch (error) {
      throw wasSent ? new WabusError('TIMEOUT', { cause: error }) : error;
    }
  }

  private send(data: { readonly deadlineMs: number; readonly [field: string]: unknown }): Promise<Outcome | 'expired' | 'disconnected'> {
    return new Promise(resolve => {
      this.link.ask({ event: 'command', data, waitMs: data.deadlineMs + WAY_BACK_MS }, (answer, none) =>
        resolve(none ?? (answer as Outcome))
      );
    });
  }
}

/** The server is certain only about this attempt, and not about the one whose reply was lost. */
function ofRepetition(error: WabusError): WabusError {
  const { code, message, details, retryable } = error;
  return error.certain && retryable ? new WabusError(code, { message, retryable, certain: false, ...(details && { details }) }) : error;
}

function closedMeanwhile(): WabusError {
  return new WabusError('CLOSED', {
    message: 'The client was closed before the reply arrived. The command may have run.',
    certain: false
  });
}
