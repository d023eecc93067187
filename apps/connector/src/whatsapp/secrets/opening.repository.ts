import type { SocketConfig } from '@whiskeysockets/baileys';
import type { CurrentStanza } from '../receiving/message-reception.js';
import type { PartOpener } from './part-opener.js';

type MakeRepository = SocketConfig['makeSignalRepository'];

/** A Signal repository whose decrypted messages have their parts opened before Baileys sees them. */
export function openingRepository(opener: PartOpener, currentStanza: CurrentStanza, make: MakeRepository): MakeRepository {
  return (...args) => {
    const repository = make(...args);
    const taken = (ciphertext: Uint8Array, plaintext: Uint8Array): Promise<Uint8Array> | Uint8Array => {
      const stanza = currentStanza.stanzaOf(ciphertext);
      return stanza ? opener.take(stanza, plaintext) : plaintext;
    };
    return {
      ...repository,
      decryptMessage: async message => taken(message.ciphertext, await repository.decryptMessage(message)),
      decryptGroupMessage: async message => taken(message.msg, await repository.decryptGroupMessage(message))
    };
  };
}
