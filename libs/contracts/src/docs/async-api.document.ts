import { EVENT_CATALOG, EVENT_NAMES, type EventName } from '../events/event-catalog.js';
import { EVENT_HEADERS } from '../events/event-headers.codec.js';
import type { AsyncApiDocument, AsyncApiMessage, JsonSchema } from './async-api.types.js';
import { natsPart } from './nats-channels.js';
import { socketIoPart } from './socket-io-channels.js';
import { commandSchemas } from './request.schemas.js';
import { WIRE_SCHEMAS } from './wire.schemas.js';

/** Payloads from real sessions, by event. */
export type EventExamples = Partial<Record<EventName, unknown>>;

/**
 * Returns the TypeScript type of a payload, for people and generators. Baileys' types come from `@whiskeysockets/baileys`, those of Wabus from `@wabus/sdk`.
 */
function payloadType(event: EventName): string {
  if (event === 'creds.update') return 'CredentialsChanged';
  return EVENT_CATALOG[event].origin === 'wabus' ? `OwnEventMap['${event}']` : `BaileysEventMap['${event}']`;
}

function payloadSchema(event: EventName): JsonSchema {
  const { payload, origin } = EVENT_CATALOG[event];
  const form = origin === 'baileys' ? ' in the JSON form of ADR 3' : '';
  const removed = payload === 'redacted' ? ' Key material is removed.' : '';
  const large = ' Parts that are too large or too deep for the log are `#/components/schemas/LargePart`.';
  return { description: `\`${payloadType(event)}\`${form}.${removed}${large}`, 'x-typescript-type': payloadType(event) };
}

/** The headers of an event on NATS. */
const headers: JsonSchema = {
  type: 'object',
  properties: Object.fromEntries(Object.values(EVENT_HEADERS).map(name => [name, { type: 'string' }])),
  required: Object.entries(EVENT_HEADERS)
    .filter(([fact]) => fact !== 'traceparent' && fact !== 'chats')
    .map(([, name]) => name)
};

/** Returns one message for each event of the catalog, by event name. */
export function eventMessages(examples: EventExamples): Record<string, AsyncApiMessage> {
  return Object.fromEntries(
    EVENT_NAMES.map(event => {
      const example = examples[event];
      const message: AsyncApiMessage = {
        name: event,
        summary: EVENT_CATALOG[event].meaning,
        headers,
        payload: payloadSchema(event),
        ...(example === undefined ? {} : { examples: [{ name: 'captured', payload: example }] })
      };
      return [event, message];
    })
  );
}

export interface AsyncApiOptions {
  /** Payloads from real sessions, by event. */
  readonly examples?: EventExamples;
  /** The host and port at which clients reach the edge. Default: the local machine. */
  readonly edgeHost?: string;
  /** The release of Wabus that the document describes. */
  readonly version: string;
}

/** Builds the AsyncAPI 3.0 document of all messages on Socket.IO and NATS from the catalogs. It contains no secrets. */
export function asyncApiDocument({ examples = {}, edgeHost = 'localhost:3000', version }: AsyncApiOptions): AsyncApiDocument {
  const [socketIo, nats] = [socketIoPart(), natsPart()];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Wabus',
      version,
      description: 'WhatsApp accounts as an event bus. The protocol page explains in prose what this document defines for programs.',
      license: { name: 'MIT' }
    },
    defaultContentType: 'application/json',
    servers: {
      edge: {
        host: edgeHost,
        pathname: '/socket.io/',
        protocol: 'ws',
        protocolVersion: 'Socket.IO 5',
        description: 'An edge. Clients send their token in the handshake: `auth: {token}`.',
        security: [{ $ref: '#/components/securitySchemes/token' }]
      },
      nats: {
        host: 'localhost:4222',
        protocol: 'nats',
        description: 'For internal services, which may bypass the edge.',
        security: [{ $ref: '#/components/securitySchemes/natsUser' }]
      }
    },
    channels: { ...socketIo.channels, ...nats.channels },
    operations: { ...socketIo.operations, ...nats.operations },
    components: {
      schemas: { ...WIRE_SCHEMAS, ...commandSchemas() },
      messages: { ...eventMessages(examples), ...socketIo.messages, ...nats.messages },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An access token.' },
        natsUser: {
          type: 'userPassword',
          description:
            'A NATS user. `service` reads every event and sends no commands; a service with its own user sends commands to the sessions listed for it (docs/security.md).'
        }
      }
    }
  };
}
