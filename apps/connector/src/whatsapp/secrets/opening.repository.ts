import type { SocketConfig } from '@whiskeysockets/baileys';
import type { CurrentStanza } from '../receiving/message-reception.js';
import type { SocketCredentials } from '../signal/socket-credentials.js';
import type { PartOpener } from './part-opener.js';

type MakeRepository = SocketConfig['makeSignalRepository'];

export interface OpeningParts {
  readonly opener: PartOpener;
  readonly currentStanza: CurrentStanza;
  /** Ends the connection because a secret cannot be stored, and rejects. */
  readonly giveUp: SocketCredentials['giveUp'];
}

/** Wraps a Signal repository to decrypt the parts in a message before Baileys gets it. */
export function openingRepository({ opener, currentStanza, giveUp }: OpeningParts, make: MakeRepository): MakeRepository {
  return (...args) => {
    const repository = make(...args);
    const taken = async (ciphertext: Uint8Array, plaintext: Uint8Array): Promise<Uint8Array> => {
      const stanza = currentStanza.stanzaOf(ciphertext);
      if (!stanza) return plaintext;
      const opened = await opener.take(stanza, plaintext).catch(giveUp);
      currentStanza.open(ciphertext, opened);
      return opened;
    };
    return {
      ...repository,
      decryptMessage: async message => taken(message.ciphertext, await repository.decryptMessage(message)),
      decryptGroupMessage: async message => taken(message.msg, await repository.decryptGroupMessage(message))
    };
  };
}
