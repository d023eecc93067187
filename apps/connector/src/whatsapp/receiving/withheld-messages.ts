import type { BaileysEventEmitter, BaileysEventMap, BinaryNode, Contact, WAMessage } from '@whiskeysockets/baileys';
import type { Logger } from 'pino';
import { proto } from '../baileys.js';
import { fileWithBot, identifyMessage } from './kept-message.reader.js';
import { plainKey, renameFormerServer, saidOf, whyWithout } from './withheld.mapper.js';

/** Stands where Baileys gives its reason for a message without content. */
const STUB_TEXT = 'Withheld by WhatsApp';

type Upsert = BaileysEventMap['messages.upsert'];

/**
 * Emits an event for messages that Baileys acknowledges or refuses without one: those that WhatsApp keeps from linked devices, and those of senders that it does not know. Each
 * says why in `withheld`, and so do those that Baileys emits without content.
 */
export class WithheldMessages {
  private current: { readonly stanza: BinaryNode; emitted: boolean } | null = null;

  /** Follows what is emitted when it is emitted: Baileys keeps events back while it buffers. */
  constructor(
    private readonly ev: BaileysEventEmitter,
    private readonly me: () => Contact | undefined,
    private readonly logger: Logger
  ) {
    const emit = ev.emit.bind(ev);
    ev.emit = (event, payload) => {
      if (event === 'messages.upsert') this.note((payload as Upsert).messages);
      return emit(event, payload);
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
      if (!current.emitted) this.emitWithout(stanza);
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

  private emitWithout(stanza: BinaryNode): void {
    const readable = identifyMessage(stanza, this.me());
    const withheld = whyWithout(stanza, readable !== null);
    const key = readable ?? plainKey(stanza);
    const { from, id, t, notify, offline } = stanza.attrs;
    if (!withheld) return;
    if (!key) return this.logger.warn({ reason: withheld.reason, from, id }, 'skipping a message without id or sender');
    const message = {
      key,
      messageTimestamp: Number(t) || Math.floor(Date.now() / 1000),
      ...(notify ? { pushName: notify } : {}),
      messageStubType: proto.WebMessageInfo.StubType.CIPHERTEXT,
      messageStubParameters: [STUB_TEXT, withheld.reason],
      withheld
    };
    this.ev.emit('messages.upsert', { messages: [message as WAMessage], type: offline ? 'append' : 'notify' });
  }
}
