import { Module, type DynamicModule } from '@nestjs/common';
import { McpController } from './mcp.controller.js';
import { Offers } from './mcp.offer.js';
import { ToolBox, ToolSources } from './tools/tool.box.js';

/** Serves MCP clients at `/api/mcp`: tools over the command catalog and the event log, by the same ways as every other door. */
@Module({})
export class McpModule {
  /** `served`: without it there is nothing at the address. */
  static forRoot({ served }: { readonly served: boolean }): DynamicModule {
    return served ? { module: McpModule, controllers: [McpController], providers: [ToolBox, ToolSources, Offers] } : { module: McpModule };
  }
}
