import { COMMAND_CATALOG, type CommandName } from '../commands/command-catalog.js';
import { COMMAND_ALIASES } from '../commands/command-aliases.table.js';
import type { CommandRow } from '../commands/command-row.js';
import { ERROR_CODES, type ErrorCode } from '../errors/error-codes.js';
import { EVENT_SCHEMA_VERSION } from '../events/event-headers.codec.js';
import { commandRoutePath, COMMAND_ROUTES, hasBody, partsOf, routesByAddress, type CommandRoute } from '../http/command-routes.table.js';
import type { EdgeRoute } from '../http/edge-route.js';
import { EDGE_ROUTES } from '../http/edge-routes.table.js';
import { GenerateQrRequest, SetConfigRequest, UpdateSettingsRequest } from '../sessions/connection.request.js';
import { CreateWebhookRequest, RedriveRequest, UpdateWebhookRequest } from '../webhooks/webhook.request.js';
import { schemaRef, type JsonSchema, type Reference } from './async-api.types.js';
import { tagOfResource, TAGS } from './open-api.tags.js';
import type { OpenApiDocument, OpenApiOperation, OpenApiParameter } from './open-api.types.js';
import { exampleOf } from './command.examples.js';
import { HTTP_SCHEMAS } from './http.schemas.js';
import { commandSchemas, fieldsOf, requestSchemas, requiredOf } from './request.schemas.js';
import { WIRE_SCHEMAS } from './wire.schemas.js';

export interface OpenApiOptions {
  /** The HTTP status of each error code. */
  readonly httpStatus: Readonly<Record<ErrorCode, number>>;
}

const OF_EVERY_COMMAND: readonly ErrorCode[] = [
  'UNAUTHORIZED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'INVALID_REQUEST',
  'INVALID_ARGUMENTS',
  'UNKNOWN_SESSION',
  'TIMEOUT',
  'BROKER_UNAVAILABLE',
  'INTERNAL'
];
const OF_A_CONNECTION: readonly ErrorCode[] = [
  'NO_OWNER',
  'NOT_CONNECTED',
  'NOT_PAIRED',
  'IDEMPOTENCY_KEY_REUSED',
  'OUTCOME_UNKNOWN',
  'PAYLOAD_TOO_LARGE',
  'REFUSED_BY_WHATSAPP',
  'UNSUPPORTED_BY_WHATSAPP',
  'EGRESS_DENIED',
  'EGRESS_FAILED'
];
const OF_THE_REGISTRY: readonly ErrorCode[] = ['SESSION_EXISTS', 'QR_NOT_AVAILABLE', 'ALREADY_PAIRED'];

/** Bodies of routes behind which no command stands. */
const EDGE_REQUESTS = [
  CreateWebhookRequest,
  UpdateWebhookRequest,
  RedriveRequest,
  GenerateQrRequest,
  SetConfigRequest,
  UpdateSettingsRequest
];

/** The OpenAPI 3.1 document of everything that an edge serves over HTTP, made from the catalogs. Holds no secrets. */
export function openApiDocument({ httpStatus }: OpenApiOptions): OpenApiDocument {
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  const add = (path: string, verb: string, operation: OpenApiOperation): void => {
    (paths[path] ??= {})[verb.toLowerCase()] = operation;
  };
  const refusals = (codes: readonly ErrorCode[]): Record<string, JsonSchema> =>
    Object.fromEntries([...new Set(codes.map(code => httpStatus[code]))].sort().map(status => [status, refusalRef(status)]));

  for (const route of EDGE_ROUTES) add(route.path, route.verb, edgeOperation(route, refusals(route.errors)));
  for (const routes of routesByAddress()) {
    add(commandRoutePath(routes[0]!), routes[0]!.verb, routeOperation(routes, refusals(errorsOf(routes.map(({ command }) => command)))));
  }
  add('/api/sessions/{session}/commands/{method}', 'post', genericOperation(refusals([...errorsOf(NAMES), 'UNKNOWN_COMMAND'])));
  for (const method of NAMES) {
    add(`/api/sessions/{session}/commands/${method}`, 'post', commandOperation(method, refusals(errorsOf([method]))));
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Wabus',
      version: `${EVENT_SCHEMA_VERSION}.0.0`,
      description:
        'WhatsApp accounts as an event bus. Every command can be called as `POST /api/sessions/{session}/commands/{method}`; many have a route of a resource besides. Jids in addresses are jids, LIDs or phone numbers, percent-encoded once.',
      license: { name: 'MIT', identifier: 'MIT' }
    },
    servers: [{ url: '/' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    security: [{ token: [] }],
    paths,
    components: {
      schemas: {
        ...wireSchemas(),
        ...HTTP_SCHEMAS,
        ...commandSchemas(),
        ...requestSchemas(EDGE_REQUESTS)
      },
      responses: refusalResponses(httpStatus),
      parameters: { session: SESSION, idempotencyKey: IDEMPOTENCY_KEY },
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'An access token or a JWT.' } }
    }
  };
}

