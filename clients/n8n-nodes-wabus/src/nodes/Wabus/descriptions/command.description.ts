import type { INodeProperties } from 'n8n-workflow';
import { fieldName } from '../command-arguments.policy.js';
import { COMMANDS, type CommandArgument } from '../commands.table.js';
import { operationsOf, shown } from './shown.js';

const RESOURCE = 'command';

/** The fields for all commands of the catalog: one for each argument, with optional arguments in a collection. */
export const COMMAND_PROPERTIES: INodeProperties[] = [
  operationsOf(
    RESOURCE,
    COMMANDS.map(({ method, title, meaning }) => ({ name: title, value: method, description: meaning, action: title }))
  ),
  ...COMMANDS.flatMap(({ method, args }) => [
    ...args.filter(({ required }) => required).map(argument => shown(RESOURCE, [method], { ...fieldOf(argument), required: true })),
    ...optionals(
      method,
      args.filter(({ required }) => !required)
    )
  ])
];

function optionals(method: string, args: readonly CommandArgument[]): INodeProperties[] {
  if (args.length === 0) return [];
  const field = {
    displayName: 'Additional Fields',
    name: 'additionalFields',
    type: 'collection',
    placeholder: 'Add Field',
    default: {},
    options: args.map(fieldOf)
  } as const;
  return [shown(RESOURCE, [method], field)];
}

function fieldOf({ name, title, kind, meaning, choices }: CommandArgument): Omit<INodeProperties, 'displayOptions'> {
  const common = { displayName: title, name: fieldName(name), description: meaning };
  switch (kind) {
    case 'choice':
      return { ...common, type: 'options', options: choices.map(value => ({ name: value, value })), default: choices[0] ?? '' };
    case 'flag':
      return { ...common, type: 'boolean', default: false };
    case 'number':
      return { ...common, type: 'number', default: 0 };
    case 'text':
      return { ...common, type: 'string', default: '' };
    case 'texts':
      return { ...common, type: 'string', default: '', description: `${meaning} Separated by commas.`.trim() };
    case 'json':
      return { ...common, type: 'json', default: '{}' };
    case 'list':
      return { ...common, type: 'json', default: '[]' };
  }
}
