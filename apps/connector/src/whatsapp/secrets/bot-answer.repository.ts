import type { MessageUnopened } from '@wabus/contracts';
import type { SocketConfig } from '@whiskeysockets/baileys';
import { botAnswerOf } from '../receiving/bot-answer.reader.js';
import type { CurrentStanza } from '../receiving/message-reception.js';
import type { PartOpener } from './part-opener.js';

type MakeRepository = SocketConfig['makeSignalRepository'];

/** The error for an assistant's answer that cannot be decrypted. */
export class ClosedAnswerError extends Error {
  override readonly name = 'ClosedAnswerError';

  constructor(readonly reason: MessageUnopened['reason']) {
    super('The answer of an assistant cannot be decrypted');
  }
}

/** Wraps a Signal repository to decrypt assistants' answers too, so that they are stored like Signal plaintexts. Rejects with `ClosedAnswerError`. */
export function botAnswerRepository(opener: PartOpener, currentStanza: CurrentStanza, make: MakeRepository): MakeRepository {
  return (...args) => {
    const repository = make(...args);
    return {
      ...repository,
      decryptMessage: async message => {
        const stanza = currentStanza.stanzaOf(message.ciphertext);
        const answer = stanza && botAnswerOf(stanza);
        if (!answer) return repository.decryptMessage(message);
        const opened = await opener.openAnswer(answer);
        if ('reason' in opened) throw new ClosedAnswerError(opened.reason);
        return opened.padded;
      }
    };
  };
}
