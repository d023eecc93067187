import { headers, type Msg } from '@nats-io/transport-node';
import {
  COMMAND_HEADERS,
  commandFilter,
  commandSubject,
  decodeCommandHeaders,
  encodeOutcome,
  invalidIdempotencyKey,
  isIdempotencyKey,
  parseCommandSubject,
  WabusError,
  type SessionId
} from '@wabus/contracts';
import { INBOX_PREFIX } from '../connection/connection.opener.js';
import type { NatsConnection } from '../connection/nats.connection.js';
import { commandError } from '../errors/broker-error.mapper.js';
import { CommandBus, type CommandBinding, type CommandHandler, type IncomingCommand, type OutgoingCommand } from './command-bus.js';
import { StructuredLogger } from '../logging/structured.logger.js';

/** Room for headers within the size that the server takes. */
const HEADER_BYTES = 2_048;
const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const METHOD = /^[A-Za-z0-9_-]{1,64}(\.[A-Za-z0-9_-]{1,64}){0,3}$/;

export class NatsCommandBus extends CommandBus {
  private readonly logger = new StructuredLogger('CommandBus');

  /** @param prefix of the subjects; that of commands when missing */
  constructor(
    private readonly connection: NatsConnection,
    private readonly prefix?: string
  ) {
    super();
  }

  async serve(session: SessionId, epoch: number, handler: CommandHandler): Promise<CommandBinding> {
    const { client } = this.connection;
    const underWay = new Set<Promise<void>>();
    const subscription = client.subscribe(commandFilter(session, this.prefix), {
      callback: (error, message) => {
        if (error || !isInbox(message.reply)) return;
        const outcome = outcomeOf(message, handler, this.prefix);
        const answered = this.answer(message, epoch, outcome).finally(() => underWay.delete(answered));
        underWay.add(answered);
      }
    });
    // Without a connection the client subscribes when it is back.
    if (this.connection.isConnected) await client.flush().catch(() => undefined);
    return {
      unbind: async () => {
        subscription.unsubscribe();
        await Promise.all(underWay);
      }
    };
  }

  async request({ session, method, body, deadlineMs, idempotencyKey }: OutgoingCommand): Promise<string> {
    const { client, isConnected, maxMessageBytes } = this.connection;
    // Neither wildcards nor line breaks may reach a subject or a header.
    if (!METHOD.test(method)) throw new WabusError('UNKNOWN_COMMAND');
    if (idempotencyKey !== undefined && !isIdempotencyKey(idempotencyKey)) throw invalidIdempotencyKey();
    if (Buffer.byteLength(body) > maxMessageBytes - HEADER_BYTES) throw new WabusError('PAYLOAD_TOO_LARGE');
    if (!isConnected) throw new WabusError('BROKER_UNAVAILABLE');
    const header = headers();
    header.set(COMMAND_HEADERS.deadline, new Date(Date.now() + deadlineMs).toISOString());
    if (idempotencyKey !== undefined) header.set(COMMAND_HEADERS.idempotencyKey, idempotencyKey);
    try {
      const reply = await client.request(commandSubject(session, method, this.prefix), body, { timeout: deadlineMs, headers: header });
      return reply.string();
    } catch (error) {
      throw commandError(error);
    }
  }

  private async answer(message: Msg, epoch: number, outcome: Promise<string>): Promise<void> {
    let text: string;
    try {
      text = await outcome;
    } catch (error) {
      this.logger.error({ err: error }, 'a command handler rejected');
      text = encodeOutcome({ ok: false, error: WabusError.from(error).toBody() });
    }
    const header = headers();
    header.set(COMMAND_HEADERS.epoch, String(epoch));
    if (Buffer.byteLength(text) > this.connection.maxMessageBytes - HEADER_BYTES) {
      text = encodeOutcome({
        ok: false,
        error: new WabusError('PAYLOAD_TOO_LARGE', { message: 'The reply is larger than permitted.' }).toBody()
      });
    }
    if (!this.connection.client.isClosed()) message.respond(text, { headers: header });
  }
}

/**
 * Whether a reply goes to somebody who waits for it. The server lets a requester name any subject, also one that only this process may publish on:
 * an answer there would be a forged event, or a key overwritten.
 */
function isInbox(reply: string | undefined): boolean {
  return reply === undefined || reply === '' || reply.startsWith(INBOX_PREFIX);
}

/** What a message is answered with. Rejects only when the handler does: what is no command is refused, and nothing was done. */
async function outcomeOf(message: Msg, handler: CommandHandler, prefix: string | undefined): Promise<string> {
  let command: IncomingCommand;
  try {
    command = decodeCommand(message, prefix);
  } catch (error) {
    return encodeOutcome({ ok: false, error: WabusError.from(error).toBody() });
  }
  return handler(command);
}

function decodeCommand(message: Msg, prefix: string | undefined): IncomingCommand {
  const subject = parseCommandSubject(message.subject, prefix);
  if (subject === null) throw new WabusError('UNKNOWN_COMMAND');
  const { headers: header } = message;
  const values = (header?.keys() ?? []).map(name => [name, header!.values(name)] as const);
  return { ...subject, ...decodeCommandHeaders(values, Date.now()), body: textOf(message) };
}

function textOf(message: Msg): string {
  try {
    return UTF_8.decode(message.data);
  } catch (error) {
    throw new WabusError('INVALID_REQUEST', { message: 'The body of a command must be UTF-8.', cause: error });
  }
}
