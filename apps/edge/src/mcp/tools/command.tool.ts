import { COMMAND_CATALOG, type CommandName, type CommandRow, type Scope } from '@wabus/contracts';
import { argumentSchema, type JsonSchema } from '@wabus/contracts/docs';
import type { Principal } from '../../auth/principal.js';
import type { CommandClient } from '../../commands-out/command.client.js';
import { seenByAssistant } from './secret-reply.policy.js';
import { sessionOf, withSession } from './session-argument.policy.js';
import { annotationsOf } from './tool-annotations.policy.js';
import { toolNameOf } from './tool-name.policy.js';
import type { Tool, ToolDefinition, ToolInput } from './tool.js';

export const IDEMPOTENCY_KEY: JsonSchema = {
  type: 'string',
  pattern: '^[\\x21-\\x7e]{1,128}$',
  description: 'A text of your choice: when the call fails uncertainly, repeat it with the same one and it is carried out once.'
};

/** A command of the catalog as a tool: its arguments beside the session. */
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
