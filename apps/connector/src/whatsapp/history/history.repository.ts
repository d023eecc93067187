import type { SignalKeyStoreWithTransaction, SocketConfig } from '@whiskeysockets/baileys';
import type { AppState } from '../app-state/app-state.js';
import type { CurrentStanza } from '../receiving/message-reception.js';
import type { SocketCredentials } from '../signal/socket-credentials.js';
import type { HistoryReceiver } from './history-receiver.js';

type MakeRepository = SocketConfig['makeSignalRepository'];

export interface HistoryParts {
  readonly history: HistoryReceiver;
  readonly appState: Pick<AppState, 'take'>;
  readonly currentStanza: CurrentStanza;
  /** Ends the connection, because a chunk cannot be kept, and rejects then. */
  readonly giveUp: SocketCredentials['giveUp'];
}

/** A Signal repository whose decrypted messages the receivers of history and of the synchronized state see before Baileys does. */
export function historyRepository({ history, appState, currentStanza, giveUp }: HistoryParts, make: MakeRepository): MakeRepository {
  return (auth, ...rest) => {
    const repository = make(auth, ...rest);
    // Baileys has added the transactions before it calls this.
    history.use({ repository, keys: auth.keys as SignalKeyStoreWithTransaction });
    return {
      ...repository,
      decryptMessage: async message => {
        const plaintext = await repository.decryptMessage(message);
        const stanza = currentStanza.stanzaOf(message.ciphertext);
        return stanza ? history.take(stanza, appState.take(stanza, plaintext)).catch(giveUp) : plaintext;
      }
    };
  };
}
