import { Injectable } from '@nestjs/common';
import { CommandServer, withDeadline, type CommandContext } from '@wabus/broker';
import {
  COMMAND_CATALOG,
  decodeCommandBody,
  parseCommandArguments,
  WabusError,
  type CommandName,
  type CommandRow,
  type OwnerCommand,
  type SocketCommand
} from '@wabus/contracts';
import { Log } from '@wabus/runtime';
import { SessionMediaService } from '../media/session-media.service.js';
import { SessionCommands, type CommandTarget, type ServedCommands } from '../session/session-commands.js';
import { newMessageId } from '../whatsapp/whatsapp-engine.js';
import { CommandMetrics } from './command.metrics.js';
import { dispatch } from './command.table.js';
import { IdempotencyStore } from './idempotency.store.js';
import { KeyedCommandRunner } from './keyed-command.runner.js';

/** The settings of the command service. */
export abstract class CommandsInSettings {
  /** How long the outcome of a command with an idempotency key is kept, in ms. */
  abstract readonly idempotencyTtlMs: number;
}

/** One session whose commands are served. */
interface ServedSession {
  readonly target: CommandTarget;
  readonly keyed: KeyedCommandRunner;
}

/** Registers every row of the command catalog with the transport, and binds the sessions that run in this process to it. */
@Injectable()
export class CommandResponder extends SessionCommands {
  constructor(
    private readonly server: CommandServer<ServedSession>,
    private readonly media: SessionMediaService,
    private readonly settings: CommandsInSettings,
    private readonly log: Log,
    metrics: CommandMetrics
  ) {
    super();
    for (const [method, row] of Object.entries(COMMAND_CATALOG) as [CommandName, CommandRow][]) {
      const handler =
        row.target === 'registry' ? () => refuseRegistryCommand(method) : this.execute.bind(this, method as OwnerCommand | SocketCommand);
      server.addHandler(method, handler, false, { deadlineMs: row.deadlineMs });
    }
    server.setOnProcessingEndHook((_transport, context) => metrics.answered(context as CommandContext));
  }

  async serve(target: CommandTarget): Promise<ServedCommands> {
    const { session, epoch } = target.lease;
    const store = new IdempotencyStore(target.records, this.settings.idempotencyTtlMs);
    const keyed = new KeyedCommandRunner(store, this.log.for('commands-in').child({ session }));
    const binding = await this.server.bind(session, epoch, { target, keyed });
    let stopped: Promise<void> | null = null;
    return { stop: () => (stopped ??= binding.unbind()) };
  }

  /** Returns the data of the reply. Throws `WabusError`. */
  private async execute(
    method: OwnerCommand | SocketCommand,
    body: string,
    { owner: { target, keyed }, idempotencyKey: key, remainingMs, signal }: CommandContext<ServedSession>
  ): Promise<unknown> {
    const { media } = this;
    const request: object = parseCommandArguments(method, decodeCommandBody(body));
    const command = { method, target, request };
    if (key === null) return dispatch(command, { signal, media, messageId: null, correlation: null });
    // A caller that no longer waits may repeat the command later.
    const limitMs = Math.max(remainingMs, COMMAND_CATALOG[method].deadlineMs);
    return keyed.runOnce({ method, key, request, messageId: messageIdFor(method, request) }, messageId =>
      withDeadline(limitMs, attempt => dispatch(command, { signal: attempt, media, messageId, correlation: key }))
    );
  }
}

/** Returns the message id of a first attempt: the caller's, or a new one. */
function messageIdFor(method: CommandName, request: object): string | null {
  const row: CommandRow = COMMAND_CATALOG[method];
  if (!row.takesMessageId) return null;
  return (request as { options?: { messageId?: string } }).options?.messageId ?? newMessageId();
}

/** A registry command reaches an owner only if a client sends it here directly. */
function refuseRegistryCommand(method: CommandName): Promise<never> {
  const message = `The owner of a session does not handle ${method}: edges do, by changing the record of the session.`;
  return Promise.reject(new WabusError('UNKNOWN_COMMAND', { message }));
}
