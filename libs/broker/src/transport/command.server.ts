import { headers, type Msg, type NatsConnection as NatsClient } from '@nats-io/transport-node';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Server } from '@nestjs/microservices/server/server.js';
import {
  COMMAND_HEADERS,
  commandFilter,
  decodeCommandHeaders,
  encodeOutcome,
  parseCommandName,
  parseCommandSubject,
  TRANSFER_PREFIX,
  WabusError,
  type SessionId
} from '@wabus/contracts';
import { STAGES, tracing } from '@wabus/runtime/tracing';
import { isObservable, lastValueFrom } from 'rxjs';
import { INBOX_PREFIX } from '../connection/connection-opener.js';
import type { NatsConnection } from '../connection/nats-connection.js';
import { StructuredLogger } from '../logging/structured.logger.js';
import { withDeadline } from './command-deadline.js';
import { CommandContext } from './command.context.js';
import { HEADER_BYTES } from './command.proxy.js';

const UTF_8 = new TextDecoder('utf-8', { fatal: true });
/** Deadline of a pattern that was registered without one. */
const DEFAULT_DEADLINE_MS = 30_000;

export interface SessionBinding {
  /**
   * Stops serving: later callers immediately get `NO_OWNER`, as do callers whose command is still on its way to this process.
   * Resolves when the commands in progress have been answered.
   */
  unbind(): Promise<void>;
}

/**
 * The transport of commands: a Nest strategy whose patterns are the methods of the catalog and whose subjects follow the sessions that this process owns.
 * Register each method with `addHandler(method, handler, false, { deadlineMs })`.
 * A handler receives the body as JSON text and a `CommandContext`; it returns the data of the reply or throws.
 * Deadlines and errors are handled here only: a `WabusError` becomes an error outcome, and any other error becomes `INTERNAL` without details.
 */
export class CommandServer<Owner = unknown> extends Server implements CustomTransportStrategy {
  override readonly transportId = Symbol('wabus-commands');
  private readonly failures = new StructuredLogger('command-server');
  private readonly bindings = new Set<SessionBinding>();

  /** @param prefix of the subjects; default: that of commands */
  constructor(
    private readonly connection: NatsConnection,
    private readonly prefix?: string
  ) {
    super();
  }

  /** Ready immediately, because there are no subscriptions before a session is bound. */
  listen(ready: () => void): void {
    ready();
  }

  /** Unbinds every session that is still bound. */
  async close(): Promise<void> {
    await Promise.all([...this.bindings].map(binding => binding.unbind()));
  }

  /** Nest's own listeners are not supported: `Broker` reports the state of the connection. */
  on(): void {}

  unwrap<T = NatsClient>(): T {
    return this.connection.client as T;
  }

  /**
   * Serves the commands of one session for as long as this process owns it. Resolves when the NATS server has registered the subscription.
   * @param epoch part of every reply
   * @param owner available to handlers as `context.owner`
   */
  async bind(session: SessionId, epoch: number, owner: Owner): Promise<SessionBinding> {
    const { client } = this.connection;
    const underWay = new Set<Promise<void>>();
    let isBound = true;
    const subscription = client.subscribe(commandFilter(session, this.prefix), {
      callback: (error, message) => {
        if (error || !isInbox(message.reply)) return;
        if (!isBound) return this.respond(message, epoch, NO_OWNER);
        const served = this.receive(message, epoch, owner).finally(() => underWay.delete(served));
        underWay.add(served);
      }
    });
    let unbound: Promise<unknown> | null = null;
    const binding: SessionBinding = {
      unbind: async () => {
        this.bindings.delete(binding);
        isBound = false;
        // Commands that the server has already sent still arrive while the subscription drains: a caller without an answer would wait for its deadline.
        unbound ??= this.connection.isConnected ? subscription.drain() : Promise.resolve(subscription.unsubscribe());
        await Promise.all([unbound, ...underWay]);
      }
    };
    this.bindings.add(binding);
    // Without a connection, the client subscribes when it reconnects.
    if (this.connection.isConnected) await client.flush().catch(() => undefined);
    return binding;
  }

  /**
   * Resolves a method without a handler of its own, such as an alias, to its registered name.
   * Throws `UNKNOWN_COMMAND`, which names the replacement if there is one.
   */
  protected nameOf(method: string): string {
    return parseCommandName(method);
  }

