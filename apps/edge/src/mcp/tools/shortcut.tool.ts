import { COMMAND_CATALOG, Flag, Jid, Text, UserJid, parseBody, type CommandName, type CommandRow, type Scope } from '@wabus/contracts';
import { requestSchema } from '@wabus/contracts/docs';
import type { Principal } from '../../auth/principal.js';
import type { CommandClient } from '../../commands-out/command.client.js';
import { IDEMPOTENCY_KEY } from './command.tool.js';
import { annotationsOf, sessionOf, withSession, type Tool, type ToolDefinition, type ToolInput } from './tool.js';

/** The arguments of `send_text`. */
export class SendTextRequest {
  @Jid('The recipient.')
  jid!: string;

  @Text('The text.', { max: 65_536 })
  text!: string;
}

/** The arguments of `react`. */
export class ReactRequest {
  @Jid('The chat of the message.')
  jid!: string;

  @Text('The id of the message: `key.id`.', { max: 128 })
  messageId!: string;

  @Text('One emoji; an empty string removes the reaction.', { min: 0, max: 64 })
  emoji!: string;

  @Flag('Whether the account of the session sent the message: `key.fromMe`.', { optional: true })
  fromMe?: boolean;

  @UserJid('The author of the message, in a group: `key.participant`.', { optional: true })
  participant?: string;
}

/** A simplified use of a command that has many arguments. */
export interface Shortcut<Request extends object = object> {
  readonly name: string;
  readonly meaning: string;
  readonly command: CommandName;
  readonly request: new () => Request;
  /** Returns the arguments of the command. */
  argsOf(request: Request): object;
  /** Whether this use only adds something, although the command can also undo or replace something. */
  readonly onlyAdds: boolean;
}

/** A tool that runs a command with a few arguments instead of all. */
export class ShortcutTool implements Tool {
  readonly name: string;
  readonly scope: Scope;
  private readonly row: CommandRow;

  constructor(
    private readonly shortcut: Shortcut,
    private readonly commands: CommandClient
  ) {
    this.row = COMMAND_CATALOG[shortcut.command];
    this.name = shortcut.name;
    this.scope = this.row.scope;
  }

  define(principal: Principal): ToolDefinition {
    const { name, meaning, request, onlyAdds } = this.shortcut;
    return {
      name,
      description: meaning,
      inputSchema: withSession(principal, requestSchema(request), { idempotencyKey: IDEMPOTENCY_KEY }),
      annotations: { ...annotationsOf(this.row), destructiveHint: !onlyAdds }
    };
  }

  async call(principal: Principal, input: ToolInput): Promise<unknown> {
    const { session: _named, idempotencyKey, ...own } = input;
    const { request, command: method } = this.shortcut;
    const args = this.shortcut.argsOf(parseBody(request, own));
    return this.commands.execute(principal, { session: sessionOf(principal, input), method, args, idempotencyKey });
  }
}
