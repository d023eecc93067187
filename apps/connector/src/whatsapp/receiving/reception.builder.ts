import type { BinaryNode } from '@whiskeysockets/baileys';
import type { BaileysSocketParts } from '../baileys-socket.types.js';
import { BotAnswers } from './bot-answers.js';
import { identifySealed, isSealed, readOpened } from './kept-message.reader.js';
import { MessageReception } from './message-reception.js';
import { keepUnsealed } from './unsealed-stanza.writer.js';
import { WithheldMessages } from './withheld-messages.js';

/**
 * Builds the layers that handle each message stanza of a connection, from the outside in: journal entries, withheld messages, answers of assistants, Baileys.
 * `recover` runs before any stanza from the network is handled.
 */
export function buildReception(parts: BaileysSocketParts, recover: () => Promise<void>): MessageReception {
  const { socket, credentials, ended } = parts;
  const me = () => credentials.state.creds.me;
  // Without a connection nothing was confirmed, and the journal still has the message.
  const readAgain = async (stanza: BinaryNode) => (socket.ws.isOpen ? readOpened(stanza, { ...parts, me: me() }) : null);
  const withheld = new WithheldMessages({ ...parts, ev: socket.ev, me, readAgain, ended: ended.signal });
  const bots = new BotAnswers({ ...parts, me });
  return new MessageReception({
    ...parts,
    stanzas: socket.ws,
    openEarly: (stanza, pass) => parts.early.open(stanza, pass),
    isSealed: stanza => isSealed(stanza, me()),
    // Only sealed stanzas: a corrected channel post has the id of the original post, so the id does not identify it.
    identify: stanza => identifySealed(stanza, me()),
    keep: (stanza, pass) => keepUnsealed(stanza, pass, credentials),
    around: (stanza, handle) => withheld.handle(stanza, () => bots.handle(stanza, handle)),
    recover,
    connected: () => socket.ws.isOpen
  });
}
