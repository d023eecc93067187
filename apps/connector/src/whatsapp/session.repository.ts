import type { SocketConfig } from '@whiskeysockets/baileys';
import type { AppState } from './app-state/app-state.js';
import { DEFAULT_CONNECTION_CONFIG } from './baileys.js';
import type { HistoryReceiver } from './history/history-receiver.js';
import { historyRepository } from './history/history.repository.js';
import type { CurrentStanza } from './receiving/message-reception.js';
import { botAnswerRepository } from './secrets/bot-answer.repository.js';
import { openingRepository } from './secrets/opening.repository.js';
import type { PartOpener } from './secrets/part-opener.js';
import { durableSignalRepository } from './signal/durable-signal.repository.js';
import type { EarlyDecryption } from './signal/early-decryption.js';
import { frugalGroups } from './signal/frugal-group.repository.js';
import { lidMapRepository, type LidMap } from './signal/lid-map.js';
import type { SocketCredentials } from './signal/socket-credentials.js';
import { signedPreKeyRepository } from './signal/signed-pre-key.repository.js';

export interface SessionRepositoryParts {
  readonly opener: PartOpener;
  readonly history: HistoryReceiver;
  readonly appState: AppState;
  readonly currentStanza: CurrentStanza;
  readonly early: EarlyDecryption;
  readonly credentials: SocketCredentials;
  /** Receives the LID map that the repository has created. */
  readonly found: (map: LidMap) => void;
}

/**
 * Returns the factory of the Signal repository with which Baileys encrypts and decrypts. Its layers, from the outside in: open parts that are sealed with
 * message secrets; take out history and recovered state; make the keys of a message durable before Baileys gets its plaintext; answers of assistants; the LID
 * map; signed pre-keys; groups.
 */
export function sessionRepository({
  opener,
  history,
  appState,
  currentStanza,
  early,
  credentials,
  found
}: SessionRepositoryParts): SocketConfig['makeSignalRepository'] {
  const signal = signedPreKeyRepository((state, ...rest) =>
    frugalGroups(DEFAULT_CONNECTION_CONFIG.makeSignalRepository(state, ...rest), state)
  );
  const { giveUp } = credentials;
  const opened = botAnswerRepository(opener, currentStanza, lidMapRepository(found, signal));
  const durable = durableSignalRepository({ currentStanza, early, me: () => credentials.state.creds.me, credentials }, opened);
  return openingRepository({ opener, currentStanza, giveUp }, historyRepository({ history, appState, currentStanza, giveUp }, durable));
}