  /** Resolves when the command has been answered; never rejects. */
  private receive(message: Msg, epoch: number, owner: Owner): Promise<void> {
    const context = new CommandContext(message.subject, owner);
    return new Promise(settle =>
      this.runWithProcessingHooks(context, async finished => {
        let outcome: string;
        try {
          outcome = encodeOutcome({ ok: true, data: await this.handle(message, context) });
        } catch (thrown) {
          outcome = encodeOutcome({ ok: false, error: this.failed(context, thrown).toBody() });
        }
        this.respond(message, epoch, outcome);
        finished();
        settle();
      })
    );
  }

  private async handle(message: Msg, context: CommandContext<Owner>): Promise<unknown> {
    const subject = parseCommandSubject(message.subject, this.prefix);
    if (subject === null) throw new WabusError('UNKNOWN_COMMAND');
    Object.assign(context, subject);
    const values = (message.headers?.keys() ?? []).map(name => [name, message.headers!.values(name)] as const);
    const { deadlineAt, idempotencyKey } = decodeCommandHeaders(values, Date.now());
    const body = textOf(message);
    // Nest first parses a pattern as JSON and catches the error, which costs more than everything else.
    const handler = this.messageHandlers.get(context.method) ?? this.messageHandlers.get(this.nameOf(context.method));
    if (handler === undefined) throw new WabusError('UNKNOWN_COMMAND');
    const { deadlineMs = DEFAULT_DEADLINE_MS } = handler.extras as { deadlineMs?: number };
    context.idempotencyKey = idempotencyKey;
    context.remainingMs = deadlineAt === null ? deadlineMs : deadlineAt - Date.now();
    const serve = (): Promise<unknown> =>
      withDeadline(context.remainingMs, async signal => {
        context.signal = signal;
        const result: unknown = await handler(body, context);
        return isObservable(result) ? lastValueFrom(result, { defaultValue: undefined }) : result;
      });
    if (!tracing.isOn || this.prefix !== undefined) return serve();
    const parent = message.headers?.get(COMMAND_HEADERS.traceparent) || undefined;
    return tracing.run(tracing.begin(STAGES.serve(context.session, context.method), parent), serve);
  }

  private failed(context: CommandContext<Owner>, thrown: unknown): WabusError {
    const error = WabusError.from(thrown);
    if (error.code === 'INTERNAL') this.failures.error({ err: thrown, session: context.session }, 'command failed');
    context.outcome = error.code;
    return error;
  }

  private respond(message: Msg, epoch: number, outcome: string): void {
    const header = headers();
    header.set(COMMAND_HEADERS.epoch, String(epoch));
    const isTooLarge = Buffer.byteLength(outcome) > this.connection.maxMessageBytes - HEADER_BYTES;
    if (!this.connection.client.isClosed()) message.respond(isTooLarge ? TOO_LARGE : outcome, { headers: header });
  }
}

/** The server for the steps of a credential transfer, on subjects that only edges and connectors may use. */
export class TransferServer<Owner = unknown> extends CommandServer<Owner> {
  constructor(connection: NatsConnection) {
    super(connection, TRANSFER_PREFIX);
  }

  protected override nameOf(): never {
    throw new WabusError('UNKNOWN_COMMAND');
  }
}

const TOO_LARGE = encodeOutcome({
  ok: false,
  error: new WabusError('PAYLOAD_TOO_LARGE', { message: 'The reply is larger than NATS permits.' }).toBody()
});

const NO_OWNER = encodeOutcome({ ok: false, error: new WabusError('NO_OWNER').toBody() });

/**
 * Returns whether a reply subject is an inbox. NATS lets a requester name any subject, including one that only this process may publish to:
 * a reply there would be a forged event, or an overwritten key.
 */
function isInbox(reply: string | undefined): boolean {
  return reply === undefined || reply === '' || reply.startsWith(INBOX_PREFIX);
}

function textOf(message: Msg): string {
  try {
    return UTF_8.decode(message.data);
  } catch (error) {
    throw new WabusError('INVALID_REQUEST', { message: 'The body of a command must be UTF-8.', cause: error });
  }
}
