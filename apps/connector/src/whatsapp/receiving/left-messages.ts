import type { BinaryNode, Contact, SocketConfig, WAMessage } from '@whiskeysockets/baileys';
import { normalizeMessageContent, proto } from '../baileys.js';
import type { Inbox, InboxRecovery, KeptStanza } from '../inbox.js';
import { notesOf, reportPart } from '../secrets/part-events.mapper.js';
import type { PartOpener } from '../secrets/part-opener.js';
import type { SocketListener } from '../whatsapp-engine.js';
import { hashOf, identifyKept, identifySealed, readKeptMessage, withheldMessage } from './kept-message.reader.js';

export interface LeftMessagesParts {
  readonly inbox: Inbox;
  readonly opener: PartOpener;
  /** The account of the messages. */
  readonly me: Contact | undefined;
  /** Receives the events that a connection would have emitted for the messages. */
  readonly listener: Pick<SocketListener, 'event' | 'voted' | 'unopened'>;
  readonly logger: SocketConfig['logger'];
}

/** Returns the functions that turn the messages left in an inbox into events without a connection. */
export function leftMessages({ inbox, opener, me, listener, logger }: LeftMessagesParts): Pick<InboxRecovery, 'identify' | 'handle'> {
  async function handle(stanza: KeptStanza): Promise<boolean> {
    const node = stanza as BinaryNode;
    const pass = inbox.begin(node.attrs['id'] ?? '', () => identifySealed(node, me));
    pass.enter();
    const find = async (ciphertext: Uint8Array): Promise<Uint8Array | null> => {
      const plaintext = await pass.recall(hashOf(ciphertext));
      return plaintext && opener.take(node, plaintext);
    };
    try {
      const message = withheldMessage(node, me) ?? (await readKeptMessage(node, find, me, logger));
      const upsert = { messages: [message], type: 'append' as const };
      for (const [about, note] of notesOf({ 'messages.upsert': upsert }, key => opener.claim(key))) reportPart(listener, about, note);
      reportChange(message, listener);
      listener.event('messages.upsert', upsert);
    } finally {
      pass.end();
    }
    return pass.emitted;
  }
  return { identify: stanza => identifyKept(stanza as BinaryNode, me), handle };
}

/** Emits the change that a message makes to another message, in the form of Baileys' `processMessage`. */
function reportChange(message: WAMessage, listener: Pick<SocketListener, 'event'>): void {
  const { key, messageTimestamp } = message;
  const { protocolMessage: change, reactionMessage: reaction } = normalizeMessageContent(message.message) ?? {};
  const { MESSAGE_EDIT, REVOKE } = proto.Message.ProtocolMessage.Type;
  const target = { ...key, id: change?.key?.id };
  if (change?.type === MESSAGE_EDIT) {
    const at = change.timestampMs ? Math.floor(Number(change.timestampMs) / 1000) : messageTimestamp;
    const update = { message: { editedMessage: { message: change.editedMessage } }, messageTimestamp: at };
    listener.event('messages.update', [{ key: target, update }]);
  }
  if (change?.type === REVOKE)
    listener.event('messages.update', [
      { key: target, update: { message: null, messageStubType: proto.WebMessageInfo.StubType.REVOKE, key } }
    ]);
  if (reaction?.key) listener.event('messages.reaction', [{ reaction: { ...reaction, key }, key: reaction.key }]);
}
