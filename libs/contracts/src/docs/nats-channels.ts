import { COMMAND_CATALOG } from '../commands/command-catalog.js';
import type { CommandRow } from '../commands/command-row.js';
import { COMMAND_HEADERS } from '../commands/command-wire.codec.js';
import { EVENT_NAMES } from '../events/event-catalog.js';
import type { SessionId } from '../ids/ids.js';
import { commandSubject, EVENT_STREAM, eventSubject, liveSubject } from '../subjects.js';
import {
  byName,
  channelMessageRef,
  channelRef,
  schemaRef,
  serverRef,
  type AsyncApiChannel,
  type AsyncApiMessage,
  type AsyncApiOperation,
  type AsyncApiPart,
  type JsonSchema
} from './async-api.types.js';

const ANY_SESSION = '{session}' as SessionId;
const parameters = { session: { description: 'The id of a session.' } };
const servers = [serverRef('nats')];

const { epoch, ...requestHeaders } = COMMAND_HEADERS;

function headersOf(names: readonly string[]): JsonSchema {
  return { type: 'object', properties: Object.fromEntries(names.map(name => [name, { type: 'string' }])) };
}

function requestMessage(method: string, row: CommandRow): AsyncApiMessage {
  const args: JsonSchema = {
    description: 'Arguments by name, or an array in the order of the parameters.',
    oneOf: [schemaRef(row.request.name), { type: 'array', description: row.parameters.join(', '), maxItems: row.parameters.length }]
  };
  return {
    name: `command.${method}`,
    summary: row.meaning,
    headers: headersOf(Object.values(requestHeaders)),
    payload: {
      type: 'object',
      properties: { args },
      'x-scope': row.scope,
      'x-deadline-ms': row.deadlineMs,
      'x-repeatable': row.repeatable
    }
  };
}

const natsOutcome: AsyncApiMessage = {
  name: 'commandOutcome',
  summary: 'The reply from the owner of the session.',
  headers: headersOf([epoch]),
  payload: schemaRef('CommandOutcome')
};

/** Returns the commands that the owner of a session runs, itself or through its socket. The other commands edit records and are not sent over NATS. */
function servedCommands(): [method: string, row: CommandRow][] {
  return Object.entries(COMMAND_CATALOG as Record<string, CommandRow>).filter(([, row]) => row.target !== 'registry');
}

/** Builds the NATS part of the document: a channel for each event and for each command that an owner runs. */
export function natsPart(): AsyncApiPart {
  const messages: Record<string, AsyncApiMessage> = { commandOutcome: natsOutcome };
  const channels: Record<string, AsyncApiChannel> = {};
  const operations: Record<string, AsyncApiOperation> = {};
  for (const event of EVENT_NAMES) {
    const channel = `event.${event}`;
    const live = liveSubject(eventSubject(ANY_SESSION, event));
    channels[channel] = {
      address: eventSubject(ANY_SESSION, event),
      description: `Kept in the stream ${EVENT_STREAM}; republished under ${live} with its sequence in the header Nats-Sequence.`,
      servers,
      parameters,
      messages: byName([event])
    };
    operations[`receive.${event}`] = {
      action: 'send',
      channel: channelRef(channel),
      summary: 'An event of a session.',
      messages: [channelMessageRef(channel, event)]
    };
  }
  for (const [method, row] of servedCommands()) {
    const channel = `command.${method}`;
    messages[channel] = requestMessage(method, row);
    channels[channel] = {
      address: commandSubject(ANY_SESSION, method),
      description: 'Request and reply. Only the owner of the session subscribes: "no responders" means that no connector runs it now.',
      servers,
      parameters,
      messages: byName([channel, 'commandOutcome'])
    };
    operations[channel] = {
      action: 'receive',
      channel: channelRef(channel),
      summary: row.meaning,
      messages: [channelMessageRef(channel, channel)],
      reply: { channel: channelRef(channel), messages: [channelMessageRef(channel, 'commandOutcome')] }
    };
  }
  return { messages, channels, operations };
}
