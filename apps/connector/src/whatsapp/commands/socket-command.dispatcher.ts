import type { CommandRequest, SocketCommand } from '@wabus/contracts';
import type { ProductCreate, WASocket } from '@whiskeysockets/baileys';
import { addressedArguments } from '../addressing/command-addressing.mapper.js';
import type { RecipientResolver } from '../addressing/recipient.resolver.js';
import { withUploadedImages } from '../sending/message.sender.js';
import { socketArguments } from '../sending/socket-call.policy.js';
import { mapWhatsAppError, whileConnected } from '../sending/whatsapp-error.mapper.js';

/** One call of a command on one connection. */
export interface SocketCall<M extends SocketCommand = SocketCommand> {
  readonly request: CommandRequest<M>;
  /** The caller's correlation id, for the stages of the messages that the call sends. */
  readonly correlation: string | undefined;
}

/** Commands that Wabus implements itself, each in a file of this folder. Baileys' method of the same name runs every other command. */
export type OwnCommands = { readonly [M in SocketCommand]?: (call: SocketCall<M>) => Promise<unknown> };

/** Runs the commands of one connection that is logged in. */
export class SocketCommandDispatcher {
  constructor(
    private readonly socket: WASocket,
    private readonly recipients: RecipientResolver,
    private readonly own: OwnCommands
  ) {}

  /** Resolves to WhatsApp's answer. Throws `WabusError` only. */
  async dispatch<M extends SocketCommand>(command: M, call: SocketCall<M>): Promise<unknown> {
    const own: OwnCommands[M] = this.own[command];
    try {
      return await (own ? own(call) : this.callBaileys(command, call.request));
    } catch (error) {
      throw whileConnected(mapWhatsAppError(error, command), this.socket.ws.isOpen);
    }
  }

  private async callBaileys<M extends SocketCommand>(command: M, request: CommandRequest<M>): Promise<unknown> {
    const method = this.socket[command] as (...args: unknown[]) => Promise<unknown>;
    const args = await addressedArguments(command, socketArguments(command, request), this.recipients);
    return method(...(await this.uploaded(command, args)));
  }

  private async uploaded(command: SocketCommand, args: unknown[]): Promise<unknown[]> {
    if (command !== 'productCreate' && command !== 'productUpdate') return args;
    const product = args.pop() as ProductCreate;
    return [...args, await withUploadedImages(this.socket, product)];
  }
}
