import { phoneSenderOf } from '../messages/phone-sender.js';
import { gzipSync } from 'node:zlib';
import { proto } from '@whiskeysockets/baileys';
import type { Account } from '../accounts/account.js';
import { appStateTermsOf } from '../app-state/app-state-terms.js';
import { splitJid } from '../accounts/jid.js';
import { recoverySnapshot } from '../app-state/collection-snapshot.builder.js';
import { isCollectionName } from '../app-state/patch.store.js';
import type { World } from '../world/world.js';
import { keyOnPhone, olderMessages } from './history.builder.js';
import { sendHistory } from './history.sender.js';

const { HISTORY_SYNC_ON_DEMAND, PLACEHOLDER_MESSAGE_RESEND, COMPANION_SYNCD_SNAPSHOT_FATAL_RECOVERY } =
  proto.Message.PeerDataOperationRequestType;
const { PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE } = proto.Message.ProtocolMessage.Type;

/**
 * Answers requests of companions to their phone: for older messages of a chat (`fetchMessageHistory`) and for the content of a message that arrived
 * empty (`requestPlaceholderResend`). Like a real phone, it ignores everything else. Resolves once the answer is queued.
 */
export async function answerPeerRequest(world: World, account: Account, message: proto.IMessage, requestId: string): Promise<void> {
  const request = message.protocolMessage?.peerDataOperationRequestMessage;
  if (!request) return;
  if (request.peerDataOperationRequestType === HISTORY_SYNC_ON_DEMAND && request.historySyncOnDemandRequest) {
    const { chatJid, oldestMsgId, onDemandMsgCount } = request.historySyncOnDemandRequest;
    // The phone of an account that has been migrated to LIDs has no chats under numbers. It is a guess that it does not answer then.
    if (account.migrated && splitJid(chatJid ?? undefined)?.addressing === 'pn') return;
    const conversation = olderMessages(world, account, {
      chatJid: chatJid ?? '',
      beforeId: oldestMsgId ?? '',
      count: onDemandMsgCount ?? 50
    });
    const history = { syncType: proto.HistorySync.HistorySyncType.ON_DEMAND, conversations: [conversation], progress: 100 };
    await sendHistory(world, account, { history, requestId });
  }
  if (request.peerDataOperationRequestType === PLACEHOLDER_MESSAGE_RESEND) {
    const ids = (request.placeholderMessageResendRequest ?? []).map(({ messageKey }) => messageKey?.id);
    await resend(world, account, ids, requestId);
  }
  if (request.peerDataOperationRequestType === COMPANION_SYNCD_SNAPSHOT_FATAL_RECOVERY)
    await recover(world, account, request.syncdCollectionFatalRecoveryRequest?.collectionName ?? '', requestId);
}

/** Sends the phone's own copy of a collection (whatsmeow 1ba7ebaf). */
async function recover(world: World, account: Account, name: string, requestId: string): Promise<void> {
  const { recovery } = appStateTermsOf(world).of(account);
  if (recovery === 'silent' || !isCollectionName(name)) return;
  const collectionSnapshot = recovery === 'complete' ? gzipSync(await recoverySnapshot(account, name)) : null;
  await answer(world, account, {
    peerDataOperationRequestType: COMPANION_SYNCD_SNAPSHOT_FATAL_RECOVERY,
    stanzaId: requestId,
    peerDataOperationResult: collectionSnapshot ? [{ syncdSnapshotFatalRecoveryResponse: { collectionSnapshot, isCompressed: true } }] : []
  });
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
  await answer(world, account, {
    peerDataOperationRequestType: PLACEHOLDER_MESSAGE_RESEND,
    stanzaId: requestId,
    peerDataOperationResult: results
  });
}

async function answer(world: World, account: Account, response: proto.Message.IPeerDataOperationRequestResponseMessage): Promise<void> {
  await phoneSenderOf(world).sendPeer(account, {
    protocolMessage: {
      type: PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
      peerDataOperationRequestResponseMessage: response
    }
  });
}
