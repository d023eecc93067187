import type { JsonSchema } from '@wabus/contracts/docs';
import type { Principal } from '../../auth/principal.js';
import type { ToolInput } from './tool.js';

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
