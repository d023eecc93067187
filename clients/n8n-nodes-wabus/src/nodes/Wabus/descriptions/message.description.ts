import type { INodeProperties } from 'n8n-workflow';
import { chatField, operationsOf, shown } from './shown.js';

const RESOURCE = 'message';
const SENDS = ['sendText', 'sendMedia', 'reply', 'sendLocation', 'sendContact', 'sendPoll'];
/** The operations that refer to a message. */
const NAMING = ['reply', 'react', 'edit', 'delete', 'markRead'];

const text = (operations: string[], description: string): INodeProperties =>
  shown(RESOURCE, operations, {
    displayName: 'Text',
    name: 'text',
    type: 'string',
    typeOptions: { rows: 3 },
    default: '',
    required: true,
    description
  });

export const MESSAGE_PROPERTIES: INodeProperties[] = [
  operationsOf(RESOURCE, [
    { name: 'Delete', value: 'delete', description: 'Delete a message for everybody', action: 'Delete a message' },
    { name: 'Edit', value: 'edit', description: 'Change the text of a message that the account sent', action: 'Edit a message' },
    { name: 'Mark as Read', value: 'markRead', description: 'Mark a message as read', action: 'Mark a message as read' },
    { name: 'React', value: 'react', description: 'React to a message with an emoji', action: 'React to a message' },
    { name: 'Reply', value: 'reply', description: 'Send a text that quotes a message', action: 'Reply to a message' },
    { name: 'Send Contact', value: 'sendContact', description: 'Send the card of a person', action: 'Send a contact' },
    { name: 'Send Location', value: 'sendLocation', description: 'Send a place', action: 'Send a location' },
    { name: 'Send Media', value: 'sendMedia', description: 'Send a picture, video, sound, document or sticker', action: 'Send a file' },
    { name: 'Send Poll', value: 'sendPoll', description: 'Send a question with options to choose from', action: 'Send a poll' },
    { name: 'Send Text', value: 'sendText', description: 'Send a text', action: 'Send a text' }
  ]),
  chatField(
    RESOURCE,
    [...SENDS, 'react', 'edit', 'delete', 'markRead'],
    'The recipient: a phone number in international format, a jid, a LID or a group'
  ),
  shown(RESOURCE, NAMING, {
    displayName: 'Message ID',
    name: 'messageId',
    type: 'string',
    default: '={{ $json.messageId }}',
    required: true,
    description: 'The ID of the message, as a trigger returns it'
  }),
  text(['sendText', 'reply'], 'The text to send'),
  text(['edit'], 'The new text'),
  shown(RESOURCE, ['react'], {
    displayName: 'Emoji',
    name: 'emoji',
    type: 'string',
    default: '👍',
    description: 'One emoji. Leave empty to remove the reaction.'
  }),
  shown(RESOURCE, ['sendMedia'], {
    displayName: 'Kind',
    name: 'mediaKind',
    type: 'options',
    options: [
      { name: 'Audio', value: 'audio' },
      { name: 'Document', value: 'document' },
      { name: 'Image', value: 'image' },
      { name: 'Sticker', value: 'sticker' },
      { name: 'Video', value: 'video' },
      { name: 'Voice Note', value: 'voice' }
    ],
    default: 'image',
    description: 'How the file is shown'
  }),
  shown(RESOURCE, ['sendMedia'], {
    displayName: 'Source',
    name: 'mediaSource',
    type: 'options',
    options: [
      { name: 'Binary Field', value: 'binary' },
      { name: 'URL', value: 'url' }
    ],
    default: 'binary',
    description: 'Where the file comes from'
  }),
  {
    displayName: 'Input Binary Field',
    name: 'binaryProperty',
    type: 'string',
    default: 'data',
    required: true,
    hint: 'The name of the input binary field containing the file to be sent',
    displayOptions: { show: { resource: [RESOURCE], operation: ['sendMedia'], mediaSource: ['binary'] } }
  },
  {
    displayName: 'URL',
    name: 'mediaUrl',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'https://example.com/picture.jpg',
    description: 'The https address of the file, which the edge fetches. It must not be private unless the edge permits it.',
    displayOptions: { show: { resource: [RESOURCE], operation: ['sendMedia'], mediaSource: ['url'] } }
  },
  shown(RESOURCE, ['sendMedia'], {
    displayName: 'Caption',
    name: 'caption',
    type: 'string',
    default: '',
    description: 'A text below a picture, video or document'
  }),
  shown(RESOURCE, ['sendLocation'], {
    displayName: 'Latitude',
    name: 'latitude',
    type: 'number',
    typeOptions: { minValue: -90, maxValue: 90, numberPrecision: 7 },
    default: 0,
    required: true,
    description: 'Degrees north'
  }),
  shown(RESOURCE, ['sendLocation'], {
    displayName: 'Longitude',
    name: 'longitude',
    type: 'number',
    typeOptions: { minValue: -180, maxValue: 180, numberPrecision: 7 },
    default: 0,
    required: true,
    description: 'Degrees east'
  }),
  shown(RESOURCE, ['sendLocation'], {
    displayName: 'Place',
    name: 'placeName',
    type: 'string',
    default: '',
    description: 'The name of the place'
  }),
  shown(RESOURCE, ['sendContact'], {
    displayName: 'Name',
    name: 'contactName',
    type: 'string',
    default: '',
    required: true,
    description: 'The name on the card'
  }),
  shown(RESOURCE, ['sendContact'], {
    displayName: 'Phone Number',
    name: 'contactNumber',
    type: 'string',
    default: '',
    required: true,
    placeholder: '+49 151 23456789',
    description: 'The number on the card, in international format'
  }),
  shown(RESOURCE, ['sendPoll'], {
    displayName: 'Question',
    name: 'question',
    type: 'string',
    default: '',
    required: true,
    description: 'The question of the poll'
  }),
  shown(RESOURCE, ['sendPoll'], {
    displayName: 'Choices',
    name: 'choices',
    type: 'string',
    typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Choice' },
    default: [],
    required: true,
    description: 'Two to twelve different choices'
  }),
  shown(RESOURCE, ['sendPoll'], {
    displayName: 'Several Choices',
    name: 'severalChoices',
    type: 'boolean',
    default: false,
    description: 'Whether people may choose more than one'
  }),
  shown(RESOURCE, NAMING, {
    displayName: 'Message Details',
    name: 'messageDetails',
    type: 'collection',
    placeholder: 'Add detail',
    default: {},
    description: 'Only for messages that no event has reported, such as those older than the event log',
    options: [
      {
        displayName: 'Author',
        name: 'participant',
        type: 'string',
        default: '',
        description: 'In a group: the jid of the author of the message'
      },
      {
        displayName: 'From This Account',
        name: 'fromMe',
        type: 'boolean',
        default: false,
        description: 'Whether the account of the session sent the message'
      },
      {
        displayName: 'Message (JSON)',
        name: 'message',
        type: 'json',
        default: '={{ $json.message }}',
        description: 'For a reply: the whole message, as a trigger returns it in the field message'
      }
    ]
  }),
  shown(RESOURCE, SENDS, {
    displayName: 'Options',
    name: 'sendOptions',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: [
      {
        displayName: 'Correlation ID',
        name: 'correlation',
        type: 'string',
        default: '',
        description: 'Returned in the message.progress events of this message'
      },
      {
        displayName: 'File Name',
        name: 'fileName',
        type: 'string',
        default: '',
        description: 'The name that recipients of a document see. If empty, the name of the binary field.'
      },
      {
        displayName: 'Link Preview',
        name: 'linkPreview',
        type: 'boolean',
        default: false,
        description: 'Whether the edge fetches a preview of the first link in the text'
      },
      {
        displayName: 'Mentions',
        name: 'mentions',
        type: 'string',
        default: '',
        description: 'The jids of people whom the text mentions with @, separated by commas'
      },
      {
        displayName: 'MIME Type',
        name: 'mimetype',
        type: 'string',
        default: '',
        placeholder: 'application/pdf',
        description: 'The type of the file. If empty, the type of the binary field.'
      }
    ]
  })
];
