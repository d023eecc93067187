import { EVENT_NAMES } from '../events/event-catalog.js';
import { GATEWAY_NAMESPACE } from '../socket-io/gateway-messages.js';
import {
  byName,
  channelMessageRef,
  channelRef,
  schemaRef,
  serverRef,
  type AsyncApiMessage,
  type AsyncApiOperation,
  type AsyncApiPart,
  type Reference
} from './async-api.types.js';

const GATEWAY = 'gateway';

const ownMessages: Record<string, AsyncApiMessage> = {
  subscribe: { name: 'subscribe', summary: 'Adds events, or joins a durable subscription.', payload: schemaRef('SubscribeRequest') },
  unsubscribe: {
    name: 'unsubscribe',
    summary: 'Removes events, or all of them if none are named; or leaves a durable subscription.',
    payload: {
      oneOf: [
        { type: 'null' },
        { type: 'array', items: { type: 'string' } },
        { type: 'object', properties: { durable: schemaRef('SubscriptionName') }, required: ['durable'] }
      ]
    }
  },
  subscribed: { name: 'subscribed', summary: 'The ack of `subscribe` and `unsubscribe`.', payload: schemaRef('SubscribeOutcome') },
  command: { name: 'command', summary: 'Sends a command to a session.', payload: schemaRef('CommandMessage') },
  outcome: { name: 'outcome', summary: 'The ack of `command`.', payload: schemaRef('CommandOutcome') },
  batch: {
    name: 'batch',
    summary: 'Several events at once, for clients that subscribed with `batch`.',
    payload: { type: 'array', items: schemaRef('EventEnvelope') }
  },
  delivery: {
    name: 'delivery',
    summary: 'An event of a durable subscription, to be acknowledged through its ack function.',
    payload: schemaRef('EventDelivery')
  },
  answer: { name: 'answer', summary: 'What the client passes to the ack function of a `delivery`.', payload: schemaRef('DeliveryAnswer') },
  exception: { name: 'exception', summary: 'A message without an ack function was refused.', payload: schemaRef('Error') }
};

/** Builds the Socket.IO part of the document: one namespace, whose messages have the names of their Socket.IO events. */
export function socketIoPart(): AsyncApiPart {
  const inGateway = (name: string): Reference => channelMessageRef(GATEWAY, name);
  const asked = (summary: string, request: string, answer: string): AsyncApiOperation => ({
    action: 'receive',
    channel: channelRef(GATEWAY),
    summary,
    messages: [inGateway(request)],
    reply: { channel: channelRef(GATEWAY), messages: [inGateway(answer)] }
  });
  return {
    messages: ownMessages,
    channels: {
      [GATEWAY]: {
        address: GATEWAY_NAMESPACE,
        description:
          'The Socket.IO namespace of the edge. The root namespace is equivalent. An event arrives under its own name with exactly one argument: its payload, or its envelope if the subscription requested it. Replies are acks.',
        servers: [serverRef('edge')],
        messages: { ...byName([...EVENT_NAMES]), ...byName(Object.keys(ownMessages)) }
      }
    },
    operations: {
      subscribe: asked('Choose which events arrive.', 'subscribe', 'subscribed'),
      unsubscribe: asked('Stop receiving events.', 'unsubscribe', 'subscribed'),
      command: asked('Send a command to a session.', 'command', 'outcome'),
      receiveEvents: {
        action: 'send',
        channel: channelRef(GATEWAY),
        summary: 'Events, each under its own name.',
        messages: [...EVENT_NAMES, 'batch', 'exception'].map(inGateway)
      },
      receiveDeliveries: {
        action: 'send',
        channel: channelRef(GATEWAY),
        summary: 'Events of a durable subscription.',
        messages: [inGateway('delivery')],
        reply: { channel: channelRef(GATEWAY), messages: [inGateway('answer')] }
      }
    }
  };
}
