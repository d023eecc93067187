import { COMMAND_CATALOG, Text, WabusError, parseBody, parseCommandName, type CommandName, type CommandRow } from '@wabus/contracts';
import { argumentSchema, exampleOf, requestSchema } from '@wabus/contracts/docs';
import { hasScope } from '../../auth/authorise.policy.js';
import type { Principal } from '../../auth/principal.js';
import { MAX_DEADLINE_MS } from '../../commands-out/command-request.policy.js';
import type { CommandClient } from '../../commands-out/command.client.js';
import { IDEMPOTENCY_KEY, seenByAssistant } from './command.tool.js';
import { LOOKS, sessionOf, withSession, type Tool, type ToolDefinition, type ToolInput } from './tool.js';

/** The arguments of `list_commands`. */
export class ListCommandsRequest {
  @Text('Only commands whose name or description contains this text.', { optional: true, max: 100 })
  search?: string;
}

/** The arguments of `describe_command`. */
export class DescribeCommandRequest {
  @Text('The name of the command, as returned by `list_commands`.', { max: 100 })
  command!: string;
}

const rows = Object.entries(COMMAND_CATALOG) as [CommandName, CommandRow][];

/** `list_commands`: lists every command that the token permits. */
export class CommandListTool implements Tool {
  readonly name = 'list_commands';
  readonly scope = null;

  define(): ToolDefinition {
    return {
      name: this.name,
      description:
        'Lists all commands that you may run, including those without a tool of their own: groups, communities, channels, labels, privacy, business and more. See `describe_command`, then `run_command`.',
      inputSchema: requestSchema(ListCommandsRequest),
      annotations: LOOKS
    };
  }

  async call(principal: Principal, input: ToolInput): Promise<unknown> {
    const { search = '' } = parseBody(ListCommandsRequest, input);
    const wanted = search.toLowerCase();
    const commands = rows
      .filter(([name, { scope, meaning }]) => hasScope(principal, scope) && `${name} ${meaning}`.toLowerCase().includes(wanted))
      .map(([command, { scope, meaning }]) => ({ command, scope, meaning }));
    return { commands };
  }
}

/** `describe_command`: describes the arguments of a command, and what the catalog documents about it. */
export class CommandDescriptionTool implements Tool {
  readonly name = 'describe_command';
  readonly scope = null;

  define(): ToolDefinition {
    return {
      name: this.name,
      description: 'Describes a command: the JSON Schema of its arguments, with an example.',
      inputSchema: requestSchema(DescribeCommandRequest),
      annotations: LOOKS
    };
  }

  async call(_principal: Principal, input: ToolInput): Promise<unknown> {
    const command = parseCommandName(parseBody(DescribeCommandRequest, input).command);
    const { meaning, scope, repeatable, deadlineMs, target }: CommandRow = COMMAND_CATALOG[command];
    return {
      command,
      meaning,
      scope,
      repeatable,
      deadlineMs,
      takesIdempotencyKey: target !== 'registry',
      args: argumentSchema(command),
      example: exampleOf(command)
    };
  }
}

/** `run_command`: runs any command by its name, with every option of the HTTP API. */
export class CommandRunTool implements Tool {
  readonly name = 'run_command';
  readonly scope = null;

  constructor(private readonly commands: CommandClient) {}

  define(principal: Principal): ToolDefinition {
    const properties = {
      command: { type: 'string', description: 'The name of the command.' },
      args: { type: 'object', description: 'Its arguments by name, as returned by `describe_command`.' },
      idempotencyKey: IDEMPOTENCY_KEY,
      deadlineMs: { type: 'integer', minimum: 1, maximum: MAX_DEADLINE_MS, description: 'How long to wait for the reply, in ms.' }
    };
    const onlyReads = rows.every(([, { scope }]) => scope === 'read' || !hasScope(principal, scope));
    return {
      name: this.name,
      description: 'Runs any command by its name.',
      inputSchema: withSession(principal, { properties, required: ['command'] }),
      annotations: { readOnlyHint: onlyReads, destructiveHint: !onlyReads, idempotentHint: false, openWorldHint: true }
    };
  }

  async call(principal: Principal, input: ToolInput): Promise<unknown> {
    const { session: _named, command: method, args, idempotencyKey, deadlineMs, ...unknown } = input;
    const [field] = Object.keys(unknown);
    if (field !== undefined) {
      throw new WabusError('INVALID_REQUEST', {
        message: `There is no argument ${JSON.stringify(field.slice(0, 100))}: put the arguments of the command into args.`,
        details: { field: field.slice(0, 100) }
      });
    }
    const session = sessionOf(principal, input);
    return seenByAssistant(method, await this.commands.execute(principal, { session, method, args, idempotencyKey, deadlineMs }));
  }
}
