import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import 'reflect-metadata';
import { WabusError } from '../errors/wabus-error.js';
import { checkArgumentSize, invalidArguments, refuseHostileShape } from './argument-shape.policy.js';
import { COMMAND_CATALOG, isCommandName, type CommandName, type CommandRequest } from './command-catalog.js';
import type { CommandRow } from './command-row.js';
import { remedyFor } from './did-you-mean.policy.js';
import { COMMAND_ALIASES, OUTDATED_COMMANDS, refuseOutdatedShape } from './outdated-commands.table.js';

/**
 * Returns the catalog name of a command, which the caller may have called by an alias.
 * @throws {WabusError} `UNKNOWN_COMMAND`, or `UNSUPPORTED_BY_WHATSAPP` for a method that Baileys no longer has
 */
export function parseCommandName(method: unknown): CommandName {
  if (isCommandName(method)) return method;
  if (typeof method === 'string' && Object.hasOwn(COMMAND_ALIASES, method)) return COMMAND_ALIASES[method]!;
  if (typeof method === 'string' && Object.hasOwn(OUTDATED_COMMANDS, method))
    throw new WabusError('UNSUPPORTED_BY_WHATSAPP', { message: OUTDATED_COMMANDS[method]! });
  throw new WabusError('UNKNOWN_COMMAND', {
    message: `There is no command ${typeof method === 'string' ? JSON.stringify(method.slice(0, 100)) : 'with a name of this type: the name must be a string'}.`,
    details: { commands: Object.keys(COMMAND_CATALOG) }
  });
}

/**
 * Validates the arguments of a command: an object by field name, or an array in the order of Baileys' parameters. A missing value stands for no arguments.
 * @throws {WabusError} `INVALID_ARGUMENTS`; `details.fields` lists the problems of each invalid field, unknown fields among them
 */
export function parseCommandArguments<M extends CommandName>(method: M, args: unknown): CommandRequest<M> {
  checkArgumentSize(args);
  refuseOutdatedShape(method, args);
  const row: CommandRow = COMMAND_CATALOG[method];
  return validated(row.request, byName(row, args)) as CommandRequest<M>;
}

/**
 * Validates the JSON body of a request that is not a command, and returns it as an instance of its class.
 * @throws {WabusError} `INVALID_ARGUMENTS`; `details.fields` lists the problems of each invalid field
 */
export function parseBody<T extends object>(request: new () => T, body: unknown): T {
  checkArgumentSize(body);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalidArguments({ body: ['the body must be a JSON object'] });
  return validated(request, body as Record<string, unknown>);
}

function validated<T extends object>(type: new () => T, plain: Record<string, unknown>): T {
  refuseHostileShape(plain);
  const request = plainToInstance(type, plain, { enableCircularCheck: true });
  const errors = validateSync(request, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });
  if (errors.length > 0) throw invalidArguments(problemsByField(errors));
  return request;
}

function byName(row: CommandRow, args: unknown): Record<string, unknown> {
  if (args === undefined || args === null) return {};
  if (Array.isArray(args)) {
    const only = args.length === 1 ? (args[0] as unknown) : undefined;
    if (row.pass === 'spread' && !Array.isArray(only)) return { [row.parameters[0]!]: args };
    if (row.pass === 'object' && typeof only === 'object' && only !== null) return only as Record<string, unknown>;
    if (args.length > row.parameters.length) {
      throw invalidArguments({ args: [`args must have at most ${row.parameters.length} items: ${row.parameters.join(', ') || 'none'}`] });
    }
    return Object.fromEntries(row.parameters.slice(0, args.length).map((name, i) => [name, args[i] as unknown]));
  }
  if (typeof args !== 'object') throw invalidArguments({ args: ['args must be an object or an array'] });
  return args as Record<string, unknown>;
}

function problemsByField(errors: ValidationError[], prefix = ''): Record<string, string[]> {
  const fields: Record<string, string[]> = {};
  for (const error of errors) {
    const path = prefix + error.property;
    if (error.constraints) fields[path] = Object.entries(error.constraints).map(([rule, text]) => problemOf(error, rule) ?? text);
    Object.assign(fields, problemsByField(error.children ?? [], `${path}.`));
  }
  return fields;
}

/** Returns the text that replaces the validator's own text about an unknown field; `null` for any other problem. */
function problemOf({ target, property }: ValidationError, rule: string): string | null {
  if (rule !== 'whitelistValidation') return null;
  return `there is no such field${target ? remedyFor(target, property) : ''}`;
}
