import { Module, RequestMethod, type DynamicModule, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { McpController } from './mcp.controller.js';
import { McpDoor } from './mcp.door.js';
import { Offers } from './mcp.offer.js';
import { McpSettings } from './mcp.settings.js';
import { ToolBox } from './tools/tool.box.js';

/** Serves MCP clients at `/api/mcp`: tools over the command catalog and the event log, by the same ways as every other door. */
@Module({})
export class McpModule implements NestModule {
  constructor(private readonly settings: McpSettings) {}

  static forRoot(settings: McpSettings): DynamicModule {
    const provided = { provide: McpSettings, useValue: settings };
    if (!settings.enabled) return { module: McpModule, providers: [provided] };
    return { module: McpModule, controllers: [McpController], providers: [provided, ToolBox, Offers] };
  }

  configure(consumer: MiddlewareConsumer): void {
    if (this.settings.enabled) consumer.apply(McpDoor).forRoutes({ path: 'api/mcp', method: RequestMethod.ALL });
  }
}
