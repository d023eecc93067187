import type { CommandRequest, SocketCommand } from '@wabus/contracts';
import type { ProductCreate, WASocket } from '@whiskeysockets/baileys';
import { addressedArguments } from '../addressing/command-addressing.mapper.js';
import type { RecipientResolver } from '../addressing/recipient.resolver.js';
import { withUploadedImages } from '../sending/message.sender.js';
import { socketArguments } from '../sending/socket-call.policy.js';
import { mapWhatsAppError, whileConnected } from '../sending/whatsapp-error.mapper.js';

/** One call of a command over one connection. */
export interface SocketCall<M extends SocketCommand = SocketCommand> {
  readonly request: CommandRequest<M>;
  /** What the caller named the call, for the progress of what it sends. */
  readonly correlation: string | undefined;
}

/** Commands that Wabus carries out in a way of its own, each in a file of this room; Baileys' method of the same name carries out the others. */
export type OwnCommands = { readonly [M in SocketCommand]?: (call: SocketCall<M>) => Promise<unknown> };

/** Carries out the commands of one connection that is logged in. */
export class SocketCommandDispatcher {
  constructor(
    private readonly socket: WASocket,
    private readonly recipients: RecipientResolver,
    private readonly own: OwnCommands
  ) {}

  /** Throws `WabusError` only. */
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
