import { Injectable } from '@nestjs/common';
import { errors, headers } from '@nats-io/transport-node';
import { COMMANDS, WabusError, type CommandArguments, type CommandName, type CommandReplies } from '@wabus/sdk/catalog';
import { isKind } from '../connection/nats-errors.mapper.js';
import { traceHeaders } from '../connection/open-telemetry.adapter.js';
import { WabusConnection } from '../connection/wabus-connection.js';
import { EDGE_COMMANDS, splitArguments, type CallOptions, type OwnerCommandName, type WabusSession } from './wabus-session.js';

const SESSION = /^[A-Za-z0-9_-]{1,64}$/;
const KEY = /^[\x21-\x7e]{1,128}$/;
/** Additional time for the reply to arrive, because the owner replies at the deadline at the latest. */
const WAY_BACK_MS = 500;
/** Reserved for the headers within the maximum message size of NATS. */
const HEADER_BYTES = 2_048;
const METHODS = (Object.keys(COMMANDS) as CommandName[]).filter(
  (name): name is OwnerCommandName => !(EDGE_COMMANDS as readonly string[]).includes(name)
);

/** Sends commands directly to the connector that owns the session. The NATS user needs the permission `command`. */
@Injectable()
export class WabusCommands {
  constructor(private readonly connection: WabusConnection) {}

  /** Returns the commands of a session: `wabus.session('sales').sendMessage(jid, { text: 'hello' }, { idempotencyKey: context.id })`. */
  session(session: string, options: CallOptions = {}): WabusSession {
    const methods = METHODS.map(method => [
      method,
      (...given: unknown[]) => {
        const { args, options: own } = splitArguments(method, given);
        return this.execute(session, method, args, { ...options, ...own });
      }
    ]);
    return {
      ...(Object.fromEntries(methods) as Omit<WabusSession, 'with'>),
      with: further => this.session(session, { ...options, ...further })
    };
  }

  /**
   * Runs a command and returns the data of its reply. The command is not sent again after a failure: if the handler throws, the event is handled again, and
   * sends the command with the same key.
   * @throws {WabusError} the owner's error; `NO_OWNER` if no connector runs the session (nothing was done); `UNREACHABLE` without a connection to NATS, and
   * `PAYLOAD_TOO_LARGE` for arguments that exceed the message size of NATS (nothing was sent); `TIMEOUT` if no reply arrived (it may have been done);
   * `FORBIDDEN` if the NATS user may not send commands to this session; `INVALID_REQUEST` for an invalid session or key; `CLOSED` if the connection was closed
   */
  async execute<M extends OwnerCommandName>(
    session: string,
    method: M,
    args: CommandArguments[M] | readonly unknown[],
    options: CallOptions = {}
  ): Promise<CommandReplies[M]> {
    const { idempotencyKey, deadlineMs = COMMANDS[method].deadlineMs } = options;
    if (!SESSION.test(session)) throw invalid('session', 'A session id must be 1 to 64 characters from A-Z, a-z, 0-9, _ and -.');
    if (idempotencyKey !== undefined && !KEY.test(idempotencyKey))
      throw invalid('idempotencyKey', 'An idempotency key must be 1 to 128 visible ASCII characters without spaces.');
    const body = encodeArguments(args);
    const deadlineAt = performance.now() + deadlineMs;
    const client = await this.connection.ready(deadlineMs);
    const waitMs = Math.max(1, Math.ceil(deadlineAt - performance.now()));
    if (Buffer.byteLength(body) > (client.info?.max_payload ?? Infinity) - HEADER_BYTES) throw new WabusError('PAYLOAD_TOO_LARGE');
    const header = headers();
    header.set('Wabus-Deadline', new Date(Date.now() + waitMs).toISOString());
    if (idempotencyKey !== undefined) header.set('Wabus-Idempotency-Key', idempotencyKey);
    for (const [name, value] of traceHeaders(this.connection.options.openTelemetry)) header.set(name, value);
    try {
      const reply = await client.request(`wa.cmd.${session}.${method}`, body, { timeout: waitMs + WAY_BACK_MS, headers: header });
      return dataOf(reply.string()) as CommandReplies[M];
    } catch (error) {
      throw asWabusError(error);
    }
  }
}

function invalid(field: string, message: string): WabusError {
  return new WabusError('INVALID_REQUEST', { message, details: { field } });
}

/** Encodes bytes in the form of Baileys' `BufferJSON`. */
function encodeArguments(args: unknown): string {
  return JSON.stringify({ args }, function (this: Record<string, unknown>, name, value: unknown) {
    const given = this[name];
    return given instanceof Uint8Array ? { type: 'Buffer', data: Buffer.from(given).toString('base64') } : value;
  });
}

function dataOf(text: string): unknown {
  const outcome = parsed(text);
  if (outcome?.ok === true) return outcome.data;
  throw WabusError.fromBody(outcome?.error);
}

function parsed(text: string): { ok?: unknown; data?: unknown; error?: unknown } | null {
  try {
    return JSON.parse(text) as { ok?: unknown };
  } catch {
    return null;
  }
}

function asWabusError(thrown: unknown): WabusError {
  if (thrown instanceof WabusError) return thrown;
  if (isKind(thrown, errors.NoRespondersError)) return new WabusError('NO_OWNER', { cause: thrown });
  if (isKind(thrown, errors.PermissionViolationError))
    return new WabusError('FORBIDDEN', { message: 'The NATS user is not permitted to send commands to this session.', cause: thrown });
  if (isKind(thrown, errors.ClosedConnectionError) || isKind(thrown, errors.DrainingConnectionError))
    return new WabusError('CLOSED', { cause: thrown });
  // This includes a lost connection, because the request may have been sent before.
  return new WabusError('TIMEOUT', { cause: thrown });
}
