import { phoneSenderOf } from '../messages/phone-sender.js';
import { proto } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import type { World } from '../world/world.js';
import { keyOnPhone, olderMessages } from './history.builder.js';
import { sendHistory } from './history.sender.js';

const { HISTORY_SYNC_ON_DEMAND, PLACEHOLDER_MESSAGE_RESEND } = proto.Message.PeerDataOperationRequestType;
const { PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE } = proto.Message.ProtocolMessage.Type;

/**
 * The phone answers what its companions ask it for: older messages of a chat (`fetchMessageHistory`) and the content of a message that
 * arrived empty (`requestPlaceholderResend`). Anything else is left unanswered, as a phone does. Settles when the answer is queued.
 */
export async function answerPeerRequest(world: World, account: Account, message: proto.IMessage, requestId: string): Promise<void> {
  const request = message.protocolMessage?.peerDataOperationRequestMessage;
  if (!request) return;
  if (request.peerDataOperationRequestType === HISTORY_SYNC_ON_DEMAND && request.historySyncOnDemandRequest) {
    const { chatJid, oldestMsgId, onDemandMsgCount } = request.historySyncOnDemandRequest;
    const conversation = olderMessages(account, chatJid ?? '', oldestMsgId ?? '', onDemandMsgCount ?? 50);
    const history = { syncType: proto.HistorySync.HistorySyncType.ON_DEMAND, conversations: [conversation], progress: 100 };
    await sendHistory(world, account, { history, requestId });
  }
  if (request.peerDataOperationRequestType === PLACEHOLDER_MESSAGE_RESEND) {
    const ids = (request.placeholderMessageResendRequest ?? []).map(({ messageKey }) => messageKey?.id);
    await resend(world, account, ids, requestId);
  }
}

async function resend(world: World, account: Account, ids: (string | null | undefined)[], requestId: string): Promise<void> {
  const results = account.received
    .filter(({ id }) => ids.includes(id))
    .map(received => {
      const info = proto.WebMessageInfo.fromObject({
        key: keyOnPhone(account, received),
        message: received.message,
        messageTimestamp: Math.floor(Date.now() / 1000)
      });
      return { placeholderMessageResendResponse: { webMessageInfoBytes: proto.WebMessageInfo.encode(info).finish() } };
    });
  await phoneSenderOf(world).sendPeer(account, {
    protocolMessage: {
      type: PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
      peerDataOperationRequestResponseMessage: {
        peerDataOperationRequestType: PLACEHOLDER_MESSAGE_RESEND,
        stanzaId: requestId,
        peerDataOperationResult: results
      }
    }
  });
}
