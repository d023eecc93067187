import type { CommandBus, IncomingCommand } from '@wabus/broker';
import {
  COMMAND_CATALOG,
  decodeCommandBody,
  encodeOutcome,
  invalidIdempotencyKey,
  isIdempotencyKey,
  isCommandName,
  parseCommandArguments,
  parseCommandName,
  WabusError,
  type CommandOutcome,
  type CommandRow,
  type OwnerCommand,
  type SocketCommand
} from '@wabus/contracts';
import type { Logger } from 'pino';
import type { MediaDesk } from '../media/media.desk.js';
import { SessionCommands, type CommandTarget, type ServedCommands } from '../session/session-commands.js';
import { newMessageId } from '../whatsapp/whatsapp-engine.js';
import type { CommandMetrics } from './command.metrics.js';
import { carry, type CommandTerms } from './command.table.js';
import { IdempotencyStore } from './idempotency.store.js';
import { KeyedCommandRunner, type Attempt } from './keyed-command.runner.js';

export interface ResponderParts {
  readonly bus: CommandBus;
  readonly metrics: CommandMetrics;
  readonly logger: Logger;
  readonly media: MediaDesk;
  /** How long a command with an idempotency key is remembered. */
  readonly idempotencyTtlMs: number;
}

/** One session whose commands are served. */
interface Served {
  readonly target: CommandTarget;
  readonly keyed: KeyedCommandRunner;
}

/** A command whose arguments are valid. */
interface ParsedCommand {
  readonly method: OwnerCommand | SocketCommand;
  readonly request: object;
  readonly remainingMs: number;
}

/** Serves the commands of running sessions on the command bus: parses, checks the lease, keeps the deadline, carries out once what has an idempotency key, answers. */
export class CommandResponder extends SessionCommands {
  constructor(private readonly parts: ResponderParts) {
    super();
  }

  async serve(target: CommandTarget): Promise<ServedCommands> {
    const { bus, logger, idempotencyTtlMs } = this.parts;
    const { session, epoch } = target.lease;
    const keyed = new KeyedCommandRunner(new IdempotencyStore(target.records, idempotencyTtlMs), logger.child({ session }));
    const binding = await bus.serve(session, epoch, async command => encodeOutcome(await this.answer({ target, keyed }, command)));
    let stopped: Promise<void> | null = null;
    return { stop: () => (stopped ??= binding.unbind()) };
  }

  private async answer(served: Served, command: IncomingCommand): Promise<CommandOutcome> {
    const startedAt = performance.now();
    const outcome = await this.outcomeOf(() => this.serveOne(served, command), command);
    // The name is not known to be one of ours before it was parsed, and a metric must not grow with what callers invent.
    const method = isCommandName(command.method) ? command.method : 'unknown';
    this.parts.metrics.answered(method, outcome.ok ? 'ok' : outcome.error.code, (performance.now() - startedAt) / 1000);
    return outcome;
  }

  private async outcomeOf(act: () => Promise<CommandOutcome>, { session }: IncomingCommand): Promise<CommandOutcome> {
    try {
      return await act();
    } catch (thrown) {
      const error = WabusError.from(thrown);
      if (error.code === 'INTERNAL') this.parts.logger.error({ err: thrown, session }, 'command failed');
      return { ok: false, error: error.toBody() };
    }
  }

  private async serveOne({ target, keyed }: Served, command: IncomingCommand): Promise<CommandOutcome> {
    const parsed = parseCommand(command);
    const { media } = this.parts;
    const key = command.idempotencyKey;
    if (key === null)
      return withDeadline(parsed.remainingMs, signal => carryOut(target, parsed, { signal, media, messageId: null, correlation: null }));
    if (!isIdempotencyKey(key)) throw invalidIdempotencyKey();
    const { method, request } = parsed;
    const keyedCommand = { method, key, request, messageId: messageIdFor(parsed) };
    // A caller that waits no longer may still ask later what became of it.
    const limitMs = Math.max(parsed.remainingMs, COMMAND_CATALOG[method].deadlineMs);
    const attempt: Attempt = messageId =>
      this.outcomeOf(
        () => withDeadline(limitMs, signal => carryOut(target, parsed, { signal, media, messageId, correlation: key })),
        command
      );
    return withDeadline(parsed.remainingMs, () => keyed.run(keyedCommand, attempt));
  }
}

function parseCommand(command: IncomingCommand): ParsedCommand {
  const method = parseOwnerCommand(command.method);
  const request = parseCommandArguments(method, decodeCommandBody(command.body));
  const remainingMs = command.deadlineAt === null ? COMMAND_CATALOG[method].deadlineMs : command.deadlineAt - Date.now();
  if (remainingMs <= 0) throw new WabusError('TIMEOUT', { message: 'The command arrived after its deadline and was not begun.' });
  return { method, request, remainingMs };
}

async function carryOut(target: CommandTarget, { method, request }: ParsedCommand, terms: CommandTerms): Promise<CommandOutcome> {
  if (!target.lease.isValid()) throw new WabusError('NO_OWNER');
  return { ok: true, data: await carry(method, target, request as never, terms) };
}

/** The id for the message of a first attempt: the caller's, or a new one. */
function messageIdFor({ method, request }: ParsedCommand): string | null {
  const row: CommandRow = COMMAND_CATALOG[method];
  if (!row.takesMessageId) return null;
  return (request as { options?: { messageId?: string } }).options?.messageId ?? newMessageId();
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
