import type { AnyMessageContent, proto } from '@whiskeysockets/baileys';
import type { Recipient } from '../addressing/recipient.resolver.js';
import { contentAdditions, NO_ADDITIONS, statusAdditions, type StanzaAdditions } from './stanza-addition.mapper.js';

/** A message that is about to leave. */
export interface OutgoingStanza {
  readonly recipient: Recipient;
  /** What it was made of; `null` when the caller gave the protobuf itself. */
  readonly content: AnyMessageContent | null;
  readonly message: proto.IMessage;
}

/** Decides on one thing that goes with messages. What it throws fails the send before anything has left. */
export type AdditionStep = (stanza: OutgoingStanza) => StanzaAdditions | Promise<StanzaAdditions>;

/** Everything that goes with the messages of a connection, in the order in which the stanza has it. */
export function additionSteps(): readonly AdditionStep[] {
  return [
    ({ content }) => (content ? contentAdditions(content) : NO_ADDITIONS),
    // Peers and phones would show an unknown user otherwise (whaileys PR 89, zapo 4899aad).
    ({ recipient: { number } }) => (number === null ? NO_ADDITIONS : { attributes: { peer_recipient_pn: number }, nodes: [] }),
    ({ recipient: { jid }, message }) => statusAdditions(jid, message)
  ];
}
