import { COMMAND_CATALOG, type CommandName } from '../commands/command-catalog.js';
import { COMMAND_ROUTES, commandRoutePath, hasBody, partsOf, requestOfRoute, type CommandRoute } from '../http/command-routes.table.js';
import type { EdgeRoute } from '../http/edge-route.js';
import { schemaRef, type JsonSchema } from './async-api.types.js';
import { exampleOf, exampleOfForm } from './command-examples.js';
import { factsOf, replySchema, rowOf } from './command.operations.js';
import { KEY_REF, SESSION_REF, camel, jsonBody, jsonReply, type OpenApiOperation, type OpenApiParameter } from './open-api-parts.js';
import { commandReply } from './reply.schemas.js';
import { tagOfResource } from './open-api-tags.js';
import { commandSchemas, schemaFields, requiredOf } from './request.schemas.js';
import { VIEW_SCHEMAS } from './view-schemas.catalog.js';

/** Returns the schema of a route's reply. If its row gives no details, the schema is that of any object. */
function answerSchema(reply: EdgeRoute['reply']): JsonSchema {
  if (reply?.schema) return schemaRef(reply.schema);
  const known = reply?.type ? VIEW_SCHEMAS[reply.type] : undefined;
  if (known && '$ref' in known) return known;
  return { ...(known ?? { type: 'object' }), ...(reply?.type ? { 'x-typescript-type': reply.type } : {}) };
}

/** Descriptions of the path parameters. */
const PARTS: Readonly<Record<string, string>> = {
  delivery: 'The id of the delivery.',
  file: 'The name of the file.',
  id: 'The id of the resource.',
  jid: 'A jid, LID or phone number.',
  letter: 'The id of the dead letter.',
  media: 'The reference of the file, or the cursor of an event.',
  name: 'The name of the subscription.',
  token: 'The token in the one-time address.'
};

/** Returns the operation of a route that runs no command. */
export function edgeOperation(route: EdgeRoute, refusals: Record<string, JsonSchema>): OpenApiOperation {
  const { verb, path, tag, meaning, scope, query = {}, headers = {}, body, status = 200, reply } = route;
  const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const parameters = [
    ...parts.map(name =>
      name === 'session'
        ? SESSION_REF
        : ({
            name,
            in: 'path',
            description: PARTS[name] ?? `The ${name} in the address.`,
            required: true,
            schema: { type: 'string' }
          } as const)
    ),
    ...optional('query', query),
    ...optional('header', headers)
  ];
  const schema = answerSchema(reply);
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

/** Avoids the names of commands, which are operation ids of their own. */
function operationIdOf({ verb, path }: CommandRoute): string {
  const id = `${verb.toLowerCase()}${camel(path === '' ? 'session-record' : path)}`;
  return Object.hasOwn(COMMAND_CATALOG, id) ? `${verb.toLowerCase()}Session${camel(path)}` : id;
}

/** Returns the operation of a resource route, or of several routes with one address whose bodies have different fields. */
export function routeOperation(routes: readonly CommandRoute[], refusals: Record<string, JsonSchema>): OpenApiOperation {
  const [route] = routes as [CommandRoute];
  const one = routes.length === 1;
  const parts = Object.entries(partsOf(route)).map(([name, argument]): OpenApiParameter => {
    const { description = 'A part of the address.', ...schema } = argumentSchema(route, argument);
    return { name, in: 'path', description: String(description), required: true, schema };
  });
  const scopes = [...new Set(routes.map(({ command }) => rowOf(command).scope))];
  return {
    operationId: operationIdOf(route),
    tags: [tagOfResource(route.path)],
    summary: one ? (route.meaning ?? rowOf(route.command).meaning) : 'Changes one thing: the body has exactly one of the fields.',
    description: one
      ? `The command \`${route.command}\`. Scope \`${scopes.join('`, `')}\`.`
      : `${routes.map(({ field, command }) => `- \`${field!.name}\`: the command \`${command}\`. ${rowOf(command).meaning}`).join('\n')}\n\nScope \`${scopes.join('`, `')}\`.`,
    parameters: [SESSION_REF, ...parts, ...(hasBody(route) ? [] : queryParameters(route)), KEY_REF],
    ...(hasBody(route) ? routeBody(routes) : {}),
    responses: {
      '200': jsonReply('The reply of the command.', one ? replySchema(route.command) : anyReply(routes)),
      '204': { description: 'The command has run. It returns nothing.' },
      ...refusals
    },
    ...(one ? factsOf(route.command) : { 'x-commands': routes.map(({ command }) => command) })
  };
}

