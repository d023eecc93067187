import type { WASocket } from '@whiskeysockets/baileys';
import { jidNormalizedUser, proto } from '../baileys.js';

/** The number of messages to request, the message that they precede, and the time of that message in seconds since 1970. */
export type HistoryRequest = Parameters<WASocket['fetchMessageHistory']>;

/**
 * Requests the messages before a given message from the phone; resolves to the id of the request. Unlike Baileys' request, this one is marked as sensitive,
 * like that of the official client (whatsmeow 54650307). `high_force` makes phones answer in the background (zapo e55076a).
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
          // In seconds, despite its name.
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
