import { COMMAND_CATALOG, type CommandName, type CommandRow, type PasskeyRequest, type Scope } from '@wabus/contracts';
import { argumentSchema, type JsonSchema } from '@wabus/contracts/docs';
import type { Principal } from '../../auth/principal.js';
import type { CommandClient } from '../../commands-out/command.client.js';
import { annotationsOf, sessionOf, withSession, type Tool, type ToolDefinition, type ToolInput } from './tool.js';

/**
 * Returns the reply of a command without data that an assistant must not see. The data to sign is sensitive while it is valid, and useless
 * without a browser; a user gets it at the one-time address.
 */
export function seenByAssistant(method: unknown, reply: unknown): unknown {
  if (method !== 'getPasskey') return reply;
  const { options: _options, ...rest } = reply as PasskeyRequest;
  return rest;
}

/** Returns the name of a command as assistants write it: `sendMessage` is `send_message`, `getBotListV2` is `get_bot_list_v2`. */
export function toolNameOf(command: string): string {
  return command.replace(/[A-Z]+/g, letters => `_${letters.toLowerCase()}`);
}

export const IDEMPOTENCY_KEY: JsonSchema = {
  type: 'string',
  pattern: '^[\\x21-\\x7e]{1,128}$',
  description:
    'A string of your choice. If the outcome of a call is uncertain, repeat the call with the same string: the command runs only once.'
};

/** A command of the catalog as a tool, with the session in addition to the command's arguments. */
export class CommandTool implements Tool {
  readonly name: string;
  readonly scope: Scope;
  private readonly row: CommandRow;

  constructor(
    private readonly method: CommandName,
    private readonly commands: CommandClient
  ) {
    this.row = COMMAND_CATALOG[method];
    this.name = toolNameOf(method);
    this.scope = this.row.scope;
  }

  define(principal: Principal): ToolDefinition {
    const { meaning, target, repeatable } = this.row;
    const takesKey = target !== 'registry' && !repeatable;
    return {
      name: this.name,
      description: meaning,
      inputSchema: withSession(principal, argumentSchema(this.method), takesKey ? { idempotencyKey: IDEMPOTENCY_KEY } : {}),
      annotations: annotationsOf(this.row)
    };
  }

  async call(principal: Principal, input: ToolInput): Promise<unknown> {
    const { session: _named, idempotencyKey, ...args } = input;
    const session = sessionOf(principal, input);
    return seenByAssistant(this.method, await this.commands.execute(principal, { session, method: this.method, args, idempotencyKey }));
  }
}