/** Returns the response with the reply of any of several commands. */
function anyReply(routes: readonly CommandRoute[]): JsonSchema {
  const all = new Map(routes.map(({ command }) => [JSON.stringify(commandReply(command, rowOf(command).target)), command]));
  return {
    description: 'The reply of the command.',
    anyOf: [...all.values()].map(command => commandReply(command, rowOf(command).target))
  };
}

/** Returns the arguments that are neither in the path nor fixed by the route. */
function openArguments(route: CommandRoute): [name: string, schema: JsonSchema][] {
  const taken = [...Object.values(partsOf(route)), ...Object.keys(route.fixed ?? {})];
  return Object.entries(schemaFields(classSchema(route))).filter(([name]) => !taken.includes(name));
}

const classSchema = (route: CommandRoute): JsonSchema => commandSchemas()[requestOfRoute(route).name]!;
const argumentSchema = (route: CommandRoute, argument: string): JsonSchema => schemaFields(classSchema(route))[argument]!;

function queryParameters(route: CommandRoute): OpenApiParameter[] {
  const required = requiredOf(classSchema(route));
  return openArguments(route).map(([name, { description = '', ...schema }]) => ({
    name,
    in: 'query',
    description: String(description) || 'An argument of the command.',
    required: required.includes(name),
    schema,
    ...(schema['type'] === 'array' ? { style: 'form', explode: false } : {})
  }));
}

function routeBody(routes: readonly CommandRoute[]): { requestBody?: JsonSchema } {
  const [route] = routes as [CommandRoute];
  const example = route.form ? exampleOfForm(route.form.request) : exampleOf(route.command);
  if (route.field) {
    const properties = Object.fromEntries(routes.map(({ field, command }) => [field!.name, fieldOfCommand(command, field!.as)]));
    const schema = { type: 'object', properties, additionalProperties: false, minProperties: 1, maxProperties: 1 };
    return { requestBody: jsonBody(schema, { [route.field.name]: example[route.field.as] ?? 'text' }, true) };
  }
  if (route.bodyIs) return { requestBody: jsonBody(argumentSchema(route, route.bodyIs), example[route.bodyIs], true) };
  const open = openArguments(route);
  if (open.length === 0) return {};
  const names = open.map(([name]) => name);
  const required = requiredOf(classSchema(route)).filter(name => names.includes(name));
  const schema =
    open.length === Object.keys(schemaFields(classSchema(route))).length
      ? schemaRef(requestOfRoute(route).name)
      : { type: 'object', properties: Object.fromEntries(open), ...(required.length > 0 ? { required } : {}), additionalProperties: false };
  const shown = Object.fromEntries(Object.entries(example).filter(([name]) => names.includes(name)));
  return { requestBody: jsonBody(schema, shown, required.length > 0) };
}

const fieldOfCommand = (command: CommandName, field: string): JsonSchema =>
  schemaFields(commandSchemas()[rowOf(command).request.name]!)[field]!;

/** Returns the resource routes that run a command, as `VERB path`. */
export function resourceRoutesOf(method: CommandName): string[] {
  return COMMAND_ROUTES.filter(({ command }) => command === method).map(
    route => `${route.verb} ${commandRoutePath(route)}${route.field ? ` {${route.field.name}}` : ''}`
  );
}
