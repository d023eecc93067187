import type { BaileysEventMap, BinaryNode, Contact, WAMessage, WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { isUndecrypted } from '../whatsapp-engine.js';
import { fileWithBot, withheldMessage } from './kept-message.reader.js';
import { renameFormerServer, saidOf } from './withheld.mapper.js';

type Upsert = BaileysEventMap['messages.upsert'];

export interface WithheldMessagesParts {
  /** Of the socket. */
  readonly ev: WASocket['ev'];
  readonly me: () => Contact | undefined;
  readonly logger: Logger;
  /** The message of a stanza once more, from what was decrypted of it; `null` when nothing was. */
  readonly readAgain: (stanza: BinaryNode) => Promise<WAMessage | null>;
  /** Aborted when the connection has ended. */
  readonly ended: AbortSignal;
}

/**
 * Emits an event for messages that Baileys acknowledges or refuses without one: those that WhatsApp keeps from linked devices, and those of senders that it does not know. Each
 * says why in `withheld`, and so do those that Baileys emits without content.
 */
export class WithheldMessages {
  private current: { readonly stanza: BinaryNode; emitted: boolean } | null = null;

  /** Follows what is emitted when it is emitted: Baileys keeps events back while it buffers. */
  constructor(private readonly parts: WithheldMessagesParts) {
    const { ev, ended } = parts;
    const emit = ev.emit.bind(ev);
    ev.emit = (event, payload) => {
      if (event !== 'messages.upsert') return emit(event, payload);
      const { messages, ...rest } = payload as Upsert;
      this.note(messages);
      // Nothing was confirmed without a connection: what could not be read for the lack of one comes again.
      const whole = ended.aborted ? messages.filter(message => !isUndecrypted(message) || 'withheld' in message) : messages;
      return whole.length > 0 && emit('messages.upsert', { messages: whole, ...rest });
    };
  }

  /** Runs the handling of a stanza, and emits the event that it left out. */
  async handle(stanza: BinaryNode, handle: () => Promise<void>): Promise<void> {
    renameFormerServer(stanza);
    const current = (this.current = { stanza, emitted: false });
    try {
      await handle();
    } finally {
      this.current = null;
      if (!current.emitted) await this.emitWithout(stanza);
    }
  }

  private note(messages: readonly WAMessage[]): void {
    const { current } = this;
    for (const message of messages) {
      if (!current || message.key.id !== current.stanza.attrs['id']) continue;
      current.emitted = true;
      fileWithBot(message.key, current.stanza);
      const withheld = message.message ? null : saidOf(current.stanza);
      if (withheld) Object.assign(message, { withheld });
    }
  }

  /** Baileys throws when a field is missing. Then the message is built from what was decrypted. */
  private async emitWithout(stanza: BinaryNode): Promise<void> {
    const { ev, me, logger, readAgain } = this.parts;
    const { from, id, offline } = stanza.attrs;
    const message = withheldMessage(stanza, me()) ?? (await readAgain(stanza));
    if (!message) return;
    if (!message.key.id) return logger.warn({ from, id }, 'skipping a message without an id or a sender');
    ev.emit('messages.upsert', { messages: [message], type: offline ? 'append' : 'notify' });
    // At once, so that the journal knows what it came of: Baileys may collect events for another stanza.
    ev.flush();
  }
}
