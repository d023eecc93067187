import type { CommandRow, Scope } from '@wabus/contracts';
import type { JsonSchema } from '@wabus/contracts/docs';
import type { Principal } from '../../auth/principal.js';

/** Hints that a client may show, or use to ask for confirmation, before it calls a tool (MCP, "tool annotations"). Permissions do not depend on them. */
export interface ToolAnnotations {
  /** Whether the tool changes nothing. */
  readonly readOnlyHint: boolean;
  /** Whether the tool may undo or replace something; `false` if it only adds something. */
  readonly destructiveHint: boolean;
  /** Whether two calls have the same effect as one. */
  readonly idempotentHint: boolean;
  /** Whether the tool interacts with people and servers outside of Wabus. */
  readonly openWorldHint: boolean;
}

/** The hints of a tool that only reads. */
export const LOOKS = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false
} as const satisfies ToolAnnotations;

/**
 * Returns the hints for a command from the catalog. The catalog does not distinguish adding from replacing, so every mutation counts as
 * destructive, and clients ask for confirmation.
 */
export function annotationsOf({ scope, repeatable, target }: Pick<CommandRow, 'scope' | 'repeatable' | 'target'>): ToolAnnotations {
  const reads = scope === 'read';
  return { readOnlyHint: reads, destructiveHint: !reads, idempotentHint: repeatable, openWorldHint: target !== 'registry' };
}

/** A tool as an MCP client sees it. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** The JSON Schema of the arguments, which refers to no other document. */
  readonly inputSchema: JsonSchema;
  readonly annotations: ToolAnnotations;
}

/** Arguments as sent by a client: a JSON object, not validated yet. */
export type ToolInput = Readonly<Record<string, unknown>>;

/** A tool that an MCP client may call. */
export interface Tool {
  readonly name: string;
  /** The scope that a token must have to see the tool, or `null` for any token. The permissions for a call are checked when it is made. */
  readonly scope: Scope | null;
  define(principal: Principal): ToolDefinition;
  /** Returns what the tool found or did, as JSON. Throws `WabusError`. */
  call(principal: Principal, input: ToolInput): Promise<unknown>;
}

/** Returns the schema of the session argument. It lists the sessions that the token names, and is optional if there is only one. */
export function sessionArgument({ sessions }: Principal): { readonly schema: JsonSchema; readonly required: boolean } {
  const schema: JsonSchema = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$', description: 'The id of the session.' };
  if (sessions === '*') return { schema, required: true };
  return { schema: { ...schema, enum: [...sessions] }, required: sessions.length !== 1 };
}

/** Returns the session of a call, not validated yet. Without an argument, it is the only session of the token. */
export function sessionOf({ sessions }: Principal, { session }: ToolInput): unknown {
  return session === undefined && sessions !== '*' && sessions.length === 1 ? sessions[0] : session;
}

/** Returns a schema of arguments with the session prepended and further fields appended. */
export function withSession(principal: Principal, schema: JsonSchema, further: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
  const { properties = {}, required = [], ...rest } = schema as { properties?: Record<string, JsonSchema>; required?: string[] };
  const session = sessionArgument(principal);
  return {
    ...rest,
    type: 'object',
    properties: { session: session.schema, ...properties, ...further },
    required: [...(session.required ? ['session'] : []), ...required],
    additionalProperties: false
  };
}
