import { deflateSync } from 'node:zlib';
import type { proto as Proto } from '@whiskeysockets/baileys';
import { encodeWAMessage, proto, unpadRandomMax16 } from '../baileys.js';

export type HistoryNotification = Proto.Message.IHistorySyncNotification;

/** Returns the history notification in a plaintext; `null` for every other message. */
export function readNotification(plaintext: Uint8Array): HistoryNotification | null {
  try {
    return proto.Message.decode(unpadRandomMax16(plaintext)).protocolMessage?.historySyncNotification ?? null;
  } catch {
    return null;
  }
}

/**
 * Returns the same message with an empty chunk. Baileys handles it like any other chunk: it reads the synchronized state after the first chunk and counts
 * phases, but neither downloads nor emits anything.
 */
export function hollow(plaintext: Uint8Array): Uint8Array {
  const message = proto.Message.decode(unpadRandomMax16(plaintext));
  const notification = message.protocolMessage?.historySyncNotification;
  if (notification) notification.initialHistBootstrapInlinePayload = deflateSync(emptyHistory(notification));
  return encodeWAMessage(message);
}

function emptyHistory({ syncType, progress, chunkOrder }: HistoryNotification): Uint8Array {
  // The two enumerations agree on every type that exists in both.
  const name = proto.Message.HistorySyncType[syncType ?? 0] as keyof typeof proto.HistorySync.HistorySyncType;
  return proto.HistorySync.encode({ syncType: proto.HistorySync.HistorySyncType[name], progress, chunkOrder }).finish();
}

export function encodeNotification(notification: HistoryNotification): Uint8Array {
  return proto.Message.HistorySyncNotification.encode(notification).finish();
}

export function decodeNotification(bytes: Uint8Array): HistoryNotification {
  return proto.Message.HistorySyncNotification.decode(bytes);
}

/** Whether two notifications announce the same part of the history, so that the second one is the first sent again. */
export function isSamePart(a: HistoryNotification, b: HistoryNotification): boolean {
  const part = ({ syncType, chunkOrder, peerDataRequestSessionId: request }: HistoryNotification): string =>
    [syncType ?? 0, chunkOrder ?? 0, request ?? ''].join(' ');
  return part(a) === part(b);
}
