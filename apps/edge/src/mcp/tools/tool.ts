import type { CommandRow, Scope } from '@wabus/contracts';
import type { JsonSchema } from '@wabus/contracts/docs';
import type { Principal } from '../../auth/principal.js';

/** What a client may show or ask before it calls a tool (MCP, "tool annotations"). Hints for people: nothing is permitted or refused by them. */
export interface ToolAnnotations {
  /** It changes nothing. */
  readonly readOnlyHint: boolean;
  /** It may undo or replace something; false when it only adds. */
  readonly destructiveHint: boolean;
  /** Doing it twice has the effect of doing it once. */
  readonly idempotentHint: boolean;
  /** It deals with people and servers outside of Wabus. */
  readonly openWorldHint: boolean;
}

/** What only looks things up. */
export const LOOKS = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false
} as const satisfies ToolAnnotations;

/** What the catalog says of a command. It does not tell adding from replacing: whatever changes something counts as able to destroy, so that clients ask. */
export function annotationsOf({ scope, repeatable, target }: Pick<CommandRow, 'scope' | 'repeatable' | 'target'>): ToolAnnotations {
  const reads = scope === 'read';
  return { readOnlyHint: reads, destructiveHint: !reads, idempotentHint: repeatable, openWorldHint: target !== 'registry' };
}

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

/** How a tool asks for its session: one of those that the token names, and not at all when that is one. */
export function sessionArgument({ sessions }: Principal): { readonly schema: JsonSchema; readonly required: boolean } {
  const schema: JsonSchema = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$', description: 'The id of the session.' };
  if (sessions === '*') return { schema, required: true };
  return { schema: { ...schema, enum: [...sessions] }, required: sessions.length !== 1 };
}

/** The session of a call, not checked yet: the only one of the token when none is named. */
export function sessionOf({ sessions }: Principal, { session }: ToolInput): unknown {
  return session === undefined && sessions !== '*' && sessions.length === 1 ? sessions[0] : session;
}

/** A schema of arguments with the session in front, and with further fields behind. */
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
