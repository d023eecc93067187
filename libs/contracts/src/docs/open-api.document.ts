import { COMMAND_CATALOG, type CommandName } from '../commands/command-catalog.js';
import type { ErrorCode } from '../errors/error-codes.js';
import { commandRoutePath, routesByAddress } from '../http/command-routes.table.js';
import { EDGE_ROUTES } from '../http/edge-routes.table.js';
import { GenerateQrRequest, SetConfigRequest, UpdateSettingsRequest } from '../sessions/connection.request.js';
import { CreateWebhookRequest, RedriveRequest, UpdateWebhookRequest } from '../webhooks/webhook.request.js';
import type { JsonSchema } from './async-api.types.js';
import { commandOperation, genericOperation } from './command.operations.js';
import { IDEMPOTENCY_KEY_PARAMETER, SESSION_PARAMETER, type OpenApiDocument, type OpenApiOperation } from './open-api-parts.js';
import { errorsOf } from '../commands/command-errors.table.js';
import { refusalResponses, refusalsWith } from './open-api-refusals.js';
import { TAGS } from './open-api-tags.js';
import { commandSchemas, requestSchemas } from './request.schemas.js';
import { edgeOperation, routeOperation } from './route.operations.js';
import { VIEW_COMPONENTS } from './view-schemas.catalog.js';
import { HTTP_SCHEMAS, WIRE_SCHEMAS } from './wire.schemas.js';

export interface OpenApiOptions {
  /** The HTTP status of each error code. */
  readonly httpStatus: Readonly<Record<ErrorCode, number>>;
  /** The release of Wabus that the document describes. */
  readonly version: string;
}

/** The bodies of routes that run no command. */
const EDGE_REQUESTS = [
  CreateWebhookRequest,
  UpdateWebhookRequest,
  RedriveRequest,
  GenerateQrRequest,
  SetConfigRequest,
  UpdateSettingsRequest
];

/** Builds the OpenAPI 3.1 document of all HTTP routes of an edge from the catalogs. It contains no secrets. */
export function openApiDocument({ httpStatus, version }: OpenApiOptions): OpenApiDocument {
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  const add = (path: string, verb: string, operation: OpenApiOperation): void => {
    (paths[path] ??= {})[verb.toLowerCase()] = operation;
  };
  const refusals = (codes: readonly ErrorCode[]): Record<string, JsonSchema> => refusalsWith(codes, httpStatus);

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
      version,
      description:
        'WhatsApp accounts as an event bus. Every command can be called as `POST /api/sessions/{session}/commands/{method}`; many also have a resource route. Jids in paths are jids, LIDs or phone numbers, percent-encoded once.',
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
        ...VIEW_COMPONENTS,
        ...commandSchemas(),
        ...requestSchemas(EDGE_REQUESTS)
      },
      responses: refusalResponses(httpStatus),
      parameters: { session: SESSION_PARAMETER, idempotencyKey: IDEMPOTENCY_KEY_PARAMETER },
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'An access token or a JWT.' } }
    }
  };
}

const NAMES = Object.keys(COMMAND_CATALOG) as CommandName[];

/** Returns the wire schemas, without those that only Socket.IO uses. */
function wireSchemas(): Record<string, JsonSchema> {
  const { CommandMessage: _command, SubscribeRequest: _subscribe, SubscribeOutcome: _outcome, ...others } = WIRE_SCHEMAS;
  return others;
}
