import type { Scope } from '@wabus/contracts';
import type { JsonSchema } from '@wabus/contracts/docs';
import type { Principal } from '../../auth/principal.js';
import type { ToolAnnotations } from './tool-annotations.policy.js';

/** A tool as an MCP client sees it. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments, which needs no other document. */
  readonly inputSchema: JsonSchema;
  readonly annotations: ToolAnnotations;
}

/** Arguments as a client sent them: a JSON object in which nothing is trusted. */
export type ToolInput = Readonly<Record<string, unknown>>;

/** Something that an MCP client may call. */
export interface Tool {
  readonly name: string;
  /** What a token must permit to see it; `null` for any token. What a call needs is checked when it is made. */
  readonly scope: Scope | null;
  define(principal: Principal): ToolDefinition;
  /** What the tool found or did, as JSON. Throws `WabusError`. */
  call(principal: Principal, input: ToolInput): Promise<unknown>;
}
