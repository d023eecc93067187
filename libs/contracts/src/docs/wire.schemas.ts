import { ERROR_CODES } from '../errors/error-codes.js';
import { EVENT_NAMES } from '../events/event-catalog.js';
import { SESSION_ID_PATTERN } from '../ids/ids.js';
import { SUBSCRIPTION_NAME_PATTERN } from '../subscriptions/subscription-record.js';
import { schemaRef, type JsonSchema } from './async-api.types.js';

const text = (description: string): JsonSchema => ({ type: 'string', description });
const whole = (description: string, minimum: number, maximum?: number): JsonSchema => ({
  type: 'integer',
  description,
  minimum,
  ...(maximum === undefined ? {} : { maximum })
});
const time = (description: string): JsonSchema => ({ type: 'string', format: 'date-time', description });
const listOf = (items: JsonSchema, description: string): JsonSchema => ({ type: 'array', items, description });

function objectOf(properties: Record<string, JsonSchema>, required: readonly string[]): JsonSchema {
  return { type: 'object', properties, required: [...required] };
}

const envelopeFields = {
  id: text('An event keeps its id when it is stored or delivered again.'),
  session: schemaRef('SessionId'),
  event: schemaRef('EventName'),
  cursor: text('Pass it as `since` to continue after this event. Opaque.'),
  at: time('When the connector emitted it.'),
  epoch: whole('Epoch of the owner that published it.', 0),
  schemaVersion: whole("Version of the payload's form.", 1),
  data: { description: 'The payload of the event.' }
};
const ENVELOPE_REQUIRED = Object.keys(envelopeFields);

const sessionsSchema: JsonSchema = { oneOf: [{ const: '*' }, listOf(schemaRef('SessionId'), 'Session ids.')] };
const eventPatterns = listOf(text('A name, `*` for all, or a prefix with `.*`.'), 'The events to receive.');

const subscribeFields = {
  events: eventPatterns,
  sessions: listOf(schemaRef('SessionId'), 'If missing, all that the token permits.'),
  since: text('Start in the past: after a cursor, or at an ISO time.')
};

const terms = {
  ackWaitMs: whole('A delivery that is not acknowledged within this time is repeated.', 500, 3_600_000),
  maxInFlight: whole('Maximum number of deliveries that one client can hold without acknowledging them; 1 keeps the order.', 1, 1_000),
  maxDeliveries: whole('The number of deliveries without an acknowledgement after which an event becomes a dead letter.', 1, 100)
};

