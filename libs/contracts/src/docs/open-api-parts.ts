import { schemaRef, type JsonSchema, type Reference } from './async-api.types.js';

/** The parts of OpenAPI 3.1 that the document uses. A test in `tools/docs` validates the document. */
export interface OpenApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly style?: 'simple' | 'form';
  readonly explode?: boolean;
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security?: readonly Record<string, readonly string[]>[];
  readonly parameters?: readonly (OpenApiParameter | Reference)[];
  readonly requestBody?: JsonSchema;
  readonly responses: Record<string, JsonSchema>;
  readonly [extension: `x-${string}`]: unknown;
}

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: Record<string, unknown>;
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly security: readonly Record<string, readonly string[]>[];
  readonly paths: Record<string, Record<string, OpenApiOperation>>;
  readonly components: Record<string, Record<string, unknown>>;
}

/** Parameters that many operations share, as `components` of the document. */
export const SESSION_PARAMETER: OpenApiParameter = {
  name: 'session',
  in: 'path',
  description: 'The id of the session.',
  required: true,
  schema: schemaRef('SessionId')
};
export const IDEMPOTENCY_KEY_PARAMETER: OpenApiParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Chosen by the caller. A command that is repeated with the same key runs once. Applies to commands that the owner of the session runs.',
  required: false,
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,128}$' }
};
export const SESSION_REF: Reference = { $ref: '#/components/parameters/session' };
export const KEY_REF: Reference = { $ref: '#/components/parameters/idempotencyKey' };

export function jsonBody(schema: JsonSchema, example: unknown, required: boolean): JsonSchema {
  return { required, content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } } };
}

export function jsonReply(description: string, schema: JsonSchema): JsonSchema {
  return { description, content: { 'application/json': { schema } } };
}

/** Returns a path in camel case: `groups/{jid}/invite-code` becomes `GroupsJidInviteCode`. */
export function camel(path: string): string {
  return path
    .split(/[^A-Za-z0-9]+/)
    .filter(word => word !== '')
    .map(word => word[0]!.toUpperCase() + word.slice(1))
    .join('');
}
