import type { BinaryNode, Contact, WAMessageKey, WASocket } from '@whiskeysockets/baileys';
import { isJidGroup, jidNormalizedUser, proto, unpadRandomMax16 } from '../baileys.js';
import type { PartOpener } from '../secrets/part-opener.js';
import { ClosedAnswerError } from '../secrets/bot-answer.repository.js';
import type { Acknowledger } from './acknowledger.js';
import { botAnswerOf, botMessage, type BotAnswer } from './bot-answer.reader.js';
import { identifyMessage } from './kept-message.reader.js';

export interface BotAnswersParts {
  readonly socket: Pick<WASocket, 'ev' | 'signalRepository' | 'sendReceipt' | 'upsertMessage'>;
  readonly opener: Pick<PartOpener, 'note'>;
  readonly acknowledger: Pick<Acknowledger, 'acknowledge'>;
  readonly caches: { readonly botAnswers: { has(id: string): boolean; set(id: string, is: true): unknown } };
  readonly me: () => Contact | undefined;
}

/** Handles answers of assistants, which Baileys refuses. Answers that cannot be opened are left to Baileys, since WhatsApp expects error 495 for them. */
export class BotAnswers {
  private online = false;

  constructor(private readonly parts: BotAnswersParts) {
    parts.socket.ev.on('connection.update', ({ isOnline }) => (this.online = isOnline ?? this.online));
  }

  /** Handles a stanza with an answer; calls `handle` for any other stanza. */
  async handle(stanza: BinaryNode, handle: () => Promise<void>): Promise<void> {
    const answer = botAnswerOf(stanza);
    const key = answer && identifyMessage(stanza, this.parts.me());
    const plaintext = answer && key && (await this.opened(answer, key));
    if (!plaintext) return handle();
    const { socket } = this.parts;
    const message = botMessage(stanza, key, proto.Message.decode(unpadRandomMax16(plaintext)), answer);
    await this.confirm(stanza, key);
    const type = stanza.attrs['offline'] ? 'append' : 'notify';
    const name = `${key.remoteJid} ${key.id}`;
    const { botAnswers } = this.parts.caches;
    // For a repeated delivery, only the event that the log recognizes by its id: `upsertMessage` would emit an edit twice.
    if (botAnswers.has(name)) return void socket.ev.emit('messages.upsert', { messages: [message], type });
    // The event must be emitted before this settles.
    socket.ev.buffer();
    await socket.upsertMessage(message, type);
    socket.ev.flush();
    botAnswers.set(name, true);
  }

  private async opened(answer: BotAnswer, key: WAMessageKey): Promise<Uint8Array | null> {
    const { bot, ciphertext, promptId, prompter } = answer;
    try {
      return await this.parts.socket.signalRepository.decryptMessage({ jid: bot, type: 'msg', ciphertext });
    } catch (error) {
      if (!(error instanceof ClosedAnswerError)) throw error;
      const { remoteJid } = key;
      const ours = prompter === null || this.isOwn(prompter);
      const about = {
        remoteJid,
        id: promptId,
        fromMe: ours,
        ...(!ours && isJidGroup(remoteJid ?? undefined) ? { participant: prompter } : {})
      };
      this.parts.opener.note(key, { kind: 'unopened', unopened: { key, about, kind: 'bot-answer', reason: error.reason } });
      return null;
    }
  }

  /** Confirms an answer. In a group this is an ack without a receipt (whatsmeow, WhatsApp Web). */
  private async confirm(stanza: BinaryNode, { remoteJid, id }: WAMessageKey): Promise<void> {
    if (isJidGroup(stanza.attrs['from'])) this.parts.acknowledger.acknowledge(stanza);
    else await this.parts.socket.sendReceipt(remoteJid!, undefined, [id!], this.online ? undefined : 'inactive');
  }

  private isOwn(jid: string): boolean {
    const me = this.parts.me();
    return [me?.id, me?.lid].some(each => each && jidNormalizedUser(each) === jid);
  }
}