/** The schemas of all forms on the wire that Wabus defines. The payloads of Baileys' events are described with their messages. */
export const WIRE_SCHEMAS: Record<string, JsonSchema> = {
  SessionId: { type: 'string', pattern: SESSION_ID_PATTERN.source, description: 'The id of a session: one WhatsApp login.' },
  SubscriptionName: { type: 'string', pattern: SUBSCRIPTION_NAME_PATTERN.source, description: 'The name of a durable subscription.' },
  EventName: { type: 'string', enum: [...EVENT_NAMES] },
  ErrorCode: { type: 'string', enum: Object.keys(ERROR_CODES) },
  Error: objectOf(
    {
      code: schemaRef('ErrorCode'),
      message: text('What happened and what to do about it.'),
      retryable: { type: 'boolean', description: 'The same request may succeed later.' },
      certain: { type: 'boolean', description: 'The request certainly had no effect.' },
      details: { type: 'object' }
    },
    ['code', 'message', 'retryable', 'certain']
  ),
  LargePart: objectOf(
    {
      $large: objectOf(
        {
          media: text(
            'The reference of the content in `GET /api/sessions/{session}/media/{media}`. Missing if the store had no room for it.'
          ),
          form: {
            enum: ['text', 'bytes', 'json'],
            description: 'The form of the content: UTF-8 text, bytes, or the JSON of a list or an object.'
          },
          bytes: whole('The size of the content.', 0),
          sha256: text('The SHA-256 of the content, in hex.'),
          preview: text('The beginning of a text.')
        },
        ['form', 'bytes', 'sha256']
      )
    },
    ['$large']
  ),
  Refusal: objectOf({ ok: { const: false }, error: schemaRef('Error') }, ['ok', 'error']),
  EventEnvelope: objectOf(envelopeFields, ENVELOPE_REQUIRED),
  SubscribeRequest: {
    oneOf: [
      eventPatterns,
      {
        ...objectOf(
          {
            ...subscribeFields,
            chats: listOf(text('A jid.'), 'Only events about these chats.'),
            envelope: { type: 'boolean', description: 'Handlers get an envelope instead of the payload.' },
            batch: { type: 'boolean', description: 'Envelopes arrive in arrays, as the event `batch`.' }
          },
          ['events']
        ),
        additionalProperties: false
      },
      schemaRef('DurableSubscribeRequest')
    ]
  },
  DurableSubscribeRequest: {
    ...objectOf(
      {
        durable: schemaRef('SubscriptionName'),
        ...subscribeFields,
        ...terms,
        update: { type: 'boolean', description: 'Changes an existing subscription.' }
      },
      ['durable']
    ),
    additionalProperties: false
  },
  SubscriptionState: objectOf(
    {
      ok: { const: true },
      granted: listOf(schemaRef('EventName'), 'The events this connection receives.'),
      refused: listOf(
        objectOf({ name: text('The name as requested.'), error: schemaRef('Error') }, ['name', 'error']),
        'What was not granted, and why.'
      ),
      sessions: sessionsSchema,
      cursor: text('All events stored after this cursor will arrive.'),
      truncated: objectOf({ firstAt: { type: ['string', 'null'], format: 'date-time' } }, ['firstAt'])
    },
    ['ok', 'granted', 'refused', 'sessions', 'cursor']
  ),
  DurableSubscription: objectOf(
    {
      name: schemaRef('SubscriptionName'),
      id: text('Distinguishes the subscription from a removed one with the same name.'),
      start: text('The cursor at which the subscription began.'),
      events: eventPatterns,
      sessions: sessionsSchema,
      ...terms,
      owner: text('Id of the principal that created it.'),
      createdAt: time('When it was created.'),
      updatedAt: time('When its terms last changed.')
    },
    ['name', 'id', 'start', 'events', 'sessions', 'ackWaitMs', 'maxInFlight', 'maxDeliveries', 'owner', 'createdAt', 'updatedAt']
  ),
  SubscribeOutcome: {
    oneOf: [
      schemaRef('SubscriptionState'),
      objectOf({ ok: { const: true }, subscription: schemaRef('DurableSubscription') }, ['ok', 'subscription']),
      schemaRef('Refusal')
    ]
  },
  EventDelivery: objectOf(
    { subscription: schemaRef('SubscriptionName'), attempt: whole('1 for the first delivery.', 1), ...envelopeFields },
    ['subscription', 'attempt', ...ENVELOPE_REQUIRED]
  ),
  DeliveryAnswer: {
    description: 'Nothing, null, true or {ok: true} acknowledges; anything else refuses.',
    oneOf: [
      { type: ['null', 'boolean', 'string'] },
      { type: 'object', properties: { ok: { type: 'boolean' }, error: {}, retryInMs: { type: 'integer', minimum: 0 } } }
    ]
  },
  CommandMessage: {
    ...objectOf(
      {
        session: schemaRef('SessionId'),
        method: text('Name of a command.'),
        args: { description: 'Arguments by name, or an array in the order of the parameters.' },
        deadlineMs: whole('How long to wait for the reply.', 1)
      },
      ['session', 'method']
    ),
    additionalProperties: false
  },
  CommandOutcome: { oneOf: [objectOf({ ok: { const: true }, data: {} }, ['ok']), schemaRef('Refusal')] }
};

/** The schemas that only HTTP uses. */
export const HTTP_SCHEMAS: Record<string, JsonSchema> = {
  CreateSession: {
    type: 'object',
    properties: {
      session: schemaRef('SessionId'),
      proxy: text('The proxy for the connections of the session to WhatsApp, with user and password if the proxy needs them.')
    },
    required: ['session']
  },
  EventPage: {
    type: 'object',
    description: 'A page of past events.',
    properties: {
      events: { type: 'array', items: schemaRef('EventEnvelope') },
      cursor: text('Pass it as `since` to get the next page.'),
      more: { type: 'boolean', description: 'Whether there may be more events before `until` or the end of the log.' },
      truncated: {
        type: 'object',
        description: 'Events stored before `firstAt` are gone.',
        properties: { firstAt: { type: ['string', 'null'], format: 'date-time' } },
        required: ['firstAt']
      }
    },
    required: ['events', 'cursor', 'more']
  }
};
