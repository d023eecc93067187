import { command, type SocketReply } from '../command-row.js';
import { QueryRequest, RelayMessageRequest, SendNodeRequest } from '../requests/engine.requests.js';

const RAW = { target: 'socket', scope: 'admin', repeatable: false } as const;

/** Commands for methods that the catalog does not have yet. Only the shape of their arguments is validated: misuse can get an account banned. */
export const ENGINE_COMMANDS = {
  query: command<SocketReply<'query'>>()({
    ...RAW,
    deadlineMs: 60_000,
    request: QueryRequest,
    parameters: ['node', 'timeoutMs'],
    meaning: 'Sends a raw stanza and waits for the reply.'
  }),
  sendNode: command<SocketReply<'sendNode'>>()({
    ...RAW,
    deadlineMs: 20_000,
    request: SendNodeRequest,
    parameters: ['frame'],
    meaning: 'Sends a raw stanza.'
  }),
  relayMessage: command<SocketReply<'relayMessage'>>()({
    ...RAW,
    deadlineMs: 30_000,
    request: RelayMessageRequest,
    parameters: ['jid', 'message', 'options'],
    meaning: "Sends a message that you pass in the form of WhatsApp's own protobuf, as JSON. The reply is the id of the message."
  })
};
