import type { WASocket } from '@whiskeysockets/baileys';
import { jidNormalizedUser, proto } from '../baileys.js';

/** How many messages before which one, and the time of that one in seconds. */
export type HistoryRequest = Parameters<WASocket['fetchMessageHistory']>;

/**
 * Asks the phone for older messages than this one; resolves with the id of the request. As Baileys does, and also marked as sensitive, as the official client
 * does (whatsmeow 54650307).
 * With `high_force` phones in the background answer (zapo e55076a).
 */
export function requestHistory(
  socket: Pick<WASocket, 'relayMessage' | 'user'>,
  [count, oldest, timestamp]: HistoryRequest
): Promise<string> {
  const message = {
    protocolMessage: {
      type: proto.Message.ProtocolMessage.Type.PEER_DATA_OPERATION_REQUEST_MESSAGE,
      peerDataOperationRequestMessage: {
        peerDataOperationRequestType: proto.Message.PeerDataOperationRequestType.HISTORY_SYNC_ON_DEMAND,
        historySyncOnDemandRequest: {
          chatJid: oldest.remoteJid,
          oldestMsgFromMe: oldest.fromMe,
          oldestMsgId: oldest.id,
          // Seconds, whatever its name says.
          oldestMsgTimestampMs: timestamp,
          onDemandMsgCount: count
        }
      }
    }
  };
  return socket.relayMessage(jidNormalizedUser(socket.user?.id), message, {
    additionalAttributes: { category: 'peer', push_priority: 'high_force', privacy_sensitive: '1' },
    additionalNodes: [{ tag: 'meta', attrs: { appdata: 'default' } }]
  });
}
