import type { AuthenticationState, LIDMapping, SignalKeyStoreWithTransaction, SocketConfig, WAMessage } from '@whiskeysockets/baileys';
import processMessage from '@whiskeysockets/baileys/lib/Utils/process-message.js';
import type { Logger } from 'pino';
import { proto } from '../baileys.js';
import { baileysLogger } from '../baileys.logger.js';
import type { HistoryNotification } from './history-notification.reader.js';
import { withPlausibleTimes, type HistorySet } from './history-set.mapper.js';

/** The stores for LID mappings and contact tokens, which Baileys creates from a socket's auth state. */
export interface HistorySources {
  readonly repository: ReturnType<SocketConfig['makeSignalRepository']>;
  readonly keys: SignalKeyStoreWithTransaction;
}

/** A chunk with its packed content. */
export interface FetchedChunk {
  readonly id: string;
  readonly notification: HistoryNotification;
  readonly packed: Uint8Array;
  readonly isLatest: boolean;
}

/** The session to which the history belongs. */
export interface HistoryTarget {
  readonly state: AuthenticationState;
  readonly addPairs: (pairs: LIDMapping[]) => Promise<void>;
  /** Stores the salt of the account, which arrives with its first history. */
  readonly keepSalt: (salt: Uint8Array) => void;
  readonly logger: Logger;
  readonly ended: AbortSignal;
}

/**
 * Converts a chunk to Baileys' event. Stores the LIDs of contacts and then their tokens, which are kept by LID (whatsmeow 595ceb0c). Baileys does this while it
 * handles a message; here its function runs with the content instead of the file, and its event is captured.
 */
export async function processHistory(
  { id, notification, packed, isLatest }: FetchedChunk,
  { repository, keys }: HistorySources,
  { state, addPairs, keepSalt, logger, ended }: HistoryTarget
): Promise<HistorySet> {
  const own = state.creds.me?.id ?? '';
  const message = proto.WebMessageInfo.fromObject({
    key: { remoteJid: own, fromMe: true, id },
    message: {
      protocolMessage: {
        type: proto.Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION,
        historySyncNotification: { ...notification, initialHistBootstrapInlinePayload: packed }
      }
    }
  }) as WAMessage;
  // Mappings from history never replace mappings from other sources.
  const lidMapping = Object.assign(Object.create(repository.lidMapping) as typeof repository.lidMapping, { storeLIDPNMappings: addPairs });
  let set: HistorySet | null = null;
  const ev = {
    emit: (name: string, payload: unknown): boolean => {
      if (name === 'messaging-history.set') set = payload as HistorySet;
      const { nctSalt } = payload as { nctSalt?: Uint8Array };
      if (name === 'creds.update' && nctSalt) keepSalt(nctSalt);
      return true;
    }
  };
  await processMessage(message, {
    shouldProcessHistoryMsg: true,
    ev: ev as never,
    creds: state.creds,
    signalRepository: { ...repository, lidMapping },
    keyStore: keys,
    logger: baileysLogger(logger, ended),
    options: {},
    getMessage: () => Promise.resolve(undefined)
  });
  if (set === null) throw new Error('A history chunk produced no event');
  const found: HistorySet = set;
  if (found.isLatest !== undefined) found.isLatest = isLatest;
  return withPlausibleTimes(found, Math.floor(Date.now() / 1000));
}
