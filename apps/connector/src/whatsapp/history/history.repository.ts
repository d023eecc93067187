import type { BinaryNode, SignalKeyStoreWithTransaction, SocketConfig } from '@whiskeysockets/baileys';
import type { CurrentStanza } from '../receiving/message-reception.js';
import type { HistoryReceiver } from './history-receiver.js';

type MakeRepository = SocketConfig['makeSignalRepository'];

/** Takes a collection of the synchronised state out of a message of the phone. */
export interface CollectionTaker {
  take(stanza: BinaryNode, plaintext: Uint8Array): Uint8Array;
}

/** A Signal repository whose decrypted messages the receivers of history and of collections see before Baileys does. */
export function historyRepository(
  { history, collections }: { history: HistoryReceiver; collections: CollectionTaker },
  currentStanza: CurrentStanza,
  make: MakeRepository
): MakeRepository {
  return (auth, ...rest) => {
    const repository = make(auth, ...rest);
    // Baileys has added the transactions before it calls this.
    history.use({ repository, keys: auth.keys as SignalKeyStoreWithTransaction });
    return {
      ...repository,
      decryptMessage: async message => {
        const plaintext = await repository.decryptMessage(message);
        const stanza = currentStanza.stanzaOf(message.ciphertext);
        return stanza ? history.take(stanza, collections.take(stanza, plaintext)) : plaintext;
      }
    };
  };
}