const NAMES = Object.keys(COMMAND_CATALOG) as CommandName[];
const rowOf = (method: CommandName): CommandRow => COMMAND_CATALOG[method];

const SESSION: OpenApiParameter = {
  name: 'session',
  in: 'path',
  description: 'The id of the session.',
  required: true,
  schema: schemaRef('SessionId')
};
const IDEMPOTENCY_KEY: OpenApiParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Chosen by the caller: a command that is repeated with it is carried out once. For commands that the owner of the session carries out.',
  required: false,
  schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,128}$' }
};
const SESSION_REF: Reference = { $ref: '#/components/parameters/session' };
const KEY_REF: Reference = { $ref: '#/components/parameters/idempotencyKey' };

const refusalRef = (status: number): JsonSchema => ({ $ref: `#/components/responses/Refused${status}` });

/** The schemas of the wire without those that only Socket.IO has. */
function wireSchemas(): Record<string, JsonSchema> {
  const { CommandMessage: _command, SubscribeRequest: _subscribe, SubscribeOutcome: _outcome, ...others } = WIRE_SCHEMAS;
  return others;
}

function refusalResponses(httpStatus: Readonly<Record<ErrorCode, number>>): Record<string, unknown> {
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];
  const statuses = [...new Set(codes.map(code => httpStatus[code]))].sort();
  return Object.fromEntries(
    statuses.map(status => {
      const of = codes.filter(code => httpStatus[code] === status);
      const { retryable, certain, meaning } = ERROR_CODES[of[0]!];
      const example = { ok: false, error: { code: of[0], message: meaning, retryable, certain } };
      const description = of.map(code => `\`${code}\`: ${ERROR_CODES[code].meaning}`).join('\n\n');
      return [`Refused${status}`, { description, content: { 'application/json': { schema: schemaRef('Refusal'), example } } }];
    })
  );
}

function errorsOf(methods: readonly CommandName[]): ErrorCode[] {
  const special = methods.flatMap(method => (rowOf(method).target === 'registry' ? OF_THE_REGISTRY : OF_A_CONNECTION));
  return [...new Set([...OF_EVERY_COMMAND, ...special])];
}

function facts(method: CommandName): Record<`x-${string}`, unknown> {
  const { scope, deadlineMs, repeatable } = rowOf(method);
  return { 'x-command': method, 'x-scope': scope, 'x-deadline-ms': deadlineMs, 'x-repeatable': repeatable };
}

function replySchema(method: CommandName): JsonSchema {
  const { target } = rowOf(method);
  if (target === 'registry' && method !== 'getQr') return schemaRef('SessionView');
  if (target === 'socket') {
    return {
      description: `What Baileys' \`${method}\` settles with, in the JSON form of ADR 3.`,
      'x-typescript-type': `Awaited<ReturnType<WASocket['${method}']>>`
    };
  }
  return { description: 'The reply of the command.', 'x-typescript-type': `CommandReply<'${method}'>` };
}

function commandOperation(method: CommandName, refusals: Record<string, JsonSchema>): OpenApiOperation {
  const { request, parameters, meaning, scope, deadlineMs } = rowOf(method);
  const args: JsonSchema = {
    description: 'By name, or in the order of the parameters.',
    anyOf: [schemaRef(request.name), { type: 'array', description: parameters.join(', ') }]
  };
  return {
    operationId: method,
    tags: ['commands'],
    summary: meaning,
    description: `Scope \`${scope}\`; waits ${deadlineMs} ms unless \`deadlineMs\` says otherwise.`,
    parameters: [SESSION_REF, KEY_REF],
    requestBody: jsonBody(
      { type: 'object', properties: { args, deadlineMs: DEADLINE }, additionalProperties: false },
      { args: exampleOf(method) },
      requiredOf(commandSchemas()[request.name]!).length > 0
    ),
    responses: {
      '200': jsonReply('Carried out.', {
        type: 'object',
        properties: { ok: { const: true }, data: replySchema(method) },
        required: ['ok']
      }),
      ...refusals
    },
    ...facts(method)
  };
}

const DEADLINE: JsonSchema = { type: 'integer', minimum: 1, maximum: 600_000, description: 'How long to wait for the answer, ms.' };

function genericOperation(refusals: Record<string, JsonSchema>): OpenApiOperation {
  const aliases = Object.entries(COMMAND_ALIASES).map(([alias, name]) => `\`${alias}\` for \`${name}\``);
  return {
    operationId: 'command',
    tags: ['commands'],
    summary: 'Any command by its name.',
    description: `Every command has its own entry below. Other names are understood too: ${aliases.join(', ')}.`,
    parameters: [
      SESSION_REF,
      {
        name: 'method',
        in: 'path',
        description: 'The name of the command.',
        required: true,
        schema: { type: 'string', examples: ['sendMessage'] }
      },
      KEY_REF
    ],
    requestBody: jsonBody(
      {
        type: 'object',
        properties: {
          args: { description: 'Arguments by name, or in the order of the parameters.', type: ['object', 'array'] },
          deadlineMs: DEADLINE
        },
        additionalProperties: false
      },
      { args: exampleOf('sendMessage'), deadlineMs: 10_000 },
      false
    ),
    responses: { '200': jsonReply('Carried out.', schemaRef('CommandOutcome')), ...refusals }
  };
}

