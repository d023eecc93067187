import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** Returns a field that is shown only for some operations of a resource. */
export function shown(resource: string, operations: readonly string[], field: Omit<INodeProperties, 'displayOptions'>): INodeProperties {
  return Object.assign({}, field, { displayOptions: { show: { resource: [resource], operation: [...operations] } } });
}

const OPERATION: INodeProperties = {
  displayName: 'Operation',
  name: 'operation',
  type: 'options',
  noDataExpression: true,
  default: '',
  options: []
};

/** Returns the field that selects an operation of a resource. */
export function operationsOf(resource: string, options: INodePropertyOptions[]): INodeProperties {
  const [first] = options;
  return Object.assign({}, OPERATION, { displayOptions: { show: { resource: [resource] } }, options, default: first?.value ?? '' });
}

/** Returns the field for the chat of an operation. */
export function chatField(
  resource: string,
  operations: readonly string[],
  description = 'A phone number in international format, a jid or a LID'
): INodeProperties {
  return shown(resource, operations, {
    displayName: 'Chat',
    name: 'chat',
    type: 'string',
    default: '={{ $json.chat }}',
    required: true,
    placeholder: '+49 151 23456789',
    description
  });
}

/** Returns the fields for the number of items to return. */
export function pagingFields(resource: string, operations: readonly string[]): INodeProperties[] {
  const all = shown(resource, operations, {
    displayName: 'Return All',
    name: 'returnAll',
    type: 'boolean',
    default: false,
    description: 'Whether to return all results or only up to a given limit'
  });
  const limit = shown(resource, operations, {
    displayName: 'Limit',
    name: 'limit',
    type: 'number',
    typeOptions: { minValue: 1 },
    default: 50,
    description: 'Max number of results to return'
  });
  return [all, { ...limit, displayOptions: { show: { ...limit.displayOptions?.show, returnAll: [false] } } }];
}
