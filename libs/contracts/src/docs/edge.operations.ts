import type { EdgeRoute } from '../http/edge-route.js';
import { schemaRef, type JsonSchema } from './async-api.types.js';
import { camel, jsonBody, SESSION_REF } from './open-api.parts.js';
import type { OpenApiOperation, OpenApiParameter } from './open-api.types.js';

/** A route behind which no command stands. */
export function edgeOperation(route: EdgeRoute, refusals: Record<string, JsonSchema>): OpenApiOperation {
  const { verb, path, tag, meaning, scope, query = {}, headers = {}, body, status = 200, reply } = route;
  const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const parameters = [
    ...parts.map(name =>
      name === 'session'
        ? SESSION_REF
        : ({ name, in: 'path', description: `The ${name} of it.`, required: true, schema: { type: 'string' } } as const)
    ),
    ...optional('query', query),
    ...optional('header', headers)
  ];
  const schema: JsonSchema = reply?.schema ? schemaRef(reply.schema) : reply?.type ? { 'x-typescript-type': reply.type } : {};
  const contentTypes = reply?.contentTypes ?? ['application/json'];
  const content = Object.fromEntries(
    contentTypes.map(type => [type, { schema: type === 'application/json' ? schema : { type: 'string' } }])
  );
  return {
    operationId: `${verb.toLowerCase()}${camel(path)}`,
    tags: [tag],
    summary: meaning,
    ...(scope === null ? { security: [] } : { 'x-scope': scope }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: bodyOf(body) } : {}),
    responses: { [status]: { description: 'Done.', ...(status === 204 ? {} : { content }) }, ...refusals }
  };
}

function optional(where: 'query' | 'header', meanings: Readonly<Record<string, string>>): OpenApiParameter[] {
  return Object.entries(meanings).map(([name, description]) => ({
    name,
    in: where,
    description,
    required: false,
    schema: { type: 'string' }
  }));
}

function bodyOf({ schema, example, contentTypes, required }: NonNullable<EdgeRoute['body']>): JsonSchema {
  if (contentTypes === undefined) return jsonBody(schema ? schemaRef(schema) : { type: 'object' }, example, required);
  const file = { type: 'string', format: 'binary' };
  const form = { type: 'object', properties: { file } };
  return {
    required,
    content: Object.fromEntries(contentTypes.map(type => [type, { schema: type.startsWith('multipart/') ? form : file }]))
  };
}
