import { COMMAND_CATALOG, type CommandName } from '../commands/command-catalog.js';
import type { CommandRow } from '../commands/command-row.js';
import { COMMAND_ALIASES } from '../commands/outdated-commands.table.js';
import { schemaRef, type JsonSchema } from './async-api.types.js';
import { exampleOf } from './command-examples.js';
import { KEY_REF, SESSION_REF, jsonBody, jsonReply, type OpenApiOperation } from './open-api-parts.js';
import { commandReply } from './reply.schemas.js';
import { commandSchemas, requiredOf } from './request.schemas.js';

/** Returns the row of a command in its common type. */
export const rowOf = (method: CommandName): CommandRow => COMMAND_CATALOG[method];

/** Returns the extension fields of a command, which client generators can use. */
export function factsOf(method: CommandName): Record<`x-${string}`, unknown> {
  const { scope, deadlineMs, repeatable } = rowOf(method);
  return { 'x-command': method, 'x-scope': scope, 'x-deadline-ms': deadlineMs, 'x-repeatable': repeatable };
}

/** Returns the schema of a command's reply. */
export function replySchema(method: CommandName): JsonSchema {
  const { target } = rowOf(method);
  const schema = commandReply(method, target);
  if ('$ref' in schema) return schema;
  if (target === 'socket') {
    const description = `The result of Baileys' \`${method}\`, in the JSON form of ADR 3.`;
    return { description, ...schema, 'x-typescript-type': `Awaited<ReturnType<WASocket['${method}']>>` };
  }
  return { description: 'The reply of the command.', ...schema, 'x-typescript-type': `CommandReply<'${method}'>` };
}

/** Returns the operation of a command at the address with its name. */
export function commandOperation(method: CommandName, refusals: Record<string, JsonSchema>): OpenApiOperation {
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
      '200': jsonReply('The command has run.', {
        type: 'object',
        properties: { ok: { const: true }, data: replySchema(method) },
        required: ['ok']
      }),
      ...refusals
    },
    ...factsOf(method)
  };
}

const DEADLINE: JsonSchema = { type: 'integer', minimum: 1, maximum: 600_000, description: 'How long to wait for the reply, in ms.' };

/** Returns the operation that runs any command, whose name is in the path. */
export function genericOperation(refusals: Record<string, JsonSchema>): OpenApiOperation {
  const aliases = Object.entries(COMMAND_ALIASES).map(([alias, name]) => `\`${alias}\` for \`${name}\``);
  return {
    operationId: 'command',
    tags: ['commands'],
    summary: 'Runs any command by its name.',
    description: `Every command has its own entry below. Aliases: ${aliases.join(', ')}.`,
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
    responses: { '200': jsonReply('The command has run.', schemaRef('CommandOutcome')), ...refusals }
  };
}
