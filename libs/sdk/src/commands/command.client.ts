import { COMMANDS, type CommandArguments, type CommandName, type CommandReplies } from '../generated/command.catalog.js';
import { WabusError } from '../errors/wabus.error.js';
import type { EdgeLink } from '../link/edge-link.js';

/** The answer has this much time to come back after the server's own deadline. */
const WAY_BACK_MS = 1_000;

/** How a command is carried out. */
export interface CommandOptions {
  /** The session; that of the client when missing. */
  readonly session?: string;
  /** How long to wait, with all repetitions, ms. From the catalog when missing. */
  readonly deadlineMs?: number;
  /**
   * A key of your own, 1 to 128 visible ASCII characters: the command is carried out once, however often it is sent with the same key in a day. One is made for each call when
   * missing, which covers losses of the connection but no restart of this process.
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
   * Carries out a command. When the connection is lost meanwhile it is sent again if that is safe: if it changes nothing twice, or under its idempotency key. Rejects with a
   * `WabusError`: what the server answers; `UNREACHABLE` when it was never sent; `TIMEOUT` when the outcome is unknown; `CLOSED`, uncertain, when the client was closed after it was sent.
   */
  async execute<M extends CommandName>(
    method: M,
    args: CommandArguments[M] | readonly unknown[],
    { session = this.defaultSession, deadlineMs = COMMANDS[method].deadlineMs, idempotencyKey }: CommandOptions = {}
  ): Promise<CommandReplies[M]> {
    if (session === undefined) {
      throw new WabusError('INVALID_REQUEST', {
        message: 'Name a session: the client has no default session.',
        details: { field: 'session' }
      });
    }
    const { repeatable, takesKey } = COMMANDS[method];
    const key = idempotencyKey ?? (takesKey && !repeatable ? globalThis.crypto.randomUUID() : undefined);
    const deadlineAt = performance.now() + deadlineMs;
    for (let wasSent = false; ; wasSent = true) {
      await this.connection(deadlineAt, wasSent);
      const remainingMs = Math.max(1, Math.ceil(deadlineAt - performance.now()));
      const outcome = await this.send({
        session,
        method,
        args,
        deadlineMs: remainingMs,
        ...(key === undefined ? {} : { idempotencyKey: key })
      });
      if (outcome === 'expired') throw new WabusError('TIMEOUT');
      if (outcome === 'disconnected') {
        if (this.link.isClosed) throw closedMeanwhile();
        if (key === undefined && !repeatable)
          throw new WabusError('TIMEOUT', { message: 'The connection was lost before the answer came.' });
        continue;
      }
      if (!outcome.ok) throw WabusError.fromBody(outcome.error);
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

function closedMeanwhile(): WabusError {
  return new WabusError('CLOSED', {
    message: 'The client was closed before the answer came. The command may have been carried out.',
    certain: false
  });
}
