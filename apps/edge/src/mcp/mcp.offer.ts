import { Injectable } from '@nestjs/common';
import { hasScope } from '../auth/authorise.policy.js';
import type { Principal } from '../auth/principal.js';
import { RESOURCE_TEMPLATES, resourceAt, RESOURCES, type ResourceRow } from './resources.table.js';
import { ToolBox } from './tools/tool.box.js';
import type { ToolResult } from './tools/tool-result.codec.js';
import type { ToolDefinition } from './tools/tool.js';

/** What one token is offered over MCP. The protocol around it is somebody else's. */
export interface Offer {
  tools(): readonly ToolDefinition[];
  resources(): readonly ResourceRow[];
  templates(): readonly ResourceRow[];
  /** Outcome of a tool; `null` when there is none of this name. Never throws. */
  call(name: string, input: unknown): Promise<ToolResult | null>;
  /** What stands at an address; `null` when nothing can. Never throws. */
  read(uri: string): Promise<ToolResult | null>;
}

/** Makes the offer for a token: anew for each request, so that a change of what it permits counts at once. */
@Injectable()
export class Offers {
  constructor(private readonly tools: ToolBox) {}

  to(principal: Principal): Offer {
    const readable = (rows: readonly ResourceRow[]): readonly ResourceRow[] => (hasScope(principal, 'read') ? rows : []);
    return {
      tools: () => this.tools.list(principal),
      resources: () => readable(RESOURCES),
      templates: () => readable(RESOURCE_TEMPLATES),
      call: (name, input) => this.tools.call(principal, name, input),
      read: async uri => {
        const resource = resourceAt(uri);
        return resource && this.tools.call(principal, resource.tool, resource.input);
      }
    };
  }
}
