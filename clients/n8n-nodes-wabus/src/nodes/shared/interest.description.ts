import type { INodeProperties } from 'n8n-workflow';
import { EVENTS } from './events.table.js';

/** The fields that select the events, which both triggers share. */
export const INTEREST_PROPERTIES: INodeProperties[] = [
  {
    displayName: 'Events',
    name: 'events',
    type: 'multiOptions',
    options: EVENTS.map(({ event, meaning }) => ({ name: event, value: event, description: meaning })),
    default: ['messages.upsert'],
    required: true,
    description: 'The events that start the workflow'
  },
  {
    displayName: 'Session Names or IDs',
    name: 'sessions',
    type: 'multiOptions',
    typeOptions: { loadOptionsMethod: 'getSessions' },
    default: [],
    description:
      'The accounts. If none is chosen, all that the token permits. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.'
  },
  {
    displayName: 'Only Incoming Messages',
    name: 'onlyIncoming',
    type: 'boolean',
    default: true,
    description: 'Whether to ignore messages sent by the account itself and messages that cannot be read. Other events are not affected.'
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: [
      {
        displayName: 'Chats',
        name: 'chats',
        type: 'string',
        default: '',
        placeholder: '+49 151 23456789, 1203630@g.us',
        description: 'Only events about these chats: phone numbers, jids or LIDs, separated by commas'
      },
      {
        displayName: 'Simplify',
        name: 'simplify',
        type: 'boolean',
        default: true,
        description: 'Whether to return a simplified version of the response instead of the raw data'
      }
    ]
  }
];
