import { Module, type DynamicModule } from '@nestjs/common';
import type { ShareLimits } from '../auth/share.limiter.js';
import { McpController, McpLimiter } from './mcp.controller.js';
import { Offers } from './mcp.catalog.js';
import { ToolRegistry, ToolSources } from './tools/tool.registry.js';

/** Serves MCP clients at `/api/mcp`: tools over the command catalog and the event log, with the same checks as every other API. */
@Module({})
export class McpModule {
  /** @param served whether the endpoint exists */
  static register({ served, limits }: { readonly served: boolean; readonly limits: ShareLimits }): DynamicModule {
    if (!served) return { module: McpModule };
    const limiter = { provide: McpLimiter, useValue: new McpLimiter(limits) };
    return { module: McpModule, controllers: [McpController], providers: [limiter, ToolRegistry, ToolSources, Offers] };
  }
}