function routeOperation(routes: readonly CommandRoute[], refusals: Record<string, JsonSchema>): OpenApiOperation {
  const [route] = routes as [CommandRoute];
  const one = routes.length === 1;
  const parts = Object.entries(partsOf(route)).map(([name, argument]): OpenApiParameter => {
    const { description = 'Part of the address.', ...schema } = argumentSchema(route, argument);
    return { name, in: 'path', description: String(description), required: true, schema };
  });
  const scopes = [...new Set(routes.map(({ command }) => rowOf(command).scope))];
  return {
    operationId: `${route.verb.toLowerCase()}${camel(route.path === '' ? 'session-record' : route.path)}`,
    tags: [tagOfResource(route.path)],
    summary: one ? rowOf(route.command).meaning : 'Changes one thing: the body has exactly one of the fields.',
    description: one
      ? `The command \`${route.command}\`. Scope \`${scopes.join('`, `')}\`.`
      : `${routes.map(({ field, command }) => `- \`${field!.name}\`: the command \`${command}\`. ${rowOf(command).meaning}`).join('\n')}\n\nScope \`${scopes.join('`, `')}\`.`,
    parameters: [SESSION_REF, ...parts, ...(hasBody(route) ? [] : queryParameters(route)), KEY_REF],
    ...(hasBody(route) ? routeBody(routes) : {}),
    responses: {
      '200': jsonReply('The reply of the command.', one ? replySchema(route.command) : { description: 'The reply of the command.' }),
      '204': { description: 'Carried out; the command has nothing to tell.' },
      ...refusals
    },
    ...(one ? facts(route.command) : { 'x-commands': routes.map(({ command }) => command) })
  };
}

/** Arguments that are neither in the path nor said by the address. */
function openArguments(route: CommandRoute): [name: string, schema: JsonSchema][] {
  const taken = [...Object.values(partsOf(route)), ...Object.keys(route.fixed ?? {})];
  return Object.entries(fieldsOf(classSchema(route))).filter(([name]) => !taken.includes(name));
}

const classSchema = ({ command }: CommandRoute): JsonSchema => commandSchemas()[rowOf(command).request.name]!;
const argumentSchema = (route: CommandRoute, argument: string): JsonSchema => fieldsOf(classSchema(route))[argument]!;

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
  const example = exampleOf(route.command);
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
    open.length === Object.keys(fieldsOf(classSchema(route))).length
      ? schemaRef(rowOf(route.command).request.name)
      : { type: 'object', properties: Object.fromEntries(open), ...(required.length > 0 ? { required } : {}), additionalProperties: false };
  const shown = Object.fromEntries(Object.entries(example).filter(([name]) => names.includes(name)));
  return { requestBody: jsonBody(schema, shown, required.length > 0) };
}

const fieldOfCommand = (command: CommandName, field: string): JsonSchema =>
  fieldsOf(commandSchemas()[rowOf(command).request.name]!)[field]!;

function edgeOperation(route: EdgeRoute, refusals: Record<string, JsonSchema>): OpenApiOperation {
  const { verb, path, tag, meaning, scope, query = {}, body, status = 200, reply } = route;
  const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const parameters = [
    ...parts.map(name =>
      name === 'session'
        ? SESSION_REF
        : ({ name, in: 'path', description: `The ${name} of it.`, required: true, schema: { type: 'string' } } as const)
    ),
    ...Object.entries(query).map(([name, description]): OpenApiParameter => ({
      name,
      in: 'query',
      description,
      required: false,
      schema: { type: 'string' }
    }))
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

function bodyOf({ schema, example, contentTypes, required }: NonNullable<EdgeRoute['body']>): JsonSchema {
  if (contentTypes === undefined) return jsonBody(schema ? schemaRef(schema) : { type: 'object' }, example, required);
  const file = { type: 'string', format: 'binary' };
  const form = { type: 'object', properties: { file } };
  return {
    required,
    content: Object.fromEntries(contentTypes.map(type => [type, { schema: type.startsWith('multipart/') ? form : file }]))
  };
}

function jsonBody(schema: JsonSchema, example: unknown, required: boolean): JsonSchema {
  return { required, content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } } };
}

function jsonReply(description: string, schema: JsonSchema): JsonSchema {
  return { description, content: { 'application/json': { schema } } };
}

/** `groups/{jid}/invite-code` → `GroupsJidInviteCode`. */
function camel(path: string): string {
  return path
    .split(/[^A-Za-z0-9]+/)
    .filter(word => word !== '')
    .map(word => word[0]!.toUpperCase() + word.slice(1))
    .join('');
}

/** The routes of resources behind which a command stands, as `VERB path`. */
export function resourceRoutesOf(method: CommandName): string[] {
  return COMMAND_ROUTES.filter(({ command }) => command === method).map(
    route => `${route.verb} ${commandRoutePath(route)}${route.field ? ` {${route.field.name}}` : ''}`
  );
}
