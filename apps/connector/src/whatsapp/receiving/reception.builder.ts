import type { BinaryNode } from '@whiskeysockets/baileys';
import type { BaileysSocketParts } from '../baileys-socket.types.js';
import { BotAnswers } from './bot-answers.js';
import { identifySealed, isSealed, readOpened } from './kept-message.reader.js';
import { MessageReception } from './message-reception.js';
import { keepUnsealed } from './unsealed-stanza.writer.js';
import { WithheldMessages } from './withheld-messages.js';

/**
 * The steps that each message stanza of a connection passes, from outside to inside: its entry in the journal, what WhatsApp withholds, answers of assistants, Baileys.
 * `recover` runs before anything is taken from the network.
 */
export function buildReception(parts: BaileysSocketParts, recover: () => Promise<void>): MessageReception {
  const { socket, credentials, ended } = parts;
  const me = () => credentials.state.creds.me;
  // Without a connection nothing was confirmed: the journal has it.
  const readAgain = async (stanza: BinaryNode) => (socket.ws.isOpen ? readOpened(stanza, { ...parts, me: me() }) : null);
  const withheld = new WithheldMessages({ ...parts, ev: socket.ev, me, readAgain, ended: ended.signal });
  const bots = new BotAnswers({ ...parts, me });
  return new MessageReception({
    ...parts,
    stanzas: socket.ws,
    openEarly: (stanza, pass) => parts.early.open(stanza, pass),
    isSealed: stanza => isSealed(stanza, me()),
    // A corrected post of a channel has the id of the post.
    identify: stanza => identifySealed(stanza, me()),
    keep: (stanza, pass) => keepUnsealed(stanza, pass, credentials),
    around: (stanza, handle) => withheld.handle(stanza, () => bots.handle(stanza, handle)),
    recover,
    connected: () => socket.ws.isOpen
  });
}
