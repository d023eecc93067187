import { NodeConnectionTypes } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { EdgeError } from '../shared/edge.client.js';
import { sessionOptions } from '../shared/sessions.options.js';
import { COMMAND_PROPERTIES } from './descriptions/command.description.js';
import { MESSAGE_PROPERTIES } from './descriptions/message.description.js';
import {
  CHAT_PROPERTIES,
  CONTACT_PROPERTIES,
  GROUP_PROPERTIES,
  MEDIA_PROPERTIES,
  SESSION_PROPERTIES
} from './descriptions/other.description.js';
import { ItemStep } from './item.step.js';
import { OPERATIONS } from './operations.table.js';

const SESSION: INodeProperties = {
  displayName: 'Session Name or ID',
  name: 'session',
  type: 'options',
  typeOptions: { loadOptionsMethod: 'getSessions' },
  default: '',
  required: true,
  description:
    'The account. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.'
};

/** Sends messages, reads chats and runs all other commands on WhatsApp accounts of a Wabus server. */
export class Wabus implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Wabus',
    name: 'wabus',
    icon: { light: 'file:../../icons/wabus.svg', dark: 'file:../../icons/wabus.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Send WhatsApp messages and read chats with Wabus',
    defaults: { name: 'Wabus' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'wabusApi', required: true }],
    properties: [
      {
        displayName: 'Resource',
        name: 'resource',
        type: 'options',
        noDataExpression: true,
        options: [
          { name: 'Chat', value: 'chat' },
          { name: 'Command', value: 'command' },
          { name: 'Contact', value: 'contact' },
          { name: 'File', value: 'media' },
          { name: 'Group', value: 'group' },
          { name: 'Message', value: 'message' },
          { name: 'Session', value: 'session' }
        ],
        default: 'message'
      },
      { ...SESSION, displayOptions: { show: { resource: ['chat', 'command', 'contact', 'media', 'group', 'message'] } } },
      { ...SESSION, displayOptions: { show: { resource: ['session'], operation: ['get', 'getQr', 'restart', 'start', 'stop'] } } },
      ...MESSAGE_PROPERTIES,
      ...CHAT_PROPERTIES,
      ...CONTACT_PROPERTIES,
      ...GROUP_PROPERTIES,
      ...MEDIA_PROPERTIES,
      ...SESSION_PROPERTIES,
      ...COMMAND_PROPERTIES,
      {
        displayName: 'Idempotency Key',
        name: 'idempotencyKey',
        type: 'string',
        default: '',
        placeholder: 'order-4711',
        description:
          'A command with the same key runs once. If empty, the key is made from the execution and the item, so that "Retry On Fail" is safe. Use the ID of an event to be safe across executions.',
        displayOptions: { show: { resource: ['message', 'command'] } }
      }
    ]
  };

  methods = { loadOptions: { getSessions: sessionOptions } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const output: INodeExecutionData[] = [];
    for (const index of this.getInputData().keys()) {
      const step = new ItemStep(this, index);
      try {
        const [resource, operation] = [step.text('resource'), step.text('operation')];
        const perform = OPERATIONS[resource]?.[operation];
        if (!perform) throw step.refusal(`There is no operation "${operation}" for "${resource}".`);
        output.push(...(await perform(step)));
      } catch (error) {
        const shown = step.errorOf(error);
        if (!this.continueOnFail()) throw shown;
        const { message, description } = shown;
        const facts = shown instanceof EdgeError ? { code: shown.code, retryable: shown.retryable, certain: shown.certain } : {};
        output.push({ json: { error: message, description: description ?? null, ...facts }, pairedItem: { item: index } });
      }
    }
    return [output];
  }
}
