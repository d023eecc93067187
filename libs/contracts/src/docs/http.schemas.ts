import { schemaRef, type JsonSchema } from './async-api.types.js';

const text: JsonSchema = { type: 'string' };

/** What only HTTP has. */
export const HTTP_SCHEMAS: Record<string, JsonSchema> = {
  CreateSession: {
    type: 'object',
    properties: {
      session: schemaRef('SessionId'),
      proxy: { ...text, description: 'The proxy of its connections to WhatsApp, with user and password where it wants them.' }
    },
    required: ['session']
  },
  SessionStatus: {
    type: 'object',
    description: 'What the owner of the session observes; `SessionStatus` of the contracts has every field.',
    properties: { session: schemaRef('SessionId'), state: { ...text, description: 'Such as `starting`, `pairing`, `open` or `stopped`.' } },
    required: ['session', 'state']
  },
  SessionView: {
    type: 'object',
    description: 'What is wanted of the session, and what is.',
    properties: {
      session: schemaRef('SessionId'),
      desired: { ...text, description: 'Such as `running`, `stopped`, `logged-out` or `deleted`.' },
      createdAt: { type: 'string', format: 'date-time' },
      status: schemaRef('SessionStatus')
    },
    required: ['session', 'desired', 'createdAt', 'status']
  },
  EventPage: {
    type: 'object',
    description: 'A page of the past.',
    properties: {
      events: { type: 'array', items: schemaRef('EventEnvelope') },
      cursor: { ...text, description: 'Hand it back as `since` to get the next page.' },
      more: { type: 'boolean', description: 'There may be more before `until` or the end of the log.' },
      truncated: {
        type: 'object',
        description: 'What was stored before `firstAt` is gone.',
        properties: { firstAt: { type: ['string', 'null'], format: 'date-time' } },
        required: ['firstAt']
      }
    },
    required: ['events', 'cursor', 'more']
  }
};
