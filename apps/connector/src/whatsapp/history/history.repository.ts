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
  /** Ends the connection because a chunk cannot be stored, and rejects. */
  readonly giveUp: SocketCredentials['giveUp'];
}

/** Wraps a Signal repository so that history and synchronized state inspect each plaintext before Baileys gets it. */
export function historyRepository({ history, appState, currentStanza, giveUp }: HistoryParts, make: MakeRepository): MakeRepository {
  return (auth, ...rest) => {
    const repository = make(auth, ...rest);
    // Baileys has added transactions to the key store before it calls this.
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
