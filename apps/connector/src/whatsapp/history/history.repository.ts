import type { SignalKeyStoreWithTransaction, SocketConfig } from '@whiskeysockets/baileys';
import type { AppState } from '../app-state/app-state.js';
import type { CurrentStanza } from '../receiving/message-reception.js';
import type { HistoryReceiver } from './history-receiver.js';

type MakeRepository = SocketConfig['makeSignalRepository'];

/** A Signal repository whose decrypted messages the receivers of history and of the synchronised state see before Baileys does. */
export function historyRepository(
  { history, appState }: { history: HistoryReceiver; appState: Pick<AppState, 'take'> },
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
        return stanza ? history.take(stanza, appState.take(stanza, plaintext)) : plaintext;
      }
    };
  };
}
