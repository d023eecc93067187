import type { BaileysEventMap, BinaryNode, Contact, WAMessage, WASocket } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { isUndecrypted } from '../whatsapp-engine.js';
import { fileWithBot, withheldMessage } from './kept-message.reader.js';
import { renameFormerServer, saidOf } from './withheld.mapper.js';

type Upsert = BaileysEventMap['messages.upsert'];

export interface WithheldMessagesParts {
  /** The event emitter of the socket. */
  readonly ev: WASocket['ev'];
  readonly me: () => Contact | undefined;
  readonly logger: Logger;
  /** Rebuilds the message of a stanza from its decrypted content; `null` if nothing was decrypted. */
  readonly readAgain: (stanza: BinaryNode) => Promise<WAMessage | null>;
  /** Aborted at the end of the connection. */
  readonly ended: AbortSignal;
}

/**
 * Emits an event for messages that Baileys acknowledges or refuses without an event: messages that WhatsApp withholds from linked devices, and messages from
 * senders that Baileys does not support. The field `withheld` contains the reason, also in messages that Baileys emits without content.
 */
export class WithheldMessages {
  private current: { readonly stanza: BinaryNode; emitted: boolean } | null = null;

  /** Wraps `ev.emit` instead of listening to events, because Baileys delays events while it buffers. */
  constructor(private readonly parts: WithheldMessagesParts) {
    const { ev, ended } = parts;
    const emit = ev.emit.bind(ev);
    ev.emit = (event, payload) => {
      if (event !== 'messages.upsert') return emit(event, payload);
      const { messages, ...rest } = payload as Upsert;
      this.note(messages);
      // Without a connection nothing was confirmed, so WhatsApp delivers messages again that were unreadable for that reason.
      const whole = ended.aborted ? messages.filter(message => !isUndecrypted(message) || 'withheld' in message) : messages;
      return whole.length > 0 && emit('messages.upsert', { messages: whole, ...rest });
    };
  }

  /** Runs the handling of a stanza, and emits an event if the handling emitted none. */
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

  /** Emits the event of a message for which Baileys emitted none. If Baileys threw because a field is missing, uses the decrypted content. */
  private async emitWithout(stanza: BinaryNode): Promise<void> {
    const { ev, me, logger, readAgain } = this.parts;
    const { from, id, offline } = stanza.attrs;
    const message = withheldMessage(stanza, me()) ?? (await readAgain(stanza));
    if (!message) return;
    if (!message.key.id) return logger.warn({ from, id }, 'skipping a message without an id or a sender');
    ev.emit('messages.upsert', { messages: [message], type: offline ? 'append' : 'notify' });
    // Flushed synchronously, so that the journal assigns the event to this stanza: Baileys may be buffering events for another one.
    ev.flush();
  }
}
