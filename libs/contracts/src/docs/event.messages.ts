import { EVENT_CATALOG, EVENT_NAMES, type EventName } from '../events/event-catalog.js';
import { EVENT_HEADERS } from '../events/event-headers.codec.js';
import type { AsyncApiMessage, JsonSchema } from './async-api.types.js';

/** An event as it is known from a real session, by name. */
export type EventExamples = Partial<Record<EventName, unknown>>;

/** The TypeScript type of a payload, for people and generators: Baileys' types come from `@whiskeysockets/baileys`, ours from `@wabus/sdk`. */
function payloadType(event: EventName): string {
  if (event === 'creds.update') return 'CredentialsChanged';
  return EVENT_CATALOG[event].origin === 'wabus' ? `OwnEventMap['${event}']` : `BaileysEventMap['${event}']`;
}

function payloadSchema(event: EventName): JsonSchema {
  const { payload, origin } = EVENT_CATALOG[event];
  const form = origin === 'baileys' ? ' in the JSON form of ADR 3' : '';
  const removed = payload === 'redacted' ? ' Key material is removed.' : '';
  return { description: `\`${payloadType(event)}\`${form}.${removed}`, 'x-typescript-type': payloadType(event) };
}

/** The headers of an event on NATS. */
const headers: JsonSchema = {
  type: 'object',
  properties: Object.fromEntries(Object.values(EVENT_HEADERS).map(name => [name, { type: 'string' }])),
  required: Object.entries(EVENT_HEADERS)
    .filter(([fact]) => fact !== 'traceparent' && fact !== 'chats')
    .map(([, name]) => name)
};

/** One message per event of the catalog, by the event's name. */
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
