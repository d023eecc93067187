import type { AnyMessageContent, proto } from '@whiskeysockets/baileys';
import type { Recipient } from '../addressing/recipient.resolver.js';
import { contentAdditions, NO_ADDITIONS, statusAdditions, type StanzaAdditions } from './stanza-addition.mapper.js';

/** A message that is about to be sent. */
export interface OutgoingStanza {
  readonly recipient: Recipient;
  /** The content of the message; `null` if the caller passed the protobuf itself. */
  readonly content: AnyMessageContent | null;
  readonly message: proto.IMessage;
}

/** Returns one kind of additions for a message. An error fails the send before anything is sent. */
export type AdditionStep = (stanza: OutgoingStanza) => StanzaAdditions | Promise<StanzaAdditions>;

/** Returns the steps for all additions to the messages of a connection, in the order of the stanza. */
export function additionSteps(): readonly AdditionStep[] {
  return [
    ({ content }) => (content ? contentAdditions(content) : NO_ADDITIONS),
    // Otherwise peers and phones would show an unknown user (whaileys PR 89, zapo 4899aad).
    ({ recipient: { number } }) => (number === null ? NO_ADDITIONS : { attributes: { peer_recipient_pn: number }, nodes: [] }),
    ({ recipient: { jid }, message }) => statusAdditions(jid, message)
  ];
}
