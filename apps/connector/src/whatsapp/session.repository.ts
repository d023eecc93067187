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
  /** Gets the map of LIDs that the repository has made. */
  readonly found: (map: LidMap) => void;
}

/**
 * What Baileys encrypts and decrypts with. From outside to inside: parts under message secrets are opened, history and recovered state are taken out,
 * a message's keys are durable before it counts, then answers of assistants, the map of LIDs, signed pre-keys and groups.
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
