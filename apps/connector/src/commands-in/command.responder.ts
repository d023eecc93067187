import type { CommandBus, IncomingCommand } from '@wabus/broker';
import {
  COMMAND_CATALOG,
  decodeCommandBody,
  encodeOutcome,
  isCommandName,
  parseCommandArguments,
  parseCommandName,
  WabusError,
  type CommandOutcome,
  type OwnerCommand,
  type SocketCommand
} from '@wabus/contracts';
import type { Logger } from 'pino';
import { SessionCommands, type CommandTarget, type ServedCommands } from '../session/session-commands.js';
import { carry } from './command.table.js';
import type { CommandMetrics } from './command.metrics.js';

/** Serves the commands of running sessions on the command bus: parses, checks the lease, keeps the deadline, answers. */
export class CommandResponder extends SessionCommands {
  constructor(
    private readonly bus: CommandBus,
    private readonly metrics: CommandMetrics,
    private readonly logger: Logger
  ) {
    super();
  }

  async serve(target: CommandTarget): Promise<ServedCommands> {
    const { session, epoch } = target.lease;
    const binding = await this.bus.serve(session, epoch, async command => encodeOutcome(await this.answer(target, command)));
    let stopped: Promise<void> | null = null;
    return { stop: () => (stopped ??= binding.unbind()) };
  }

  private async answer(target: CommandTarget, command: IncomingCommand): Promise<CommandOutcome> {
    const startedAt = performance.now();
    let outcome: CommandOutcome;
    try {
      outcome = { ok: true, data: await this.carryOut(target, command) };
    } catch (thrown) {
      const error = WabusError.from(thrown);
      if (error.code === 'INTERNAL') this.logger.error({ err: thrown, session: command.session }, 'command failed');
      outcome = { ok: false, error: error.toBody() };
    }
    // The name is not known to be one of ours before it was parsed, and a metric must not grow with what callers invent.
    const method = isCommandName(command.method) ? command.method : 'unknown';
    this.metrics.answered(method, outcome.ok ? 'ok' : outcome.error.code, (performance.now() - startedAt) / 1000);
    return outcome;
  }

  private async carryOut(target: CommandTarget, command: IncomingCommand): Promise<unknown> {
    const method = parseOwnerCommand(command.method);
    const request = parseCommandArguments(method, decodeCommandBody(command.body));
    if (!target.lease.isValid()) throw new WabusError('NO_OWNER');
    const remainingMs = command.deadlineAt === null ? COMMAND_CATALOG[method].deadlineMs : command.deadlineAt - Date.now();
    if (remainingMs <= 0) throw new WabusError('TIMEOUT', { message: 'The command arrived after its deadline and was not begun.' });
    return withDeadline(remainingMs, signal => carry(method, target, request, signal));
  }
}

/** A command for the registry reaches an owner only when somebody sends it here by hand. */
function parseOwnerCommand(name: string): OwnerCommand | SocketCommand {
  const method = parseCommandName(name);
  if (COMMAND_CATALOG[method].target !== 'registry') return method as OwnerCommand | SocketCommand;
  throw new WabusError('UNKNOWN_COMMAND', {
    message: `${method} is not carried out by the owner of a session: the edge edits the session's record.`
  });
}

async function withDeadline<T>(remainingMs: number, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const deadline = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => {
        deadline.abort();
        reject(new WabusError('TIMEOUT'));
      },
      Math.min(remainingMs, 2 ** 31 - 1)
    );
  });
  try {
    return await Promise.race([act(deadline.signal), expired]);
  } finally {
    clearTimeout(timer);
  }
}
