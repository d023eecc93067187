import { Injectable } from '@nestjs/common';
import { WabusError } from '@wabus/contracts';
import { Log, type Logger } from '@wabus/runtime';
import { hasScope } from '../../auth/authorise.policy.js';
import type { Principal } from '../../auth/principal.js';
import { CommandClient } from '../../commands-out/command.client.js';
import { SessionRegistryStore } from '../../commands-out/session.registry.store.js';
import { EventPager } from '../../events-in/event-pager.js';
import { KnownPeople } from '../../read-models/reading/known-people.js';
import { ReadModels, SearchLimiter } from '../../read-models/reading/read-models.js';
import { CommandDescriptionTool, CommandListTool, CommandRunTool } from './catalog-tools.js';
import { CommandTool } from './command.tool.js';
import { EventTool } from './event.tool.js';
import { MODEL_LISTS, ModelTool } from './model.tool.js';
import { COMMAND_TOOLS, SHORT_LIST, SHORTCUTS } from './offered-tools.js';
import { SessionListTool } from './session-list.tool.js';
import { ShortcutTool } from './shortcut.tool.js';
import { refusalOf, resultOf, type ToolResult } from './tool-result.codec.js';
import type { Tool, ToolDefinition, ToolInput } from './tool.js';

/** The data sources of tools. */
@Injectable()
export class ToolSources {
  constructor(
    readonly pager: EventPager,
    readonly models: ReadModels,
    readonly registry: SessionRegistryStore,
    readonly searches: SearchLimiter,
    readonly people: KnownPeople
  ) {}
}

/** All tools, listed for each token according to its permissions. Stores nothing about clients. */
@Injectable()
export class ToolRegistry {
  private readonly tools: ReadonlyMap<string, Tool>;
  private readonly logger: Logger;

  constructor(commands: CommandClient, sources: ToolSources, log: Log) {
    this.logger = log.for('mcp');
    const tools: Tool[] = [
      new SessionListTool(commands),
      ...MODEL_LISTS.map(row => new ModelTool(row, sources)),
      new EventTool(sources.pager, sources.people),
      ...SHORTCUTS.map(shortcut => new ShortcutTool(shortcut, commands)),
      ...COMMAND_TOOLS.map(method => new CommandTool(method, commands)),
      new CommandListTool(),
      new CommandDescriptionTool(),
      new CommandRunTool(commands)
    ];
    this.tools = new Map(tools.map(tool => [tool.name, tool]));
  }

  /** Returns the tools whose scope the token has: those of the short list in order, then the others if `all` is set. */
  list(principal: Principal, all: boolean): ToolDefinition[] {
    const short = SHORT_LIST.map(name => this.tools.get(name)!);
    const others = all ? [...this.tools.values()].filter(({ name }) => !SHORT_LIST.includes(name)) : [];
    return [...short, ...others].filter(({ scope }) => scope === null || hasScope(principal, scope)).map(tool => tool.define(principal));
  }

  /** Returns the result of a call, also if it fails, or `null` if the tool does not exist. Never throws. */
  async call(principal: Principal, name: string, input: unknown): Promise<ToolResult | null> {
    const tool = this.tools.get(name);
    if (tool === undefined) return null;
    try {
      return resultOf(await tool.call(principal, inputOf(input)));
    } catch (thrown) {
      const error = WabusError.from(thrown);
      if (error.code === 'INTERNAL') this.logger.error({ err: error.cause ?? error, tool: name }, 'tool failed');
      return refusalOf(error);
    }
  }
}

function inputOf(input: unknown): ToolInput {
  if (input === undefined) return {};
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as ToolInput;
  throw new WabusError('INVALID_REQUEST', { message: 'The arguments of a tool must be a JSON object.', details: { field: 'arguments' } });
}
