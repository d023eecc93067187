import type { INodeProperties } from 'n8n-workflow';
import { chatField, operationsOf, pagingFields, shown } from './shown.js';

export const CHAT_PROPERTIES: INodeProperties[] = [
  operationsOf('chat', [
    { name: 'Get Many', value: 'getAll', description: 'List the chats, newest message first', action: 'Get many chats' },
    {
      name: 'Get Messages',
      value: 'getMessages',
      description: 'List the messages of a chat, newest first',
      action: 'Get messages of a chat'
    },
    { name: 'Search Messages', value: 'search', description: 'Find messages by their text', action: 'Search messages' },
    { name: 'Show Typing', value: 'typing', description: 'Show the account as typing or recording', action: 'Show typing in a chat' }
  ]),
  chatField('chat', ['getMessages', 'typing']),
  shown('chat', ['search'], {
    displayName: 'Query',
    name: 'query',
    type: 'string',
    default: '',
    required: true,
    description: 'A text that the messages contain'
  }),
  shown('chat', ['typing'], {
    displayName: 'Show',
    name: 'presence',
    type: 'options',
    options: [
      { name: 'Paused', value: 'paused' },
      { name: 'Recording', value: 'recording' },
      { name: 'Typing', value: 'composing' }
    ],
    default: 'composing',
    description: 'What others see. A message or Paused ends it.'
  }),
  ...pagingFields('chat', ['getAll', 'getMessages', 'search'])
];

export const CONTACT_PROPERTIES: INodeProperties[] = [
  operationsOf('contact', [
    { name: 'Check Number', value: 'check', description: 'Find out whether phone numbers are on WhatsApp', action: 'Check phone numbers' },
    { name: 'Get Many', value: 'getAll', description: 'List the contacts by name', action: 'Get many contacts' }
  ]),
  shown('contact', ['check'], {
    displayName: 'Phone Numbers',
    name: 'phoneNumbers',
    type: 'string',
    default: '',
    required: true,
    placeholder: '+49 151 23456789',
    description: 'Up to 100 numbers in international format, separated by commas. Each becomes an item.'
  }),
  ...pagingFields('contact', ['getAll'])
];

export const GROUP_PROPERTIES: INodeProperties[] = [
  operationsOf('group', [
    { name: 'Get Many', value: 'getAll', description: 'List the groups by subject', action: 'Get many groups' },
    { name: 'Get Members', value: 'getMembers', description: 'List the members of a group', action: 'Get members of a group' }
  ]),
  shown('group', ['getMembers'], {
    displayName: 'Group',
    name: 'chat',
    type: 'string',
    default: '={{ $json.chat }}',
    required: true,
    placeholder: '120363000000000000@g.us',
    description: 'The jid of the group'
  }),
  ...pagingFields('group', ['getAll'])
];

export const MEDIA_PROPERTIES: INodeProperties[] = [
  operationsOf('media', [
    { name: 'Download', value: 'download', description: 'Get the file of a received message', action: 'Download a file' }
  ]),
  shown('media', ['download'], {
    displayName: 'Cursor',
    name: 'cursor',
    type: 'string',
    default: '={{ $json.cursor }}',
    required: true,
    description: 'The cursor of the event whose message has the file, as a trigger returns it'
  }),
  shown('media', ['download'], {
    displayName: 'Put Output File in Field',
    name: 'binaryProperty',
    type: 'string',
    default: 'data',
    required: true,
    hint: 'The name of the output binary field to put the file in'
  })
];

export const SESSION_PROPERTIES: INodeProperties[] = [
  operationsOf('session', [
    { name: 'Get', value: 'get', description: 'Get the state of a session', action: 'Get a session' },
    { name: 'Get Many', value: 'getAll', description: 'List the sessions that the token may use', action: 'Get many sessions' },
    { name: 'Get QR Code', value: 'getQr', description: 'Get the QR code to link an account', action: 'Get a QR code' },
    { name: 'Restart', value: 'restart', description: 'Reconnect a session to WhatsApp', action: 'Restart a session' },
    { name: 'Start', value: 'start', description: 'Start a session', action: 'Start a session' },
    { name: 'Stop', value: 'stop', description: 'Stop a session. It stays linked.', action: 'Stop a session' }
  ]),
  shown('session', ['getQr'], {
    displayName: 'Put Output File in Field',
    name: 'binaryProperty',
    type: 'string',
    default: 'data',
    required: true,
    hint: 'The name of the output binary field to put the picture in'
  })
];
