import type { MessageUnopened } from '@wabus/contracts';
import type { SocketConfig } from '@whiskeysockets/baileys';
import { botAnswerOf } from '../receiving/bot-answer.reader.js';
import type { CurrentStanza } from '../receiving/message-reception.js';
import type { PartOpener } from './part-opener.js';

type MakeRepository = SocketConfig['makeSignalRepository'];

/** An answer of an assistant cannot be opened. */
export class ClosedAnswerError extends Error {
  override readonly name = 'ClosedAnswerError';

  constructor(readonly reason: MessageUnopened['reason']) {
    super('The answer of an assistant cannot be decrypted');
  }
}

/** A Signal repository that opens answers of assistants as well, so that they are kept like what Signal decrypts. Rejects with `ClosedAnswerError`. */
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
