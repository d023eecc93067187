import { hasBody, partsOf, requestOfRoute, WabusError, type CommandName, type CommandRoute } from '@wabus/contracts';
import { commandSchemas, schemaFields } from '@wabus/contracts/docs';
import { refuseOtherParameters, type Query } from './query.policy.js';

/** The parts of a request that determine its command, apart from the verb. */
export interface RouteRequest {
  /** The parameters in the path, decoded once. */
  readonly parts: Readonly<Record<string, unknown>>;
  readonly query: Query;
  readonly body: unknown;
}

export interface RoutedCommand {
  readonly method: CommandName;
  /** Validated later by the request class of the command. */
  readonly args: Record<string, unknown>;
}

/** Returns the command for a request, from the table rows that share its path. Throws `INVALID_REQUEST` if the request matches none of them. */
export function commandOf(routes: readonly CommandRoute[], request: RouteRequest): RoutedCommand {
  const body = bodyOf(routes[0]!, request);
  const route = chosen(routes, body);
  const said: Record<string, unknown> = { ...route.fixed };
  for (const [part, argument] of Object.entries(partsOf(route))) said[argument] = coerced(route, argument, request.parts[part]);
  const free = hasBody(route) ? fromBody(route, body) : fromQuery(route, request.query, said);
  const twice = Object.keys(free).find(name => Object.hasOwn(said, name));
  if (twice !== undefined) throw invalid(`${twice} is already in the address: leave it out of the body and the query.`, twice);
  const args = { ...free, ...said };
  return { method: route.command, args: route.form ? route.form.argumentsOf(args) : args };
}

function bodyOf(route: CommandRoute, { body, query }: RouteRequest): Record<string, unknown> {
  if (!hasBody(route)) return {};
  refuseOtherParameters(query, []);
  if (body === undefined) return {};
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw invalid('The body must be a JSON object.', 'body');
}

function chosen(routes: readonly CommandRoute[], body: Record<string, unknown>): CommandRoute {
  const [first] = routes as [CommandRoute];
  if (first.field === undefined) return first;
  const names = Object.keys(body);
  const route = routes.find(({ field }) => field?.name === names[0]);
  if (names.length === 1 && route !== undefined) return route;
  const known = routes.map(({ field }) => field!.name);
  throw invalid(
    `The body must contain exactly one of ${known.join(', ')}.`,
    (names.find(name => !known.includes(name)) ?? 'body').slice(0, 100)
  );
}

function fromBody({ field, bodyIs }: CommandRoute, body: Record<string, unknown>): Record<string, unknown> {
  if (field) return { [field.as]: body[field.name] };
  return bodyIs ? { [bodyIs]: body } : body;
}

function fromQuery(route: CommandRoute, query: Query, said: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(argumentsOf(route)).filter(name => !Object.hasOwn(said, name));
  refuseOtherParameters(query, names);
  return Object.fromEntries(names.filter(name => query[name] !== undefined).map(name => [name, coerced(route, name, query[name])]));
}

function argumentsOf(route: CommandRoute): ReturnType<typeof schemaFields> {
  return schemaFields(commandSchemas()[requestOfRoute(route).name]!);
}

/** Converts text from the path or query to the type of its field. Text that does not match the type remains text, and validation refuses it. */
function coerced(route: CommandRoute, name: string, value: unknown): unknown {
  switch (argumentsOf(route)[name]?.['type']) {
    case 'array':
      return (Array.isArray(value) ? value : [value]).flatMap(item => (typeof item === 'string' ? item.split(',') : [item as unknown]));
    case 'integer':
    case 'number':
      return typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
    case 'boolean':
      return value === 'true' ? true : value === 'false' ? false : value;
    default:
      return value;
  }
}

function invalid(message: string, field: string): WabusError {
  return new WabusError('INVALID_REQUEST', { message, details: { field } });
}
